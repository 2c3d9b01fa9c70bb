"""The life of one thing: every play by date and hour, its months, and its places.

The three figures share one axis of time and their margins, so that they line up.
"""

from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import Life, Step
from ttt.charts import theme as style
from ttt.charts.plays import shared
from ttt.charts.theme import Theme

HEIGHT, SMALL = 380, 190
_MARGIN = {"l": 34, "r": 6, "t": 20, "b": 26}
# How far down an axis of places goes.
_PLACES = (5, 10, 20, 40)
_NEVER, _NOT_THEN = "Never played as far as is recorded", "Not played in this time"
_WHEN = {Step.WEEK: "week round %{x|%-d %b %Y}", Step.MONTH: "%{x|%b %Y}"}


def figure(data: Life, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """A dot a play, day across and hour down; the first and the last are ringed and named."""
    if not data.days:
        return style.empty(theme, HEIGHT, _NEVER if data.first is None else _NOT_THEN)
    size = 6 if len(data.days) < 700 else 4
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": [round(day * 1440) * 60_000 for day in data.days],
        "y": list(data.hours),
        "marker": {
            "size": size,
            "color": theme.accent,
            "opacity": 0.55 if len(data.days) < 700 else 0.4,
            "line": {"width": 0},
        },
        "hovertemplate": "%{x|%-d %b %Y, %H:%M}<extra></extra>",
    }
    return style.figure(
        theme,
        HEIGHT,
        [dots, _rings(data, theme), shared.hatch(theme, data.holes, 0, 24)],
        margin=_MARGIN,
        bargap=0,
        barmode="overlay",
        xaxis=shared.time_axis(theme, *data.span, narrow=narrow),
        yaxis=style.axis(
            theme,
            range=[24, 0],
            tickvals=[0, 6, 12, 18, 24],
            ticktext=["0 h", "6", "12", "18", "24"],
            showgrid=True,
            ticks="",
        ),
        annotations=_ends(data, theme),
    )


def months(data: Life, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """Plays or minutes a step, the fullest named."""
    known = [plays or 0 for plays in data.each]
    if not any(known):
        return style.empty(theme, SMALL, _NEVER if data.first is None else _NOT_THEN)
    peak = max(range(len(known)), key=known.__getitem__)
    colours = [shared.soft(theme)] * len(known)
    colours[peak] = theme.accent
    top = max(known) * 1.25
    bars = {
        "type": "bar",
        **shared.along(data.starts, data.step),
        "y": list(data.each),
        "width": round(shared.WIDTH[data.step] * 0.76),
        "marker": {"color": colours, "line": {"width": 0}},
        "hovertemplate": f"{_WHEN[data.step]}: %{{y}} {data.by}<extra></extra>",
    }
    label = f"{known[peak]:,} in {data.starts[peak]:%B %Y}"
    if data.step is Step.WEEK:
        label = f"{known[peak]:,}, week of {shared.short(data.starts[peak])}"
    place = shared.at(data.starts[peak]) + shared.WIDTH[data.step] // 2
    return style.figure(
        theme,
        SMALL,
        [bars, shared.hatch(theme, data.holes, 0, top * 0.86)],
        margin=_MARGIN,
        bargap=0,
        barmode="overlay",
        xaxis=shared.time_axis(theme, *data.span, narrow=narrow),
        yaxis=style.axis(theme, range=[0, top], showgrid=True, ticks="", **shared.whole(top, 3)),
        annotations=[_named(label, place, known[peak], peak / len(known), theme)],
    )


def places(data: Life, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """Place on the chart of each step; the best is marked."""
    known = [(n, rank) for n, rank in enumerate(data.ranks) if rank is not None]
    if not known or data.peak is None:
        return style.empty(theme, SMALL, "Never on your charts")
    best, times = data.peak
    first = next(n for n, rank in known if rank == best)
    long = f"a {data.step}" if times == 1 else f"{times} {data.step}s"
    label = f"place {best} for {long}"
    place = shared.at(data.starts[first]) + shared.WIDTH[data.step] // 2
    low = next((n for n in _PLACES if n >= max(rank for _, rank in known)), _PLACES[-1])
    marks = [1, *(n for n in _PLACES if n <= low and n * 5 >= low)]
    return style.figure(
        theme,
        SMALL,
        [_line(data, best, theme), shared.hatch(theme, data.holes, 1, low)],
        margin=_MARGIN,
        bargap=0,
        barmode="overlay",
        xaxis=shared.time_axis(theme, *data.span, narrow=narrow),
        yaxis=style.axis(
            theme, range=[low * 1.02, 1 - low * 0.17], tickvals=marks, showgrid=True, ticks=""
        ),
        annotations=[_named(label, place, best, first / len(data.ranks), theme)],
    )


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
        "x": [round(data.days[n] * 1440) * 60_000 for n in ends],
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
        0: (f"first: {shared.short(data.first)} {data.first.year}", "left", 10),
        -1: (f"last: {shared.short(data.last)}", "right", -10),
    }
    return [
        {
            "text": text,
            "x": round(data.days[n] * 1440) * 60_000,
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


def _named(text: str, x: int, y: float, share: float, theme: Theme) -> dict[str, Any]:
    side = "left" if share < 0.2 else "right" if share > 0.8 else "center"
    return {
        "text": text,
        "x": x,
        "y": y,
        "xanchor": side,
        "yanchor": "bottom",
        "yshift": 5,
        "showarrow": False,
        "font": {"color": theme.ink, "size": 12},
    }
