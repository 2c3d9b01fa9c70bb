"""The life of one thing: every play by date and hour, its months, and its places.

The three figures share one axis of time and their margins, so that they line up.
"""

from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import Life
from ttt.charts import theme as style
from ttt.charts.plays import shared
from ttt.charts.theme import Theme

HEIGHT, SMALL = 380, 190
_MARGIN = {"l": 34, "r": 6, "t": 20, "b": 26}
_PLACES = 40


def figure(data: Life, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """A dot a play, day across and hour down; the first and the last are ringed and named."""
    if not data.days:
        return style.empty(theme, HEIGHT, "Never played as far as is recorded")
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
    """Plays a month, the fullest named."""
    known = [plays or 0 for plays in data.each]
    if not any(known):
        return style.empty(theme, SMALL, "Never played as far as is recorded")
    peak = max(range(len(known)), key=known.__getitem__)
    colours = [shared.soft(theme)] * len(known)
    colours[peak] = theme.accent
    top = max(known) * 1.25
    bars = {
        "type": "bar",
        **shared.along(data.starts, data.step, middle=True),
        "y": list(data.each),
        "width": round(shared.WIDTH[data.step] * 0.76),
        "marker": {"color": colours, "line": {"width": 0}},
        "hovertemplate": "%{x|%b %Y}: %{y} plays<extra></extra>",
    }
    label = f"{known[peak]} in {data.starts[peak]:%B %Y}"
    place = shared.at(data.starts[peak]) + shared.WIDTH[data.step] // 2
    return style.figure(
        theme,
        SMALL,
        [bars, shared.hatch(theme, data.holes, 0, top * 0.86)],
        margin=_MARGIN,
        bargap=0,
        barmode="overlay",
        xaxis=shared.time_axis(theme, *data.span, narrow=narrow),
        yaxis=style.axis(theme, range=[0, top], nticks=3, showgrid=True, ticks=""),
        annotations=[_named(label, place, known[peak], peak / len(known), theme)],
    )


def places(data: Life, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """Place on the chart of each month; the best is marked."""
    known = [(n, rank) for n, rank in enumerate(data.ranks) if rank is not None]
    if not known or data.peak is None:
        return style.empty(theme, SMALL, "Never on your charts")
    best, times = data.peak
    half = shared.WIDTH[data.step] // 2
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        **shared.along(data.starts, data.step, middle=True),
        "y": list(data.ranks),
        "connectgaps": False,
        "line": {"color": style.mix(theme.ink, theme.ground, 0.3), "width": 1.5},
        "marker": {
            "size": [8 if rank == best else 4 for rank in data.ranks],
            "color": [theme.accent if rank == best else theme.ink for rank in data.ranks],
            "line": {"width": 0},
        },
        "hovertemplate": "%{x|%b %Y}: place %{y}<extra></extra>",
        "cliponaxis": False,
    }
    first = next(n for n, rank in known if rank == best)
    months = "month" if times == 1 else f"{times} months"
    label = f"place {best} for {'a ' if times == 1 else ''}{months}"
    place = shared.at(data.starts[first]) + half
    return style.figure(
        theme,
        SMALL,
        [line, shared.hatch(theme, data.holes, 1, _PLACES)],
        margin=_MARGIN,
        bargap=0,
        barmode="overlay",
        xaxis=shared.time_axis(theme, *data.span, narrow=narrow),
        yaxis=style.axis(
            theme, range=[_PLACES + 1, -6], tickvals=[1, 10, 20, 40], showgrid=True, ticks=""
        ),
        annotations=[_named(label, place, best, first / len(data.ranks), theme)],
    )


def _rings(data: Life, theme: Theme) -> dict[str, Any]:
    ends = (0, -1)
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


def _ends(data: Life, theme: Theme) -> list[dict[str, Any]]:
    if data.first is None or data.last is None:
        return []
    texts = (
        f"first: {shared.short(data.first)} {data.first.year}",
        f"last: {shared.short(data.last)}",
    )
    ends = ((0, "left", 10), (-1, "right", -10))
    shown = ends if data.first != data.last else ends[:1]
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
        for text, (n, side, shift) in zip(texts, shown, strict=False)
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
