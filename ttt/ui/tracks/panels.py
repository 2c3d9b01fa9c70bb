"""The charts of a list, each under its heading with a takeaway.

Coverage and sources are said once, under the first; another says what differs.
All are made once for the same rows, and kept as the HTML that is sent: few elements, as each costs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ttt.chartdata import Caption
from ttt.charts import distribution, genres, key_wheel, mood_map, periods, popularity
from ttt.charts import flow as flow_chart
from ttt.charts.theme import Theme, ThemeName, theme
from ttt.music import Measure, Period
from ttt.services.charts import flow as flow_service
from ttt.services.charts import insights
from ttt.services.tracks.choice import Choice
from ttt.services.tracks.marking import Box, Marked
from ttt.services.tracks.rows import TrackRow
from ttt.ui.figures import choosing
from ttt.ui.frame import browser, layout
from ttt.ui.frame.view import SAME_ROWS, View
from ttt.ui.tracks import charted, chosen

_MEASURES = (Measure.ENERGY, Measure.VALENCE, Measure.TEMPO)
_RANKS = "Popularity"
_ALL = ("Mood map", "Energy", "Valence", "Tempo", _RANKS, "Genres", "Keys", "Periods")
# In columns below a list, where the lowest stands over one of the highest.
_BELOW = (*_ALL[:5], "Periods", "Genres", "Keys")
_DRAFT = ("Flow", "Energy", "Tempo", "Genres", "Keys")
ALL = charted.heights(_ALL, range(2, 9))
OF_DRAFT = charted.heights(_DRAFT, (2, 5))


def charts(
    places: layout.Charts,
    rows: Sequence[TrackRow],
    compared: Sequence[TrackRow] | None,
    lists: Mapping[Period, Sequence[TrackRow]],
    wanted: Choice,
) -> None:
    """Show all charts of a list, with what is chosen marked on them."""
    view, name = View(rows, compared, lists), browser.theme()
    with places.aside if places.room else places.below:
        choosing.listen("chosen on charts", chosen.take)
    _, told = _of_list(view, name, browser.touch(), wanted.marked)
    part = View(wanted.marked.among(rows))
    measures = insights.popularity_measures(part.rows)
    if measures == [Measure.POPULARITY]:
        told = {**told, _RANKS: _ranks(part, Measure.POPULARITY, name, _RANKS)[1]}
    aside = _ALL[: places.room]
    below = [title for title in _BELOW if title not in aside]
    for place, titles in ((places.aside, aside), (places.below, below)):
        _stacked(place, titles, told, lambda: _ranks(part, _choice(measures), name, "")[1])


def _stacked(
    place: DeltaGenerator,
    titles: Sequence[str],
    told: Mapping[str, str],
    chosen_here: Callable[[], str] = str,
) -> None:
    """Charts below each other, in as few elements as can be; one is chosen where it stands."""
    for is_told, some in groupby(titles, told.__contains__):
        if is_told:
            place.html("".join(told[title] for title in some))
            continue
        with place, st.container(gap=None):
            st.html(chosen_here())


def flow(rows: Sequence[TrackRow]) -> None:
    """How the rows follow each other when they are played in this order."""
    st.html(_flowing(View(rows), browser.theme())[1])


def draft(places: layout.Charts, rows: Sequence[TrackRow]) -> None:
    """How a list that is being built flows, and what it is made of; nothing is chosen on it."""
    view, name = View(rows), browser.theme()
    told = {"Flow": _flowing(view, name)[1], **_of_draft(view, name)[1]}
    _stacked(places.aside, _DRAFT[: places.room], told)
    _stacked(places.below, _DRAFT[places.room :], told)


def folded_flow(rows: Sequence[TrackRow]) -> None:
    """The same, drawn when somebody opens it."""
    place = st.expander("How the list flows", icon=":material/waves:", on_change="rerun")
    if place.open:
        with place:
            flow(rows)


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False, hash_funcs=SAME_ROWS)
def _of_list(
    view: View, name: ThemeName, touch: bool, marked: Marked
) -> tuple[View, dict[str, str]]:
    """All charts but that of popularity, by their titles."""
    parted = _parted(view, marked)
    # The wheel shows what else could be chosen on it.
    of_others = _parted(view, replace(marked, codes=()))
    return view, {
        "Mood map": _moods(parted, name, touch, marked.box),
        **{m.capitalize(): _told(parted, m.capitalize(), name, m) for m in _MEASURES},
        "Genres": _told(parted, "Genres", name),
        "Keys": _told(of_others, "Keys", name, "key", tuple(marked.codes)),
        "Periods": _told(view, "Periods", name),
    }


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False, hash_funcs=SAME_ROWS)
def _of_draft(view: View, name: ThemeName) -> tuple[View, dict[str, str]]:
    return view, {title: _told(view, title, name) for title in _DRAFT[1:]}


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False, hash_funcs=SAME_ROWS)
def _flowing(view: View, name: ThemeName) -> tuple[View, str]:
    data = flow_service.flow(view.rows)
    chart = charted.of(flow_chart.figure(data, theme(name)), data.caption)
    return view, charted.html("Flow", chart)


def _parted(view: View, marked: Marked) -> View:
    """The same rows, and those of them that are marked, when any are."""
    part = marked.among(view.rows) if marked else None
    return View(view.rows, view.compared, view.lists, part)


def _told(
    view: View, title: str, name: ThemeName, what: str = "", codes: tuple[str, ...] = ()
) -> str:
    """A chart of a view; `what` is what can be clicked on it, `codes` the keys that were."""
    figure, caption = _drawn(view, title, theme(name), codes)
    chart = charted.of(figure, caption, view)
    return charted.html(title, chart, "points" if what else "", what)


def _moods(view: View, name: ThemeName, touch: bool, box: Box | None) -> str:
    data = insights.mood_map(view.rows)
    picked = None if view.part is None else frozenset(row.uri for row in view.part)
    figure = mood_map.figure(data, theme(name), touch=touch, box=box, picked=picked)
    chart = charted.first(figure, data.caption, view)
    # On a phone a drag scrolls the page.
    return charted.html("Mood map", chart, "" if touch else "box", "map")


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


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False, hash_funcs=SAME_ROWS)
def _ranks(view: View, measure: str, name: ThemeName, title: str) -> tuple[View, str]:
    """By one measure; `title` is empty where one can choose another, beside the name."""
    ranks = insights.popularity(view.rows, measure)
    chart = charted.of(popularity.figure(ranks, theme(name)), ranks.caption, view)
    return view, charted.html("Popularity", chart, headed=title)


def _choice(measures: list[str]) -> str:
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
