"""The charts of a list, each under its heading with a takeaway.

Coverage and sources are said once, under the first; another says what differs.
What can be chosen on keeps its figure; all else is drawn once and then replayed.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Literal, NamedTuple

import plotly.graph_objects as go
import streamlit as st

from ttt.chartdata import Caption, MoodMap
from ttt.charts import distribution, genres, key_wheel, mood_map, periods, popularity
from ttt.charts import flow as flow_chart
from ttt.charts.theme import Theme, ThemeName, theme
from ttt.music import Measure, Period
from ttt.services.charts import flow as flow_service
from ttt.services.charts import insights
from ttt.services.tracks import captions
from ttt.services.tracks.choice import Choice
from ttt.services.tracks.choosing import Box, Chosen
from ttt.services.tracks.rows import TrackRow
from ttt.ui.frame import browser, notices
from ttt.ui.frame.view import SAME_ROWS, View
from ttt.ui.tracks import chosen

_HEIGHTS: Mapping[str, int | Literal["content"]] = {
    "Mood map": 360,
    "Keys": 320,
    "Periods": 260,
    "Genres": "content",
}
_HEIGHT = 190
_CONFIG = {"displayModeBar": False, "responsive": True}


class _Chart(NamedTuple):
    figure: go.Figure
    caption: Caption


def charts(
    rows: Sequence[TrackRow],
    compared: Sequence[TrackRow] | None,
    lists: Mapping[Period, Sequence[TrackRow]],
    key: str,
    wanted: Choice,
) -> None:
    """Show all charts of a list, with what is chosen marked on them."""
    view, name = View(rows, compared, lists), browser.theme()
    # A selection is drawn by the places of points, so it holds for these rows only.
    key = f"{key}-{hash(tuple(row.uri for row in rows))}-{chosen.turn()}"
    _mood_map(view, name, key, wanted)
    for measure in (Measure.ENERGY, Measure.VALENCE, Measure.TEMPO):
        _selectable(view, measure.capitalize(), measure, name, key, wanted)
    part = View(wanted.marked.among(rows))
    _popularity(part, name)
    _panel(part, "Genres", name)
    _selectable(view, "Keys", "key", name, key, wanted)
    _panel(view, "Periods", name)


def flow(rows: Sequence[TrackRow]) -> None:
    """How the rows follow each other when they are played in this order."""
    _flow(View(rows), browser.theme())


def draft(rows: Sequence[TrackRow]) -> None:
    """How a list that is being built flows, and what it is made of; nothing is chosen on it."""
    flow(rows)
    view, name = View(rows), browser.theme()
    for title in ("Energy", "Tempo", "Genres", "Keys"):
        _panel(view, title, name)


def folded_flow(rows: Sequence[TrackRow]) -> None:
    """The same, drawn when somebody opens it."""
    place = st.expander("How the list flows", icon=":material/waves:", on_change="rerun")
    if place.open:
        with place:
            flow(rows)


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False, hash_funcs=SAME_ROWS)
def _flow(view: View, name: ThemeName) -> View:
    data = flow_service.flow(view.rows)
    with _described("Flow", data.caption):
        st.plotly_chart(
            flow_chart.figure(data, theme(name)), theme=None, config=_CONFIG, key="Flow-figure"
        )
    return view


def _mood_map(view: View, name: ThemeName, key: str, wanted: Choice) -> None:
    touch, key = browser.touch(), f"{key}-mood-map"
    marked = chosen.to_draw(wanted, "map", key)
    _, figure, moods = _mood_figure(_parted(view, marked), name, touch, marked.box)
    with _described("Mood map", moods.caption, view, first=True):
        st.plotly_chart(
            figure,
            height=_HEIGHTS["Mood map"],
            theme=None,
            config=_CONFIG,
            key=key,
            # On a phone a drag scrolls the page.
            on_select=chosen.on_chart("map", key) if moods.points and not touch else "ignore",
            selection_mode="box",
        )


def _selectable(
    view: View, title: str, what: str, name: ThemeName, key: str, wanted: Choice
) -> None:
    """A chart whose bars or sectors can be clicked."""
    key = f"{key}-{title}"
    _, chart = _clickable(_parted(view, chosen.to_draw(wanted, what, key)), title, name)
    with _described(title, chart.caption, view):
        st.plotly_chart(
            chart.figure,
            height=_HEIGHTS.get(title, _HEIGHT),
            theme=None,
            config=_CONFIG,
            key=key,
            on_select=chosen.on_chart(what, key) if chart.figure.data else "ignore",
            selection_mode="points",
        )


def _parted(view: View, marked: Chosen) -> View:
    """The same rows, and those of them that are marked, when any are."""
    part = marked.among(view.rows) if marked else None
    return View(view.rows, view.compared, view.lists, part)


@st.cache_resource(ttl=3600, max_entries=800, show_spinner=False, hash_funcs=SAME_ROWS)
def _clickable(view: View, title: str, name: ThemeName) -> tuple[View, _Chart]:
    return view, _chart(view, title, theme(name))


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False, hash_funcs=SAME_ROWS)
def _mood_figure(
    view: View, name: ThemeName, touch: bool, box: Box | None
) -> tuple[View, go.Figure, MoodMap]:
    data = insights.mood_map(view.rows)
    picked = None if view.part is None else frozenset(row.uri for row in view.part)
    return view, mood_map.figure(data, theme(name), touch=touch, box=box, picked=picked), data


@st.cache_resource(ttl=3600, max_entries=1_200, show_spinner=False, hash_funcs=SAME_ROWS)
def _panel(view: View, title: str, name: ThemeName) -> View:
    chart = _chart(view, title, theme(name))
    with _described(title, chart.caption, view):
        _show(chart.figure, title)
    return view


def _chart(view: View, title: str, colours: Theme) -> _Chart:
    match title:
        case "Genres":
            shares = insights.genres(view.rows)
            return _Chart(genres.figure(shares, colours), shares.caption)
        case "Keys":
            wheel = insights.key_wheel(view.rows if view.part is None else view.part)
            return _Chart(key_wheel.figure(wheel, colours), wheel.caption)
        case "Periods":
            own = any(view.rows is rows for rows in view.lists.values())
            side_by_side = insights.periods(view.lists, None if own else view.rows)
            return _Chart(periods.figure(side_by_side, colours), side_by_side.caption)
    measure = Measure(title.lower())
    data = insights.distribution(view.rows, measure, view.compared)
    if view.part is None:
        return _Chart(distribution.figure(data, colours), data.caption)
    part = insights.distribution(view.part, measure, view.rows, "the whole list")
    return _Chart(distribution.figure(data, colours, part), part.caption)


def _popularity(view: View, name: ThemeName) -> None:
    measures = insights.popularity_measures(view.rows)
    with st.container(gap=None, key="chart-Popularity"):
        with st.container(gap=None, key="over-Popularity"):
            measure = _heading_with_choice(measures)
            ranks = insights.popularity(view.rows, measure)
            st.caption(notices.plain(ranks.caption.takeaway))
        _ranks(view, measure, name)


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False, hash_funcs=SAME_ROWS)
def _ranks(view: View, measure: str, name: ThemeName) -> View:
    ranks = insights.popularity(view.rows, measure)
    _show(popularity.figure(ranks, theme(name)), "Popularity")
    _under("Popularity", ranks.caption, view)
    return view


def _heading_with_choice(measures: list[str]) -> str:
    if measures == [Measure.POPULARITY]:
        st.header("Popularity", anchor=False)
        return Measure.POPULARITY
    with st.container(horizontal=True, vertical_alignment="center", key="measure"):
        st.header("Popularity", anchor=False, width="content")
        picked = st.selectbox(
            "Measure of popularity",
            measures,
            format_func=lambda measure: insights.SCALES[measure].name.capitalize(),
            label_visibility="collapsed",
            key="popularity-measure",
        )
    return picked or measures[0]


@contextmanager
def _described(
    title: str, caption: Caption, view: View | None = None, first: bool = False
) -> Iterator[None]:
    with st.container(gap=None, key=f"chart-{title}"):
        with st.container(gap=None, key=f"over-{title}"):
            st.header(title, anchor=False)
            st.caption(notices.plain(caption.takeaway))
        yield
        _under(title, caption, view, first)


def _show(figure: go.Figure, title: str) -> None:
    height = _HEIGHTS.get(title, _HEIGHT)
    st.plotly_chart(figure, height=height, theme=None, config=_CONFIG, key=f"{title}-figure")


def _under(title: str, caption: Caption, view: View | None, first: bool = False) -> None:
    if words := " · ".join(filter(None, _said(caption, view, first))):
        with st.container(key=f"under-{title}"):
            st.caption(notices.plain(words))


def _said(caption: Caption, view: View | None, first: bool) -> list[str]:
    """Coverage and sources: all of them, of the page and what differs, or only what differs."""
    if view is None:
        return [caption.coverage, caption.sources]
    page = insights.whole(view.rows)
    return [*([page.coverage, page.sources] if first else []), captions.beyond(caption, page)]
