"""The charts of a list, each under its heading with a takeaway.

Coverage and sources are said once, under the first; another says what differs.
Each is made once for the same rows, and kept as the HTML that is sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

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
from ttt.ui.figures import choosing
from ttt.ui.frame import browser, layout
from ttt.ui.frame.view import SAME_ROWS, View
from ttt.ui.tracks import charted, chosen

ALL, OF_DRAFT = 8, 5  # charts


def charts(
    rows: Sequence[TrackRow],
    compared: Sequence[TrackRow] | None,
    lists: Mapping[Period, Sequence[TrackRow]],
    wanted: Choice,
) -> None:
    """Show all charts of a list, with what is chosen marked on them."""
    view, name = View(rows, compared, lists), browser.theme()
    choosing.listen("chosen on charts", chosen.take)
    parted = _parted(view, wanted.marked)
    _put("Mood map", _moods(parted, name, browser.touch(), wanted.marked.box))
    for measure in (Measure.ENERGY, Measure.VALENCE, Measure.TEMPO):
        _panel(parted, measure.capitalize(), name, measure)
    part = View(wanted.marked.among(rows))
    _popularity(part, name)
    _panel(part, "Genres", name)
    # The wheel shows what else could be chosen on it.
    of_others = _parted(view, replace(wanted.marked, codes=()))
    _panel(of_others, "Keys", name, "key", tuple(wanted.marked.codes))
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


def _put(title: str, html: tuple[View, str]) -> None:
    with charted.place(title):
        st.html(html[1])


def _panel(
    view: View, title: str, name: ThemeName, what: str = "", codes: tuple[str, ...] = ()
) -> None:
    _put(title, _told(view, title, name, what, codes))


def _flow(view: View, name: ThemeName) -> None:
    _put("Flow", _flowing(view, name))


def _parted(view: View, marked: Chosen) -> View:
    """The same rows, and those of them that are marked, when any are."""
    part = marked.among(view.rows) if marked else None
    return View(view.rows, view.compared, view.lists, part)


@st.cache_resource(ttl=3600, max_entries=1_600, show_spinner=False, hash_funcs=SAME_ROWS)
def _told(
    view: View, title: str, name: ThemeName, what: str, codes: tuple[str, ...]
) -> tuple[View, str]:
    """A chart of a view; `what` is what can be clicked on it, `codes` the keys that were."""
    figure, caption = _drawn(view, title, theme(name), codes)
    chart = charted.of(figure, caption, view)
    return view, charted.html(title, chart, "points" if what else "", what)


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False, hash_funcs=SAME_ROWS)
def _flowing(view: View, name: ThemeName) -> tuple[View, str]:
    data = flow_service.flow(view.rows)
    chart = charted.of(flow_chart.figure(data, theme(name)), data.caption)
    return view, charted.html("Flow", chart)


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False, hash_funcs=SAME_ROWS)
def _moods(view: View, name: ThemeName, touch: bool, box: Box | None) -> tuple[View, str]:
    data = insights.mood_map(view.rows)
    picked = None if view.part is None else frozenset(row.uri for row in view.part)
    figure = mood_map.figure(data, theme(name), touch=touch, box=box, picked=picked)
    chart = charted.first(figure, data.caption, view)
    # On a phone a drag scrolls the page.
    return view, charted.html("Mood map", chart, "" if touch else "box", "map")


def _drawn(
    view: View, title: str, colours: Theme, codes: tuple[str, ...]
) -> tuple[go.Figure, Caption]:
    match title:
        case "Genres":
            shares = insights.genres(view.rows)
            return (genres.figure(shares, colours), shares.caption)
        case "Keys":
            wheel = insights.key_wheel(view.rows if view.part is None else view.part)
            return (key_wheel.figure(wheel, colours, codes), wheel.caption)
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
        _, html = _ranks(view, _heading_with_choice(measures), name)
        st.html(html)


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False, hash_funcs=SAME_ROWS)
def _ranks(view: View, measure: str, name: ThemeName) -> tuple[View, str]:
    ranks = insights.popularity(view.rows, measure)
    chart = charted.of(popularity.figure(ranks, theme(name)), ranks.caption, view)
    over = layout.headed("", chart.over)
    return view, over + charted.below("Popularity", chart)


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
