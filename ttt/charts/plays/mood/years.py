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
    unit = "hours" if data.by is By.MINUTES else "plays"
    return style.figure(
        theme,
        HEIGHT,
        [_bars(data, theme)],
        margin={"l": 34, "r": 6, "t": 26, "b": 26},
        bargap=0.22,
        xaxis=style.axis(
            theme,
            dtick=_step(last - data.first, narrow),
            range=[data.first - 0.8, last + 0.8],
            ticks="",
        ),
        yaxis=style.axis(
            theme, range=[0, max(data.amounts) * 1.2], nticks=4, showgrid=True, ticks=""
        ),
        shapes=[style.dotted(theme, data.middle, 1.2)],
        annotations=[
            style.note(unit, 0, 1, xanchor="right", yanchor="bottom", yshift=6),
            _label(data.middle, data.first, last, theme),
        ],
    )


def _bars(data: ReleaseYears, theme: Theme) -> dict[str, Any]:
    best = max(range(len(data.amounts)), key=data.amounts.__getitem__)
    return {
        "type": "bar",
        "x0": data.first,
        "dx": 1,
        "y": [round(amount, 2) for amount in data.amounts],
        "marker": {
            "color": shared.one_bright(theme, len(data.amounts), best),
            "line": {"width": 0},
        },
        "hovertemplate": f"released in %{{x}}: {_unit(data.by)}<extra></extra>",
    }


def _step(years: int, narrow: bool) -> int:
    """Years from one tick to the next."""
    if years > 60 and narrow:
        return 20
    return 10 if years > 24 else 5 if years > 9 else 1


def _unit(by: By) -> str:
    return "%{y:,.1f} h" if by is By.MINUTES else "%{y:,.0f} plays"


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
