"""A table whose rows can be selected, in the one look that such tables have."""

from collections.abc import Hashable, Iterable, Mapping, Sequence

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

_ROW = 38  # pixels, and as much for the head
_HIGHEST = 640


def show(
    frame: pd.DataFrame,
    columns: Mapping[str, ColumnConfig],
    key: str,
    rows: Iterable[Hashable],
    *,
    ticked: Sequence[int] | None = None,
) -> list[int]:
    """Show a frame; return the places that are selected, at first those `ticked`.

    `rows` says which rows they are.
    """
    event = st.dataframe(
        frame,
        # The selection counts places, so it holds for these rows in this order only.
        key=f"{key}-{hash(tuple(rows))}",
        height=min(_HIGHEST, _ROW * (len(frame) + 1) + 2),
        row_height=_ROW,
        hide_index=True,
        column_config=dict(columns),
        on_select="rerun",
        selection_mode="multi-row",
        selection_default=None if ticked is None else {"selection": {"rows": list(ticked)}},
        placeholder="–",
    )
    return [place for place in event["selection"]["rows"] if place < len(frame)]
