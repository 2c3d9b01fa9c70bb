"""A chart over time: its sentence, its figure, what is known, and the same as a table."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Protocol, TypeVar

import plotly.graph_objects as go
import streamlit as st

from ttt.chartdata import Caption, Table
from ttt.charts.theme import ThemeName, theme
from ttt.services.tables import spreadsheet
from ttt.text import file_name
from ttt.ui.frame import browser, layout

_CONFIG = {"displayModeBar": False, "responsive": True}


class Charted(Protocol):
    """Data of a chart."""

    @property
    def caption(self) -> Caption:
        """The words round it."""
        ...

    def table(self) -> Table:
        """The same as rows."""
        ...


D = TypeVar("D", bound=Charted)
M = TypeVar("M")


def show(
    name: str,
    stamp: Hashable,
    measure: Callable[[], D],
    drawn: Callable[..., go.Figure],
    /,
    **options: Any,
) -> D:
    """Draw a chart once for a stamp and replay it from then on; return its data.

    The stamp has to tell whatever the measure looks at; `options` go to the figure.
    """
    colours, narrow = browser.theme(), browser.touch()
    data = measured((name, stamp), measure)
    # Options are part of what is drawn, so they are part of its name.
    _drawn(data, drawn, options, (name, stamp, colours, narrow, tuple(sorted(options.items()))))
    as_table(name, data)
    return data


def measured(key: Hashable, measure: Callable[[], M]) -> M:
    """What a measure says, made once for a key."""
    found: M = _measured(measure, key)
    return found


def heading(name: str, caption: Caption) -> None:
    """The small name, and the sentence that is read."""
    layout.heading(name, caption.takeaway, "said")


def numbers(four: Sequence[layout.Number], key: str) -> None:
    """Numbers whose words stand below them: they name the time they are compared with."""
    with st.container(key=f"heard-numbers-{key}"):
        layout.numbers(four)


def under(caption: Caption) -> None:
    """What is known, and how to read it."""
    parts = [part for part in (caption.coverage, caption.before, caption.sources) if part]
    if parts:
        layout.under(". ".join(part[0].upper() + part[1:].rstrip(".") for part in parts) + ".")


def as_table(name: str, data: Charted) -> None:
    """Offer the same as a table and as a file; made when somebody asks for it."""
    place = st.expander("As a table", on_change="rerun", key=f"table of {name}")
    if not place.open:
        return
    table = data.table()
    with place:
        st.dataframe(
            [dict(zip(table.columns, row, strict=True)) for row in table.rows],
            hide_index=True,
            height=260,
            key=f"rows of {name}",
        )
        records = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        st.download_button(
            "CSV",
            spreadsheet.file(table.columns, records),
            file_name(name, "csv"),
            "text/csv",
            icon=":material/download:",
            key=f"csv of {name}",
        )


@st.cache_resource(ttl=3600, max_entries=600, show_spinner=False)
def _measured(_measure: Callable[[], Any], key: Hashable) -> Any:  # noqa: ARG001
    return _measure()


@st.cache_resource(ttl=3600, max_entries=600, show_spinner=False)
def _drawn(
    _data: Charted,
    _drawn_by: Callable[..., go.Figure],
    _options: dict[str, Any],
    key: tuple[str, Hashable, ThemeName, bool, Hashable],
) -> bool:
    name, _, colours, narrow, _ = key
    heading(name, _data.caption)
    figure = _drawn_by(_data, theme(colours), narrow=narrow, **_options)
    # The words say it to those who cannot see it.
    st.plotly_chart(figure, theme=None, config=_CONFIG, key=f"figure {name}")
    under(_data.caption)
    return True
