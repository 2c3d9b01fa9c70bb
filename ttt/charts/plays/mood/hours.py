"""Mood by hour and weekday: larger is more time or plays, the colour is the measure."""

from math import sqrt
from typing import Any, NamedTuple

import plotly.graph_objects as go

from ttt import words
from ttt.chartdata import WEEKDAYS, HourMoods
from ttt.charts import theme as style
from ttt.charts.plays import shared
from ttt.charts.theme import Theme
from ttt.music import written

HEIGHT = 286


class _Hour(NamedTuple):
    day: int
    hour: int
    value: float
    amount: float


def figure(data: HourMoods, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """A dot an hour of the week of which enough was heard."""
    shown = [
        _Hour(day, hour, value, data.amounts[day][hour])
        for day, row in enumerate(data.values)
        for hour, value in enumerate(row)
        if value is not None
    ]
    if not shown:
        return style.empty(theme, HEIGHT, f"No {data.measure} is known yet for what was heard")
    return style.figure(
        theme,
        HEIGHT,
        [_dots(data, shown, theme, 11 if narrow else 19)],
        margin={"l": 32, "r": 4, "t": 6, "b": 24},
        xaxis=shared.hours_axis(theme, 0.8),
        yaxis=style.axis(
            theme, range=[6.7, -0.7], tickvals=list(range(7)), ticktext=list(WEEKDAYS), ticks=""
        ),
    )


def _dots(data: HourMoods, shown: list[_Hour], theme: Theme, largest: int) -> dict[str, Any]:
    most = max(max(row) for row in data.amounts)
    values = sorted(at.value for at in shown)
    low, high = values[len(values) // 20], values[-1 - len(values) // 20]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [at.hour for at in shown],
        "y": [at.day for at in shown],
        "marker": {
            "size": [round(3 + (largest - 3) * sqrt(at.amount / most), 1) for at in shown],
            "color": [round(at.value, 3) for at in shown],
            "colorscale": shared.scale_of(theme, theme.colour(data.measure)),
            "cmin": low,
            "cmax": max(high, low + 0.001),
            "opacity": 1,
            "line": {"width": 0},
        },
        "hoverinfo": "text",
        "hovertext": [_words(data, at) for at in shown],
    }


def _words(data: HourMoods, at: _Hour) -> str:
    value = written(data.measure, at.value)
    heard = shared.heard(at.amount, data.by)
    return f"{WEEKDAYS[at.day]} {words.hour(at.hour)}: {data.measure} {value}<br>{heard}"
