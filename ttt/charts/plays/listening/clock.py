"""When in the week: a row a weekday, a column an hour."""

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
    frame = {
        "type": "rect",
        "x0": hour - 0.5,
        "x1": hour + 0.5,
        "y0": weekday - 0.5,
        "y1": weekday + 0.5,
        "line": {"color": theme.ink, "width": 1.6},
    }
    cells = {
        "type": "heatmap",
        "z": [[round(cell) for cell in row] for row in data.cells],
        "y": list(WEEKDAYS),
        "colorscale": shared.plays_scale(theme),
        "zmin": 0,
        "zmax": max(1, round(data.cells[weekday][hour])),
        "xgap": 2,
        "ygap": 2,
        "showscale": False,
        "hovertemplate": "%{y}, %{x}:00 to %{x}:59: %{z:,} " + f"{data.by}<extra></extra>",
    }
    return style.figure(
        theme,
        HEIGHT,
        [cells],
        margin={"l": 32, "r": 2, "t": 2, "b": 24},
        shapes=[frame],
        xaxis=shared.hours_axis(theme, 0.6),
        yaxis=style.axis(
            theme,
            range=[6.6, -0.6],
            tickvals=list(range(0, 7, 2 if narrow else 1)),
            ticks="",
        ),
    )
