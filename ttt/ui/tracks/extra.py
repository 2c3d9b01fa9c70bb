"""Columns that one page adds to a list of tracks: in its rows, and in its table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
from streamlit.elements.lib.column_types import ColumnConfig

from ttt.services.tracks.rows import TrackRow
from ttt.ui.tracks.leading import Heard
from ttt.ui.tracks.of_tracks import Told


@dataclass(frozen=True, slots=True)
class Extra:
    """`told` are columns of the rows, `cells` with `columns` the same in the table.

    `note` says where they come from, under the list. `heard` is what has a page
    of its own here, to which its name leads.
    """

    told: tuple[Told, ...] = ()
    cells: Mapping[str, Callable[[TrackRow], object]] = field(default_factory=dict)
    columns: Mapping[str, ColumnConfig] = field(default_factory=dict)
    note: str = ""
    heard: Heard = field(default_factory=Heard)


def beside(frame: pd.DataFrame, rows: Sequence[TrackRow], extra: Extra) -> pd.DataFrame:
    """The frame with the extra columns right after its titles."""
    if not extra.cells:
        return frame
    place = list(frame.columns).index("Title") + 1
    added = pd.DataFrame({n: [cell(row) for row in rows] for n, cell in extra.cells.items()})
    return pd.concat([frame.iloc[:, :place], added, frame.iloc[:, place:]], axis=1)
