"""The charts of a list, each under its heading with a takeaway, and over its coverage."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from ttt.chartdata import Caption
from ttt.charts import distribution, key_wheel, mood_map, periods, popularity
from ttt.charts.theme import theme
from ttt.music import Measure, Period
from ttt.services import insights
from ttt.services.rows import TrackRow
from ttt.ui import browser, notices

# As high as the two rows of small charts beside it.
_MOOD_MAP_HEIGHT = 580
_CONFIG = {"displayModeBar": False, "responsive": True}


def headline(rows: Sequence[TrackRow], compared: Sequence[TrackRow] | None) -> None:
    """Four numbers: the medians of the list, and how far they are from the year's."""
    cards = st.grid(4, min_column_width=150)
    for number in insights.headline(rows, compared):
        cards.metric(
            number.measure.capitalize(),
            number.value or "unknown",
            number.delta,
            delta_color="off",
            delta_description=None if number.delta is None else "vs year",
            border=True,
        )


def charts(
    rows: Sequence[TrackRow],
    compared: Sequence[TrackRow] | None,
    lists: Mapping[Period, Sequence[TrackRow]],
    key: str,
) -> list[str]:
    """Show all charts of a list; return the URIs that were chosen on the mood map."""
    colours = theme(browser.theme())
    grid = st.grid(4, min_column_width=225, gap="medium")
    with grid.cell(column_span=2, row_span=2):
        chosen = _mood_map(rows, key)
    with grid.cell():
        ranks = insights.popularity(rows)
        _panel("Popularity", ranks.caption, popularity.figure(ranks, colours))
    for measure in (Measure.TEMPO, Measure.ENERGY, Measure.VALENCE):
        with grid.cell():
            data = insights.distribution(rows, measure, compared)
            _panel(measure.capitalize(), data.caption, distribution.figure(data, colours))
    with grid.cell(column_span=2):
        wheel = insights.key_wheel(rows)
        _panel("Keys", wheel.caption, key_wheel.figure(wheel, colours))
    with grid.cell(column_span=2):
        side_by_side = insights.periods(lists)
        _panel("Periods", side_by_side.caption, periods.figure(side_by_side, colours))
    return chosen


def _mood_map(rows: Sequence[TrackRow], key: str) -> list[str]:
    moods, touch = insights.mood_map(rows), browser.touch()
    figure = mood_map.figure(moods, theme(browser.theme()), touch=touch)
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


def _panel(title: str, caption: Caption, figure: go.Figure) -> None:
    with _described(title, caption):
        st.plotly_chart(figure, theme=None, config=_CONFIG, key=f"{title}-figure")


@contextmanager
def _described(title: str, caption: Caption) -> Iterator[None]:
    with st.container(gap=None, key=f"over-{title}"):
        st.subheader(title, anchor=False)
        st.caption(notices.plain(caption.takeaway))
    yield
    with st.container(key=f"under-{title}"):
        st.caption(notices.plain(f"{caption.coverage} · {caption.sources}".strip(" ·")))
