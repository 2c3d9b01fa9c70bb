"""The charts of a list, each under its heading with a takeaway, and over its coverage.

What can be chosen on keeps its figure; all else is drawn once and then replayed.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import plotly.graph_objects as go
import streamlit as st

from ttt.chartdata import Caption, MoodMap
from ttt.charts import distribution, genres, key_wheel, mood_map, periods, popularity
from ttt.charts import flow as flow_chart
from ttt.charts.theme import Theme, ThemeName, theme
from ttt.music import Measure, Period
from ttt.services.charts import flow as flow_service
from ttt.services.charts import insights
from ttt.services.tracks.choosing import Chosen, Span
from ttt.services.tracks.rows import TrackRow
from ttt.ui.frame import browser, notices
from ttt.ui.frame.view import SAME_ROWS, View

# As high as the two rows of small charts beside it.
_MOOD_MAP_HEIGHT = 580
_CONFIG = {"displayModeBar": False, "responsive": True}


class _Chart(NamedTuple):
    figure: go.Figure
    caption: Caption


def headline(rows: Sequence[TrackRow], compared: Sequence[TrackRow] | None) -> None:
    """Four numbers: the medians of the list, and how far they are from the year's."""
    _headline(View(rows, compared))


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False, hash_funcs=SAME_ROWS)
def _headline(view: View) -> View:
    cards = st.grid(4, min_column_width=150)
    for number in insights.headline(view.rows, view.compared):
        cards.metric(
            number.measure.capitalize(),
            number.value or "unknown",
            number.delta,
            delta_color="off",
            delta_description=None if number.delta is None else "vs year",
            border=True,
        )
    return view


def charts(
    rows: Sequence[TrackRow],
    compared: Sequence[TrackRow] | None,
    lists: Mapping[Period, Sequence[TrackRow]],
    key: str,
) -> Chosen:
    """Show all charts of a list; return what was chosen on them."""
    view, name = View(rows, compared, lists), browser.theme()
    # A selection is drawn by the places of points, so it holds for these rows only.
    key = f"{key}-{hash(tuple(row.uri for row in rows))}"
    spans: dict[Measure, list[Span]] = {}
    codes: list[str] = []
    grid = st.grid(4, min_column_width=225, gap="medium")
    with grid.cell(column_span=2, row_span=2):
        uris = _mood_map(view, name, key)
    with grid.cell():
        _popularity(view, name)
    for measure in (Measure.TEMPO, Measure.ENERGY, Measure.VALENCE):
        with grid.cell():
            points = _selectable(view, measure.capitalize(), name, key)
            spans[measure] = [(low, high) for low, high in points]
    with grid.cell():
        _panel(view, "Genres", name)
    with grid.cell():
        codes = _selectable(view, "Keys", name, key)
    with grid.cell(column_span=2):
        _panel(view, "Periods", name)
    return Chosen(uris, codes, spans)


def flow(rows: Sequence[TrackRow]) -> None:
    """How the rows follow each other when they are played in this order."""
    _flow(View(rows), browser.theme())


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
        _show(flow_chart.figure(data, theme(name)), "Flow")
    return view


def _mood_map(view: View, name: ThemeName, key: str) -> list[str]:
    touch = browser.touch()
    _, figure, moods = _mood_figure(view, name, touch)
    # On a phone a lasso, and whatever Streamlit puts in its place, would keep the page from
    # scrolling.
    selectable = bool(moods.points) and not touch
    with _described("Mood map", moods.caption):
        event: Any = st.plotly_chart(
            figure,
            height=_MOOD_MAP_HEIGHT,
            theme=None,
            config=_CONFIG,
            key=f"{key}-mood-map",
            on_select="rerun" if selectable else "ignore",
            selection_mode=("box", "lasso"),
        )
    return [str(p["customdata"]) for p in event["selection"]["points"]] if selectable else []


