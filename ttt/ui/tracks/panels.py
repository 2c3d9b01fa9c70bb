"""The charts of a list, each under its heading with a takeaway.

Coverage and sources are said once, under the first; another says what differs.
What can be chosen on keeps its figure; all else is drawn once and then replayed.
"""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go
import streamlit as st

from ttt.chartdata import Caption
from ttt.charts import distribution, genres, key_wheel, mood_map, periods, popularity
from ttt.charts import flow as flow_chart
from ttt.charts.theme import Theme, ThemeName, theme
from ttt.music import Measure, Period
from ttt.services.charts import flow as flow_service
from ttt.services.charts import insights
from ttt.services.tracks.choice import Choice
from ttt.services.tracks.choosing import Box, Chosen
from ttt.services.tracks.rows import TrackRow
from ttt.ui.frame import browser
from ttt.ui.frame.view import SAME_ROWS, View
from ttt.ui.tracks import charted, chosen
from ttt.ui.tracks.charted import Charted


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
    charted.show("Flow", charted.of(flow_chart.figure(data, theme(name)), data.caption))
    return view


def _mood_map(view: View, name: ThemeName, key: str, wanted: Choice) -> None:
    touch, key = browser.touch(), f"{key}-mood-map"
    marked = chosen.to_draw(wanted, "map", key)
    _, chart = _moods(_parted(view, marked), name, touch, marked.box)
    charted.selectable("Mood map", chart, "map", key, "box")


def _selectable(
    view: View, title: str, what: str, name: ThemeName, key: str, wanted: Choice
) -> None:
    """A chart whose bars or sectors can be clicked."""
    key = f"{key}-{title}"
    _, chart = _clickable(_parted(view, chosen.to_draw(wanted, what, key)), title, name)
    charted.selectable(title, chart, what, key, "points")


def _parted(view: View, marked: Chosen) -> View:
    """The same rows, and those of them that are marked, when any are."""
    part = marked.among(view.rows) if marked else None
    return View(view.rows, view.compared, view.lists, part)


@st.cache_resource(ttl=3600, max_entries=800, show_spinner=False, hash_funcs=SAME_ROWS)
def _clickable(view: View, title: str, name: ThemeName) -> tuple[View, Charted]:
    return view, _chart(view, title, theme(name))


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False, hash_funcs=SAME_ROWS)
def _moods(view: View, name: ThemeName, touch: bool, box: Box | None) -> tuple[View, Charted]:
    data = insights.mood_map(view.rows)
    picked = None if view.part is None else frozenset(row.uri for row in view.part)
    figure = mood_map.figure(data, theme(name), touch=touch, box=box, picked=picked)
    chart = charted.first(figure, data.caption, view)
    # On a phone a drag scrolls the page.
    return view, chart._replace(fixed=touch or not data.points)


@st.cache_resource(ttl=3600, max_entries=1_200, show_spinner=False, hash_funcs=SAME_ROWS)
def _panel(view: View, title: str, name: ThemeName) -> View:
    charted.show(title, _chart(view, title, theme(name)))
    return view


def _chart(view: View, title: str, colours: Theme) -> Charted:
    figure, caption = _drawn(view, title, colours)
    return charted.of(figure, caption, view)


def _drawn(view: View, title: str, colours: Theme) -> tuple[go.Figure, Caption]:
    match title:
        case "Genres":
            shares = insights.genres(view.rows)
            return (genres.figure(shares, colours), shares.caption)
        case "Keys":
            wheel = insights.key_wheel(view.rows if view.part is None else view.part)
            return (key_wheel.figure(wheel, colours), wheel.caption)
        case "Periods":
            own = any(view.rows is rows for rows in view.lists.values())
            side_by_side = insights.periods(view.lists, None if own else view.rows)
            return (periods.figure(side_by_side, colours), side_by_side.caption)
    measure = Measure(title.lower())
    data = insights.distribution(view.rows, measure, view.compared)
    if view.part is None:
        return (distribution.figure(data, colours), data.caption)
    part = insights.distribution(view.part, measure, view.rows, "the whole list")
    return (distribution.figure(data, colours, part), part.caption)


def _popularity(view: View, name: ThemeName) -> None:
    measures = insights.popularity_measures(view.rows)
    with charted.place("Popularity"):
        _ranks(view, _heading_with_choice(measures), name)


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False, hash_funcs=SAME_ROWS)
def _ranks(view: View, measure: str, name: ThemeName) -> View:
    ranks = insights.popularity(view.rows, measure)
    chart = charted.of(popularity.figure(ranks, theme(name)), ranks.caption, view)
    charted.still("Popularity", chart)
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
