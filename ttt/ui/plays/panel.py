"""A chart or a list over time: its sentence, its figure, what is known, and the same as a table."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Protocol, TypeVar

import plotly.graph_objects as go
import streamlit as st

from ttt.chartdata import Caption, Table
from ttt.charts.theme import theme
from ttt.services.plays.frame import Tracks
from ttt.services.tables import spreadsheet
from ttt.text import file_name
from ttt.ui.figures import told
from ttt.ui.frame import browser, layout
from ttt.ui.plays import rows
from ttt.ui.plays.parts import tables
from ttt.ui.plays.rows import Row


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
    tracks: Tracks | None = None,
    **options: Any,
) -> D:
    """Show a chart, which is drawn once for a stamp; return its data.

    The stamp has to tell whatever the measure looks at; `options` go to the figure, and by the
    `tracks` names in its table lead to their pages.
    """
    colours, narrow = browser.theme(), browser.touch()
    data = measured((name, stamp), measure)

    def told_once() -> str:
        figure = drawn(data, theme(colours), narrow=narrow, **options)
        return html(name, data.caption, place(figure, name))

    # Options are part of what is drawn, so they are part of its key.
    key = ("told", name, stamp, colours, narrow, sorted(options.items()))
    st.html(measured(key, told_once))
    as_table(name, data, tracks)
    return data


def measured(key: object, measure: Callable[[], M]) -> M:
    """What a measure says, made once for a key, each part of which says by its text what it is."""
    found: M = _measured(_measure=measure, key=repr(key))
    return found


def heading(name: str, caption: Caption) -> None:
    """The small name, and the sentence that is read."""
    layout.heading(name, caption.takeaway, "said")


def numbered(few: Sequence[layout.Number], kind: str = "") -> str:
    """Numbers whose words stand below them, as HTML: they name the time they are compared with."""
    return layout.numbered(few, f"heard {kind}".strip())


def under(caption: Caption) -> None:
    """What is known, and how to read it."""
    layout.under(_under(caption))


def listed(
    name: str,
    data: Charted,
    shown: Iterable[Row],
    empty: str = "",
    *,
    known: str = "",
    tracks: Tracks | None = None,
) -> None:
    """Show rows between what is said over and under them.

    Where there are none that is said over them, and what more there is to say is `empty`.
    """
    st.html(html(name, data.caption, rows.html(shown, empty), known))
    as_table(name, data, tracks)


def html(name: str, caption: Caption, body: str, known: str = "") -> str:
    """What is shown, between what is said over and under it: all in one, as each element costs.

    What is `known` is said where the caption does not.
    """
    over = layout.headed(name, caption.takeaway, "said")
    return f"{over}{body}{layout.noted(_under(caption, known))}"


def _under(caption: Caption, known: str = "") -> str:
    parts = [part for part in (caption.coverage or known, caption.before, caption.sources) if part]
    return "".join(f"{part[0].upper()}{part[1:].rstrip('.')}. " for part in parts).rstrip()


def place(figure: go.Figure, name: str, **options: Any) -> str:
    """A figure as HTML; none where there is nothing to draw, as is said over it."""
    return told.figure(figure, name, **options) if figure.data else ""


def as_table(name: str, data: Charted, tracks: Tracks | None = None) -> None:
    """Offer the same as a table and as a file; made when somebody asks for it."""
    place = st.expander("As a table", on_change="rerun", key=f"table of {name}")
    if not place.open:
        return
    table = data.table()
    with place:
        tables.show(name, table, tracks)
        records = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
        st.download_button(
            "CSV",
            spreadsheet.file(table.columns, records),
            file_name(name, "csv"),
            "text/csv",
            icon=":material/download:",
            key=f"csv of {name}",
        )


# Streamlit looks into a key for its parts, and into those for theirs, which was a quarter of a run;
# and it looks up which argument is which unless they are named.
@st.cache_resource(ttl=3600, max_entries=1_200, show_spinner=False)
def _measured(_measure: Callable[[], Any], key: str) -> Any:  # noqa: ARG001
    return _measure()
