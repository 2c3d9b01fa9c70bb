"""Mood by season: where half of the time or plays lies in each quarter of the year."""

from typing import Any, NamedTuple

import plotly.graph_objects as go

from ttt.chartdata import Seasons, Spread
from ttt.charts import theme as style
from ttt.charts.theme import Theme
from ttt.music import Measure, written

_ROW = 26


class _Row(NamedTuple):
    place: int
    name: str
    spread: Spread


def figure(
    data: Seasons, theme: Theme, *, measure: Measure = Measure.VALENCE, narrow: bool = False
) -> go.Figure:
    """A bar a season from the lower to the upper quartile, the middle marked and named."""
    spreads = [season.spreads.get(measure) for season in data.seasons]
    rows = len(data.seasons)
    height = _ROW * rows + 40
    if not any(spreads):
        return style.empty(theme, height, f"Too little is known of {measure} by season")
    shown = [
        _Row(n, season.name, spread)
        for n, (season, spread) in enumerate(zip(data.seasons, spreads, strict=True))
        if spread
    ]
    return style.figure(
        theme,
        height,
        [_quartiles(shown, measure, theme, data.by.whole), _middles(shown, measure, theme)],
        margin={"l": 70 if narrow else 168, "r": 10, "t": 14, "b": 24},
        bargap=0.5,
        barmode="overlay",
        xaxis=style.axis(theme, showgrid=True, nticks=5, ticks="", rangemode="normal"),
        yaxis=style.axis(
            theme,
            color=theme.ink,
            range=[rows - 0.4, -0.6],
            tickvals=list(range(rows)),
            ticktext=[_short(s.name) if narrow else s.name for s in data.seasons],
            ticks="",
        ),
    )


def _short(name: str) -> str:
    """Dec–Feb."""
    first, last = name.split(" to ")
    return f"{first[:3]}–{last[:3]}"


def _quartiles(rows: list[_Row], measure: Measure, theme: Theme, whole: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "y": [row.place for row in rows],
        "base": [round(row.spread.low, 3) for row in rows],
        "x": [round(row.spread.high - row.spread.low, 3) for row in rows],
        "width": 0.36,
        "marker": {
            "color": theme.colour(measure),
            "opacity": 0.4,
            "line": {"width": 0},
            "cornerradius": 4,
        },
        "hoverinfo": "text",
        "textposition": "none",
        "hovertext": [
            f"{row.name}: half of {whole} from {written(measure, row.spread.low)} to "
            f"{written(measure, row.spread.high)}"
            for row in rows
        ],
    }


def _middles(rows: list[_Row], measure: Measure, theme: Theme) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "y": [row.place for row in rows],
        "x": [round(row.spread.middle, 3) for row in rows],
        "text": [written(measure, row.spread.middle) for row in rows],
        "textposition": "top center",
        "textfont": style.font(theme.ink, 11),
        "marker": {"size": 9, "color": style.mix(theme.colour(measure), theme.ink, 0.3)},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
