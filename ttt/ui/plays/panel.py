"""A chart or a list over time: its sentence, its figure, what is known, and the same as a table."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import chain
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import plotly.graph_objects as go
import streamlit as st

from ttt import words
from ttt.chartdata import Caption, Table
from ttt.charts.theme import theme
from ttt.services.plays.frame import Tracks
from ttt.services.tables import spreadsheet
from ttt.text import file_name
from ttt.ui.figures import in_numbers, told
from ttt.ui.frame import browser, notices
from ttt.ui.frame.listing import as_table
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


class Known(Charted, Protocol):
    """Data of a chart of which nothing may be known."""

    @property
    def known(self) -> bool:
        """Whether there is anything to draw."""
        ...


D = TypeVar("D", bound=Charted)
K = TypeVar("K", bound=Known)
M = TypeVar("M")


class Panel(NamedTuple, Generic[D]):
    """A chart or a list with the words round it, and its data; None where there is nothing to show.

    By the `tracks` names in its table lead to their pages.
    """

    name: str
    html: str
    data: D | None = None
    tracks: Tracks | None = None


def chart(
    name: str,
    stamp: Hashable,
    measure: Callable[[], D],
    drawn: Callable[..., go.Figure],
    /,
    tracks: Tracks | None = None,
    above: str = "",
    **options: Any,
) -> Panel[D]:
    """A chart, which is drawn once for a stamp.

    The stamp has to tell whatever the measure looks at; `options` go to the figure. What the page
    says `above` is not said again.
    """
    colours, narrow = browser.theme(), browser.touch()
    data = measured((name, stamp), measure)

    def told_once() -> str:
        figure = drawn(data, theme(colours), narrow=narrow, **options)
        return html(name, data.caption, place(figure, name), above=above)

    # Options are part of what is drawn, so they are part of its key.
    key = ("told", name, stamp, above, colours, narrow, sorted(options.items()))
    return Panel(name, measured(key, told_once), data, tracks)


def where_known(
    name: str,
    stamp: Hashable,
    measure: Callable[[], K],
    drawn: Callable[..., go.Figure],
    /,
    tracks: Tracks | None = None,
    above: str = "",
) -> Panel[K]:
    """The same; where nothing of it is known its sentence, which says so, stands alone."""
    data = measured((name, stamp), measure)
    if not data.known:
        return said(name, data.caption)
    return chart(name, stamp, measure, drawn, tracks, above)


def listed(
    name: str,
    data: D,
    shown: Iterable[Row],
    empty: str = "",
    *,
    known: str = "",
    above: str = "",
    tracks: Tracks | None = None,
) -> Panel[D]:
    """Rows between what is said over and under them.

    Where there are none that is said over them, and what more there is to say is `empty`.
    """
    body = html(name, data.caption, rows.html(shown, empty), known, above=above)
    return Panel(name, body, data, tracks)


def said(name: str, caption: Caption) -> Panel[Any]:
    """The small name and the sentence that is read, where there is nothing to show."""
    return Panel(name, told.headed(name, caption.takeaway, "said"))


def show(*panels: Panel[Any]) -> None:
    """Show panels below each other, or the tables of them if those were chosen."""
    beside(panels)


def beside(*columns: Sequence[Panel[Any]], shape: str = "") -> None:
    """Show columns of panels, or their tables below each other; the style sheet knows the shape.

    All are one element, as each costs.
    """
    if not as_table.chosen():
        st.html(_beside(columns, shape))
        return
    for each in chain(*columns):
        _as_table(each)


def switch() -> None:
    """Offer the tables in the place of charts and lists, or those again."""
    as_table.switch("Charts", ":material/bar_chart:")


def measured(key: object, measure: Callable[[], M]) -> M:
    """What a measure says, made once for a key, each part of which says by its text what it is."""
    found: M = _measured(_measure=measure, key=repr(key))
    return found


def numbered(few: Sequence[in_numbers.Number], kind: str = "") -> str:
    """Numbers whose words stand below them, as HTML: they name the time they are compared with."""
    return in_numbers.html(few, f"heard {kind}".strip())


def under(caption: Caption) -> None:
    """What is known, and how to read it."""
    told.under(_under(caption))


def html(name: str, caption: Caption, body: str, known: str = "", *, above: str = "") -> str:
    """What is shown, between what is said over and under it: all in one, as each element costs.

    What is `known` is said where the caption does not, and no fact that the page says `above`.
    """
    over = told.headed(name, caption.takeaway, "said")
    return f'{over}<div class="ttt-shown">{body}{told.noted(_under(caption, known, above))}</div>'


def _under(caption: Caption, known: str = "", above: str = "") -> str:
    coverage = words.beyond(caption.coverage or known, above)
    parts = [part for part in (coverage, caption.before, caption.sources) if part]
    return "".join(f"{part[0].upper()}{part[1:].rstrip('.')}. " for part in parts).rstrip()


def place(figure: go.Figure, name: str, **options: Any) -> str:
    """A figure as HTML; none where there is nothing to draw, as is said over it."""
    return told.figure(figure, name, **options) if figure.data else ""


def folded(name: str, data: Charted, tracks: Tracks | None = None) -> None:
    """The table of what a page has one of; made when somebody unfolds it."""
    place = st.expander("As a table", on_change="rerun", key=f"table of {name}")
    if place.open:
        with place:
            _table(name, data, tracks)


def _as_table(panel: Panel[Any]) -> None:
    if panel.data is None:
        st.html(panel.html)
        return
    st.html(html(panel.name, panel.data.caption, ""))
    _table(panel.name, panel.data, panel.tracks)


def _table(name: str, data: Charted, tracks: Tracks | None) -> None:
    table = data.table()
    tables.show(name, table, tracks)
    records = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    st.download_button(
        notices.about("CSV", name),
        spreadsheet.file(table.columns, records),
        file_name(name, "csv"),
        "text/csv",
        icon=":material/download:",
        key=f"csv of {name}",
    )


def _beside(columns: Sequence[Sequence[Panel[Any]]], shape: str) -> str:
    stacks = ["".join(map(_html, column)) for column in columns]
    if len(stacks) == 1:
        return stacks[0]
    # Panels of one row begin and end at one height; some that stand below another take its room.
    cells = [
        stack if len(column) == 1 else f'<div class="ttt-stack">{stack}</div>'
        for stack, column in zip(stacks, columns, strict=True)
    ]
    return f'<div class="ttt-panels {shape}">{"".join(cells)}</div>'


def _html(panel: Panel[Any]) -> str:
    return f'<div class="ttt-panel">{panel.html}</div>'


# Streamlit looks into a key for its parts, and into those for theirs, which was a quarter of a run;
# and it looks up which argument is which unless they are named.
@st.cache_resource(ttl=3600, max_entries=1_200, show_spinner=False)
def _measured(_measure: Callable[[], Any], key: str) -> Any:  # noqa: ARG001
    return _measure()
