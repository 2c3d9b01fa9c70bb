"""When what was heard came out."""

from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import By, ReleaseYears
from ttt.charts import theme as style
from ttt.charts.plays import shared
from ttt.charts.theme import Theme

HEIGHT = 220


def figure(data: ReleaseYears, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """A bar a year of release; the middle year is named."""
    if not data.amounts or data.middle is None:
        return style.empty(theme, HEIGHT, "No release year is known yet for what was heard")
    last = data.first + len(data.amounts) - 1
    best = max(range(len(data.amounts)), key=data.amounts.__getitem__)
    colours = [shared.soft(theme)] * len(data.amounts)
    colours[best] = theme.accent
    top = max(data.amounts) * 1.2
    step = 10 if last - data.first > 24 else 5 if last - data.first > 9 else 1
    if narrow and step == 10 and last - data.first > 60:
        step = 20
    bars: dict[str, Any] = {
        "type": "bar",
        "x0": data.first,
        "dx": 1,
        "y": [round(amount, 2) for amount in data.amounts],
        "marker": {"color": colours, "line": {"width": 0}},
        "hovertemplate": f"released in %{{x}}: {_unit(data.by)}<extra></extra>",
    }
    return style.figure(
        theme,
        HEIGHT,
        [bars],
        margin={"l": 34, "r": 6, "t": 26, "b": 26},
        bargap=0.22,
        xaxis=style.axis(theme, dtick=step, range=[data.first - 0.8, last + 0.8], ticks=""),
        yaxis=style.axis(theme, range=[0, top], nticks=4, showgrid=True, ticks=""),
        shapes=[_line(data.middle, theme)],
        annotations=[
            style.note(
                "hours" if data.by is By.MINUTES else "plays",
                0,
                1,
                xanchor="right",
                yanchor="bottom",
                yshift=6,
            ),
            _label(data.middle, data.first, last, theme),
        ],
    )


def _unit(by: By) -> str:
    return "%{y:,.1f} h" if by is By.MINUTES else "%{y:,.0f} plays"


def _line(middle: int, theme: Theme) -> dict[str, Any]:
    line = {"color": theme.ink, "width": 1.2, "dash": "dot"}
    return {
        "type": "line",
        "yref": "paper",
        "x0": middle,
        "x1": middle,
        "y0": 0,
        "y1": 1,
        "line": line,
    }


def _label(middle: int, first: int, last: int, theme: Theme) -> dict[str, Any]:
    right = (middle - first) > (last - first) * 0.5
    return style.note(
        f"half is from {middle} or earlier",
        middle,
        1,
        xref="x",
        xanchor="right" if right else "left",
        xshift=-5 if right else 5,
        yanchor="bottom",
        font=style.font(theme.ink, 12),
    )
