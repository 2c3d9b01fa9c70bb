"""Popularity over the place in the list."""

from math import ceil, floor
from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import RankedValues
from ttt.charts import theme as style
from ttt.charts.text import plain
from ttt.charts.theme import Theme

HEIGHT = 230


def figure(data: RankedValues, theme: Theme) -> go.Figure:
    """One dot a track, with a line through them where there are enough."""
    if not data.values:
        return style.empty(theme, HEIGHT, "No popularity is known for these tracks yet")
    return style.figure(
        theme,
        HEIGHT,
        [_dots(data, theme)],
        xaxis=style.axis(
            theme,
            title=style.title("place in the list"),
            range=[1 - data.size * 0.04, data.size * 1.04],
            tickvals=_ticks(data.size),
        ),
        yaxis=style.axis(theme, showgrid=True, nticks=5, range=_range(data.values)),
        annotations=[style.scale_note("of 100")],
        shapes=_trend(data, theme),
    )


def _dots(data: RankedValues, theme: Theme) -> dict[str, Any]:
    return {
        "type": style.scatter(len(data.values)),
        "mode": "markers",
        "x": data.ranks,
        "y": data.values,
        "hoverinfo": "text",
        "hovertext": [
            f"{plain(label)}<br>place {rank}, popularity {value:.0f}"
            for rank, value, label in zip(data.ranks, data.values, data.labels, strict=True)
        ],
        "marker": {"color": theme.popularity, "size": 7},
    }


def _trend(data: RankedValues, theme: Theme) -> list[dict[str, Any]]:
    if data.trend is None:
        return []
    return [
        {
            "type": "line",
            "x0": min(data.ranks),
            "x1": max(data.ranks),
            "y0": data.trend[0],
            "y1": data.trend[1],
            "line": {"color": theme.quiet, "width": 1, "dash": "dot"},
        }
    ]


def _range(values: tuple[float, ...]) -> tuple[float, float]:
    low = floor(min(values) / 10) * 10
    high = max(ceil(max(values) / 10) * 10, low + 20)
    edge = (high - low) * 0.04
    return low - edge, high + edge


def _ticks(size: int) -> list[int]:
    steps = (1, 2, 5, 10, 25, 50, 100, 250, 500, 1000)
    step = next((s for s in steps if size / s <= 5), ceil(size / 5))
    multiples = list(range(step, size + 1, step))
    return multiples if step == 1 else [1, *multiples]