def _selectable(view: View, title: str, name: ThemeName, key: str) -> list[Any]:
    """A chart whose bars or sectors can be clicked; return the `customdata` of those that were."""
    _, chart = _clickable(view, title, name)
    with _described(title, chart.caption):
        event: Any = st.plotly_chart(
            chart.figure,
            theme=None,
            config=_CONFIG,
            key=f"{key}-{title}",
            on_select="rerun" if chart.figure.data else "ignore",
            selection_mode="points",
        )
    return [p["customdata"] for p in event["selection"]["points"]] if chart.figure.data else []


@st.cache_resource(ttl=3600, max_entries=800, show_spinner=False, hash_funcs=SAME_ROWS)
def _clickable(view: View, title: str, name: ThemeName) -> tuple[View, _Chart]:
    return view, _chart(view, title, theme(name))


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False, hash_funcs=SAME_ROWS)
def _mood_figure(view: View, name: ThemeName, touch: bool) -> tuple[View, go.Figure, MoodMap]:
    data = insights.mood_map(view.rows)
    return view, mood_map.figure(data, theme(name), touch=touch), data


@st.cache_resource(ttl=3600, max_entries=1_200, show_spinner=False, hash_funcs=SAME_ROWS)
def _panel(view: View, title: str, name: ThemeName) -> View:
    chart = _chart(view, title, theme(name))
    with _described(title, chart.caption):
        _show(chart.figure, title)
    return view


def _chart(view: View, title: str, colours: Theme) -> _Chart:
    match title:
        case "Genres":
            shares = insights.genres(view.rows)
            return _Chart(genres.figure(shares, colours), shares.caption)
        case "Keys":
            wheel = insights.key_wheel(view.rows)
            return _Chart(key_wheel.figure(wheel, colours), wheel.caption)
        case "Periods":
            side_by_side = insights.periods(view.lists)
            return _Chart(periods.figure(side_by_side, colours), side_by_side.caption)
    data = insights.distribution(view.rows, Measure(title.lower()), view.compared)
    return _Chart(distribution.figure(data, colours), data.caption)


def _popularity(view: View, name: ThemeName) -> None:
    measures = insights.popularity_measures(view.rows)
    with st.container(gap=None, key="over-Popularity"):
        measure = _heading_with_choice(measures)
        ranks = insights.popularity(view.rows, measure)
        st.caption(notices.plain(ranks.caption.takeaway))
    _ranks(view, measure, name)


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False, hash_funcs=SAME_ROWS)
def _ranks(view: View, measure: str, name: ThemeName) -> View:
    ranks = insights.popularity(view.rows, measure)
    _show(popularity.figure(ranks, theme(name)), "Popularity")
    _under("Popularity", ranks.caption)
    return view


def _heading_with_choice(measures: list[str]) -> str:
    if measures == [Measure.POPULARITY]:
        st.subheader("Popularity", anchor=False)
        return Measure.POPULARITY
    with st.container(horizontal=True, vertical_alignment="center", key="measure"):
        st.subheader("Popularity", anchor=False, width="content")
        chosen = st.selectbox(
            "Measure of popularity",
            measures,
            format_func=lambda measure: insights.SCALES[measure].name.capitalize(),
            label_visibility="collapsed",
            key="popularity-measure",
        )
    return chosen or measures[0]


@contextmanager
def _described(title: str, caption: Caption) -> Iterator[None]:
    with st.container(gap=None, key=f"over-{title}"):
        st.subheader(title, anchor=False)
        st.caption(notices.plain(caption.takeaway))
    yield
    _under(title, caption)


def _show(figure: go.Figure, title: str) -> None:
    st.plotly_chart(figure, theme=None, config=_CONFIG, key=f"{title}-figure")


def _under(title: str, caption: Caption) -> None:
    with st.container(key=f"under-{title}"):
        st.caption(notices.plain(f"{caption.coverage} · {caption.sources}".strip(" ·")))
