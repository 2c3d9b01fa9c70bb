"""Mood by season: where half of the time or plays lies in each quarter of the year."""

from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import Seasons, Spread
from ttt.charts import theme as style
from ttt.charts.theme import Theme
from ttt.music import Measure, written

_ROW = 26


def figure(
    data: Seasons, theme: Theme, *, measure: Measure = Measure.VALENCE, narrow: bool = False
) -> go.Figure:
    """A bar a season from the lower to the upper quartile, the middle marked and named."""
    rows = [(season.name, season.spreads.get(measure)) for season in data.seasons]
    known = [(name, spread) for name, spread in rows if spread is not None]
    height = _ROW * len(rows) + 40
    if not known:
        return style.empty(theme, height, f"Too little is known of {measure} by season")
    names = [_short(name) if narrow else name for name, _ in rows]
    return style.figure(
        theme,
        height,
        _traces(rows, measure, theme, data.by.whole),
        margin={"l": 70 if narrow else 168, "r": 10, "t": 14, "b": 24},
        bargap=0.5,
        barmode="overlay",
        xaxis=style.axis(theme, showgrid=True, nticks=5, ticks="", rangemode="normal"),
        yaxis=style.axis(
            theme,
            color=theme.ink,
            range=[len(rows) - 0.4, -0.6],
            tickvals=list(range(len(rows))),
            ticktext=names,
            ticks="",
        ),
    )


def _short(name: str) -> str:
    """Dec–Feb."""
    first, last = name.split(" to ")
    return f"{first[:3]}–{last[:3]}"


def _traces(
    rows: list[tuple[str, Spread | None]], measure: Measure, theme: Theme, whole: str
) -> list[dict[str, Any]]:
    shown = [(n, name, spread) for n, (name, spread) in enumerate(rows) if spread is not None]
    colour = theme.colour(measure)
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": [n for n, _, _ in shown],
        "base": [round(s.low, 3) for _, _, s in shown],
        "x": [round(s.high - s.low, 3) for _, _, s in shown],
        "width": 0.36,
        "marker": {"color": colour, "opacity": 0.4, "line": {"width": 0}, "cornerradius": 4},
        "hoverinfo": "text",
        "textposition": "none",
        "hovertext": [
            f"{name}: half of {whole} from {written(measure, s.low)} to {written(measure, s.high)}"
            for _, name, s in shown
        ],
    }
    dots = {
        "type": "scatter",
        "mode": "markers+text",
        "y": [n for n, _, _ in shown],
        "x": [round(s.middle, 3) for _, _, s in shown],
        "text": [written(measure, s.middle) for _, _, s in shown],
        "textposition": "top center",
        "textfont": style.font(theme.ink, 11),
        "marker": {"size": 9, "color": style.mix(colour, theme.ink, 0.3)},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    return [bars, dots]
