"""How one chart of a list is shown: the words round it, and what can be chosen on it."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ttt.chartdata import Caption
from ttt.services.charts import insights
from ttt.services.tracks import captions
from ttt.ui.frame import layout
from ttt.ui.frame.view import View
from ttt.ui.tracks import chosen

_HEIGHTS: Mapping[str, int | Literal["content"]] = {
    "Mood map": 360,
    "Keys": 320,
    "Periods": 260,
    "Genres": "content",
    "Flow": "content",
}
_HEIGHT = 190
_CONFIG = {"displayModeBar": False, "responsive": True}


class Charted(NamedTuple):
    """A figure with the words over and under it; `fixed` when nothing can be chosen on it."""

    figure: go.Figure
    over: str
    under: str
    fixed: bool


def of(figure: go.Figure, caption: Caption, view: View | None = None) -> Charted:
    """A chart of a view, which says under it what differs from what its page says at the top."""
    if view is None:
        words = [caption.coverage, caption.sources]
    else:
        words = [captions.beyond(caption, insights.whole(view.rows))]
    return Charted(figure, caption.takeaway, _line(words), not figure.to_dict()["data"])


def first(figure: go.Figure, caption: Caption, view: View) -> Charted:
    """The chart at the top, which says what all charts of its page have in common."""
    page = insights.whole(view.rows)
    words = [page.coverage, page.sources, captions.beyond(caption, page)]
    return of(figure, caption)._replace(under=_line(words))


def place(title: str) -> DeltaGenerator:
    """Where a chart and its words stand."""
    return st.container(gap=None, key=f"chart-{title}")


def show(title: str, chart: Charted) -> None:
    """Show a chart under its name."""
    with place(title):
        still(title, chart, title)


def still(title: str, chart: Charted, name: str = "") -> None:
    """A chart that is looked at, its words round it."""
    layout.heading(name, chart.over)
    height, key = _HEIGHTS.get(title, _HEIGHT), f"{title}-figure"
    st.plotly_chart(chart.figure, height=height, theme=None, config=_CONFIG, key=key)
    layout.under(chart.under)


def selectable(
    title: str, chart: Charted, what: str, key: str, mode: Literal["box", "points"]
) -> None:
    """A chart on which people choose by clicks or a drag, under its name."""
    with place(title):
        layout.heading(title, chart.over)
        st.plotly_chart(
            chart.figure,
            height=_HEIGHTS.get(title, _HEIGHT),
            theme=None,
            config=_CONFIG,
            key=key,
            on_select="ignore" if chart.fixed else chosen.on_chart(what, key),
            selection_mode=mode,
        )
        layout.under(chart.under)


def _line(words: list[str]) -> str:
    return " · ".join(filter(None, words))
