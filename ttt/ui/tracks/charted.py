"""How one chart of a list is told: its figure, and the words round it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import plotly.graph_objects as go

from ttt.chartdata import Caption
from ttt.services.charts import insights
from ttt.services.tracks import captions
from ttt.ui.figures import told
from ttt.ui.figures.told import Choosing
from ttt.ui.frame.view import View

# Where it is not 190 pixels; None is as high as the figure says.
_HEIGHTS: Mapping[str, int | None] = {
    "Mood map": 360,
    "Keys": 320,
    "Periods": 260,
    "Genres": None,
    "Flow": None,
}
_HEIGHT = 190
# About as high as a figure that says it itself, and the words over one.
_SAID, _WORDS, _GAP = 84, 40, 24


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


def html(
    title: str,
    chart: Charted,
    by: Choosing = "",
    what: str = "",
    *,
    headed: str | None = None,
) -> str:
    """A chart under its name or what it is `headed`; one can choose `by` clicks or a drag.

    What is chosen on it is of `what`.
    """
    over = told.headed(title if headed is None else headed, chart.over)
    mode = "" if chart.fixed else by
    height = _HEIGHTS.get(title, _HEIGHT)
    drawn = told.figure(chart.figure, title, height=height, by=mode, what=what)
    parts = over + drawn + told.noted(chart.under)
    return f'<div class="ttt-chart" data-chart="{title}">{parts}</div>'


def heights(titles: Sequence[str], stops: Sequence[int]) -> dict[int, int]:
    """About how high the first so many charts are together, in pixels."""
    each = [(_HEIGHTS.get(title, _HEIGHT) or _SAID) + _WORDS + _GAP for title in titles]
    return {stop: sum(each[:stop]) - _GAP for stop in stops}


def _line(words: list[str]) -> str:
    return " · ".join(filter(None, words))
