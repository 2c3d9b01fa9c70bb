"""The life of one thing: every play by date and hour, its months, and its places.

The three figures share one axis of time and their margins, so that they line up.
"""

from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import Life, Step
from ttt.charts import theme as style
from ttt.charts.plays import shared
from ttt.charts.theme import Theme
from ttt.words import short_day

HEIGHT, SMALL = 380, 190
_MARGIN = {"l": 34, "r": 6, "t": 20, "b": 26}
# How far down an axis of places goes.
_PLACES = (5, 10, 20, 40)
# From so many plays on dots are smaller and paler.
_MANY = 700
_NEVER, _NOT_THEN = "Never played as far as is recorded", "Not played in this time"
_WHEN = {Step.WEEK: "week round %{x|%-d %b %Y}", Step.MONTH: "%{x|%b %Y}"}


def figure(data: Life, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """A dot a play, day across and hour down; the first and the last are ringed and named."""
    if not data.days:
        return style.empty(theme, HEIGHT, _NEVER if data.first is None else _NOT_THEN)
    hours = style.axis(
        theme,
        range=[24, 0],
        tickvals=[0, 6, 12, 18, 24],
        ticktext=["0 h", "6", "12", "18", "24"],
        showgrid=True,
        ticks="",
    )
    traces = [_dots(data, theme), _rings(data, theme), shared.hatch(theme, data.holes, 0, 24)]
    return _over_time(data, theme, HEIGHT, traces, hours, _ends(data, theme), narrow)


def months(data: Life, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """Plays or minutes a step, the fullest named."""
    known = [plays or 0 for plays in data.each]
    if not any(known):
        return style.empty(theme, SMALL, _NEVER if data.first is None else _NOT_THEN)
    peak = max(range(len(known)), key=known.__getitem__)
    label = f"{known[peak]:,} in {data.starts[peak]:%B %Y}"
    if data.step is Step.WEEK:
        label = f"{known[peak]:,}, week of {short_day(data.starts[peak])}"
    top = known[peak] * 1.25
    traces = [_bars(data, peak, theme), shared.hatch(theme, data.holes, 0, top * 0.86)]
    amounts = style.axis(theme, range=[0, top], showgrid=True, ticks="", **shared.whole(top, 3))
    named = _named(data, label, peak, known[peak], theme)
    return _over_time(data, theme, SMALL, traces, amounts, [named], narrow)


def places(data: Life, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """Place on the chart of each step; the best is marked."""
    known = [rank for rank in data.ranks if rank is not None]
    if not known or data.peak is None:
        return style.empty(theme, SMALL, "Never on your charts")
    best, times = data.peak
    long = f"a {data.step}" if times == 1 else f"{times} {data.step}s"
    named = _named(data, f"place {best} for {long}", data.ranks.index(best), best, theme)
    low = next((n for n in _PLACES if n >= max(known)), _PLACES[-1])
    marks = [1, *(n for n in _PLACES if n <= low and n * 5 >= low)]
    ranks = style.axis(
        theme, range=[low * 1.02, 1 - low * 0.17], tickvals=marks, showgrid=True, ticks=""
    )
    traces = [_line(data, best, theme), shared.hatch(theme, data.holes, 1, low)]
    return _over_time(data, theme, SMALL, traces, ranks, [named], narrow)


def _over_time(
    data: Life,
    theme: Theme,
    height: int,
    traces: list[dict[str, Any]],
    upright: dict[str, Any],
    annotations: list[dict[str, Any]],
    narrow: bool,
) -> go.Figure:
    return style.figure(
        theme,
        height,
        traces,
        margin=_MARGIN,
        bargap=0,
        barmode="overlay",
        xaxis=shared.time_axis(theme, *data.span, narrow=narrow),
        yaxis=upright,
        annotations=annotations,
    )


def _dots(data: Life, theme: Theme) -> dict[str, Any]:
    size, opacity = (6, 0.55) if len(data.days) < _MANY else (4, 0.4)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_minute(day) for day in data.days],
        "y": list(data.hours),
        "marker": {
            "size": size,
            "color": theme.accent,
            "opacity": opacity,
            "line": {"width": 0},
        },
        "hovertemplate": "%{x|%-d %b %Y, %H:%M}<extra></extra>",
    }


def _minute(day: float) -> int:
    """A time, in days since 1970, on the axis."""
    return round(day * 1440) * 60_000


def _bars(data: Life, peak: int, theme: Theme) -> dict[str, Any]:
    return {
        "type": "bar",
        **shared.along(data.starts, data.step),
        "y": list(data.each),
        "width": round(shared.WIDTH[data.step] * 0.76),
        "marker": {"color": shared.one_bright(theme, len(data.each), peak), "line": {"width": 0}},
        "hovertemplate": f"{_WHEN[data.step]}: %{{y}} {data.by}<extra></extra>",
    }


def _line(data: Life, best: int, theme: Theme) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        **shared.along(data.starts, data.step),
        "y": list(data.ranks),
        "connectgaps": False,
        "line": {"color": style.mix(theme.ink, theme.ground, 0.3), "width": 1.5},
        "marker": {
            "size": [8 if rank == best else 4 for rank in data.ranks],
            "color": [theme.accent if rank == best else theme.ink for rank in data.ranks],
            "line": {"width": 0},
        },
        "hovertemplate": f"{_WHEN[data.step]}: place %{{y}}<extra></extra>",
        "cliponaxis": False,
    }


def _rings(data: Life, theme: Theme) -> dict[str, Any]:
    ends = _in_view(data)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_minute(data.days[n]) for n in ends],
        "y": [data.hours[n] for n in ends],
        "marker": {
            "size": 11,
            "color": "rgba(0,0,0,0)",
            "line": {"color": theme.ink, "width": 2},
        },
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _in_view(data: Life) -> list[int]:
    """Places of the first and the last play, if they lie in the time that is shown."""
    begin, end = data.span
    ends = {0: data.first, -1: data.last if data.last != data.first else None}
    return [place for place, day in ends.items() if day and begin <= day <= end]


def _ends(data: Life, theme: Theme) -> list[dict[str, Any]]:
    if data.first is None or data.last is None:
        return []
    texts = {
        0: (f"first: {short_day(data.first, year=True)}", "left", 10),
        -1: (f"last: {short_day(data.last)}", "right", -10),
    }
    return [
        {
            "text": text,
            "x": _minute(data.days[n]),
            "y": data.hours[n],
            "xanchor": side,
            "xshift": shift,
            "showarrow": False,
            "bgcolor": theme.ground,
            "opacity": 0.9,
            "font": {"color": theme.ink, "size": 12},
        }
        for n, (text, side, shift) in ((n, texts[n]) for n in _in_view(data))
    ]


def _named(data: Life, text: str, step: int, y: float, theme: Theme) -> dict[str, Any]:
    """What the best step is called, above it."""
    share = step / len(data.starts)
    side = "left" if share < 0.2 else "right" if share > 0.8 else "center"
    place = shared.middle(data.starts[step], data.step)
    return shared.named(theme, text, place, y, xanchor=side, yshift=5)
