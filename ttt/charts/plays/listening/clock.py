"""When in the week: a row a weekday, a column an hour."""

from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import WEEKDAYS, Clock
from ttt.charts import theme as style
from ttt.charts.plays import shared
from ttt.charts.theme import Theme

HEIGHT = 190


def figure(data: Clock, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """The fullest hour is framed."""
    if data.best is None:
        return style.empty(theme, HEIGHT, "Nothing was played in this time")
    weekday, hour = data.best
    return style.figure(
        theme,
        HEIGHT,
        [_cells(data, theme, data.cells[weekday][hour])],
        margin={"l": 32, "r": 2, "t": 2, "b": 24},
        shapes=[shared.framed(theme, hour, weekday, 0.5)],
        xaxis=shared.hours_axis(theme, 0.6),
        yaxis=style.axis(
            theme,
            range=[6.6, -0.6],
            tickvals=list(range(0, 7, 2 if narrow else 1)),
            ticks="",
        ),
    )


def _cells(data: Clock, theme: Theme, most: float) -> dict[str, Any]:
    return {
        "type": "heatmap",
        "z": [[round(cell) for cell in row] for row in data.cells],
        "y": list(WEEKDAYS),
        "colorscale": shared.plays_scale(theme),
        "zmin": 0,
        "zmax": max(1, round(most)),
        "xgap": 2,
        "ygap": 2,
        "showscale": False,
        "hovertemplate": "%{y}, %{x}:00 to %{x}:59: %{z:,} " + f"{data.by}<extra></extra>",
    }
