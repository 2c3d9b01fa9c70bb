"""Mood by hour and weekday: larger is more time or plays, the colour is the measure."""

from math import sqrt
from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import WEEKDAYS, HourMoods
from ttt.charts import theme as style
from ttt.charts.plays import shared
from ttt.charts.theme import Theme
from ttt.music import written

HEIGHT = 286


def figure(data: HourMoods, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """A dot an hour of the week of which enough was heard."""
    shown = [
        (day, hour, value)
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


def _dots(
    data: HourMoods, shown: list[tuple[int, int, float]], theme: Theme, largest: int
) -> dict[str, Any]:
    most = max(max(row) for row in data.amounts)
    values = sorted(value for _, _, value in shown)
    low, high = values[len(values) // 20], values[-1 - len(values) // 20]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [hour for _, hour, _ in shown],
        "y": [day for day, _, _ in shown],
        "marker": {
            "size": [
                round(3 + (largest - 3) * sqrt(data.amounts[day][hour] / most), 1)
                for day, hour, _ in shown
            ],
            "color": [round(value, 3) for _, _, value in shown],
            "colorscale": shared.scale_of(theme, theme.colour(data.measure)),
            "cmin": low,
            "cmax": max(high, low + 0.001),
            "opacity": 1,
            "line": {"width": 0},
        },
        "hoverinfo": "text",
        "hovertext": [
            f"{WEEKDAYS[day]} {hour} h: {data.measure} {written(data.measure, value)}<br>"
            f"{shared.heard(data.amounts[day][hour], data.by)}"
            for day, hour, value in shown
        ],
    }
