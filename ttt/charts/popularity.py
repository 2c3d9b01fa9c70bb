"""How well known tracks are over their place in the list, by one measure."""

from math import ceil, floor, log10
from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import POPULARITY, RankedValues
from ttt.charts import theme as style
from ttt.charts.text import plain
from ttt.charts.theme import Theme

HEIGHT = 230
_MARGIN = 34
_MANTISSAS = (1, 2, 5)


def figure(data: RankedValues, theme: Theme) -> go.Figure:
    """One dot a track, with a line through them where there are enough."""
    if not data.values:
        return style.empty(theme, HEIGHT, f"No {data.scale.name} is known for these tracks yet")
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
        yaxis=style.axis(theme, showgrid=True, **_upright(data)),
        # At the left edge, where "of 1,000,000" has room as well.
        annotations=[style.scale_note(data.scale.unit) | {"xanchor": "left", "xshift": -_MARGIN}],
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
            f"{plain(label)}<br>place {rank}, {data.scale.name} {value:,.0f}"
            for rank, value, label in zip(data.ranks, data.values, data.labels, strict=True)
        ],
        # The colour belongs to popularity; other measures must not be taken for it.
        "marker": {"color": theme.popularity if data.scale == POPULARITY else theme.ink, "size": 7},
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


def _upright(data: RankedValues) -> dict[str, Any]:
    """Scale of the upright axis: by powers of ten for counts."""
    low, high = min(data.values), max(data.values)
    if data.scale.logarithmic:
        return {
            "type": "log",
            "range": _with_edges(log10(low), log10(high), least=1),
            "tickvals": _powers(low, high),
            "tickformat": "~s",
        }
    step = 10 if high <= 100 else 100_000
    low, high = floor(low / step) * step, ceil(high / step) * step
    return {"range": _with_edges(low, high, least=2 * step), "nticks": 5, "tickformat": "~s"}


def _with_edges(low: float, high: float, least: float) -> tuple[float, float]:
    """The span, no shorter than `least`, and room for half a dot at both ends."""
    high = max(high, low + least)
    edge = (high - low) * 0.04
    return low - edge, high + edge


def _powers(low: float, high: float) -> list[int]:
    """Powers of ten, with twos and fives between them where there are few."""
    first, last = floor(log10(low)), ceil(log10(high)) + 1
    mantissas = _MANTISSAS if high / low < 100 else (1,)
    return [m * 10**power for power in range(first, last + 1) for m in mantissas]


def _ticks(size: int) -> list[int]:
    steps = (1, 2, 5, 10, 25, 50, 100, 250, 500, 1000)
    step = next((s for s in steps if size / s <= 5), ceil(size / 5))
    multiples = list(range(step, size + 1, step))
    return multiples if step == 1 else [1, *multiples]
