"""Valence across, energy up: where each track lies between sad and happy, calm and intense."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import MoodMap, MoodPoint
from ttt.charts import theme as style
from ttt.charts.text import plain
from ttt.charts.theme import Theme
from ttt.music import Measure, written

HEIGHT = 360
Span = tuple[float, float]
# Small enough that fifty of them can be told apart.
_SMALLEST, _LARGEST = 5, 12
# One scale for every list, so that a colour always means the same tempo.
_SLOW, _FAST = 60, 180
# Pixels between the map and what explains its marks.
_ABOVE = 10
# The least that is shown of each axis, around its middle, where the quadrants meet.
_LEAST = (0.35, 0.65)
# In shares of what is shown: room round the marks, and above and below for the quadrants' names.
_ROUND, _NAMES = 0.05, 0.1


def figure(
    data: MoodMap,
    theme: Theme,
    *,
    touch: bool = False,
    box: tuple[Span, Span] | None = None,
    picked: frozenset[str] | None = None,
) -> go.Figure:
    """One mark a track, its URI in `customdata`; larger is more popular, colour is the tempo.

    A drag draws a box, save on a `touch` screen: there it has to scroll the page. A `box` that
    was drawn before (spans of valence and energy) is outlined, and all but the `picked` fade.
    """
    if not data.points:
        return style.empty(theme, HEIGHT, "No energy and valence are known for these tracks yet")
    legend = _legend_lines(data.points)
    across = _reach([p.valence for p in data.points])
    up = _reach([p.energy for p in data.points])
    return style.figure(
        theme,
        HEIGHT,
        _tracks(data.points, theme, picked),
        margin={"l": 44, "r": 8, "t": 26 + 14 * len(legend), "b": 42},
        dragmode=False if touch else "select",
        newselection={"line": {"color": theme.ink, "width": 1, "dash": "dot"}},
        xaxis=_axis(theme, "valence (sad to happy)", across),
        yaxis=_axis(theme, "energy (calm to intense)", _with_names(up)),
        shapes=[_cross(theme), *([_outline(box, theme)] if box is not None else [])],
        annotations=[*_quadrants(across, up), _legend(legend)],
    )


def _tracks(
    points: Sequence[MoodPoint], theme: Theme, picked: frozenset[str] | None
) -> list[dict[str, Any]]:
    timed = [p for p in points if p.tempo is not None]
    untimed = [p for p in points if p.tempo is None]
    traces = [_timed(timed, theme)] if timed else []
    traces += [_untimed(untimed, theme)] if untimed else []
    if picked is None:
        return traces
    return [trace | {"selectedpoints": _places(trace, picked)} for trace in traces]


def _reach(values: list[float]) -> Span:
    """What is shown of an axis: all marks, and always the middle."""
    low, high = min(*values, _LEAST[0]), max(*values, _LEAST[1])
    room = (high - low) * _ROUND
    return round(low - room, 3), round(high + room, 3)


def _with_names(up: Span) -> Span:
    room = (up[1] - up[0]) * _NAMES
    return round(up[0] - room, 3), round(up[1] + room, 3)


def _quadrants(across: Span, up: Span) -> list[dict[str, Any]]:
    """Their names, in the corners and clear of all marks."""
    room = (up[1] - up[0]) * _NAMES / 2
    top, bottom = up[1] + room, up[0] - room
    return [
        style.note(name, x, round(y, 3), xref="x", yref="y", xanchor=side)
        for name, x, y, side in (
            ("tense", across[0], top, "left"),
            ("elated", across[1], top, "right"),
            ("gloomy", across[0], bottom, "left"),
            ("serene", across[1], bottom, "right"),
        )
    ]


def _timed(points: list[MoodPoint], theme: Theme) -> dict[str, Any]:
    trace = _marks(points, theme, "circle")
    trace["marker"] |= {
        "color": [p.tempo for p in points],
        "colorscale": theme.tempo_scale,
        "cmin": _SLOW,
        "cmax": _FAST,
        "colorbar": {
            "orientation": "h",
            "thickness": 6,
            "len": 0.42,
            "x": 1,
            "xanchor": "right",
            "xpad": 12,
            "y": 1,
            "yanchor": "bottom",
            "ypad": _ABOVE,
            "outlinewidth": 0,
            "tickvals": [_SLOW, 120, _FAST],
            "ticktext": [f"{_SLOW}", "120 BPM", f"{_FAST}"],
        },
    }
    return trace


def _untimed(points: list[MoodPoint], theme: Theme) -> dict[str, Any]:
    trace = _marks(points, theme, "diamond")
    trace["marker"]["color"] = theme.quiet
    return trace


def _marks(points: list[MoodPoint], theme: Theme, symbol: str) -> dict[str, Any]:
    return {
        "type": style.scatter(len(points)),
        "mode": "markers",
        "x": [round(p.valence, 3) for p in points],
        "y": [round(p.energy, 3) for p in points],
        "customdata": [p.uri for p in points],
        "hoverinfo": "text",
        "hovertext": [_words(p) for p in points],
        "unselected": {"marker": {"opacity": 0.2}},
        "marker": {
            "size": [_size(p.popularity) for p in points],
            "symbol": [f"{symbol}-open" if p.popularity is None else symbol for p in points],
            "opacity": 0.9,
            "line": {"color": theme.ground, "width": 1},
        },
    }


def _places(trace: dict[str, Any], picked: frozenset[str]) -> list[int]:
    return [place for place, uri in enumerate(trace["customdata"]) if uri in picked]


def _outline(box: tuple[Span, Span], theme: Theme) -> dict[str, Any]:
    (left, right), (low, high) = box
    return {
        "type": "rect",
        "x0": left,
        "x1": right,
        "y0": low,
        "y1": high,
        "line": {"color": theme.ink, "width": 1, "dash": "dot"},
    }


def _size(popularity: float | None) -> float:
    share = 0.0 if popularity is None else min(max(popularity, 0.0), 100.0) / 100
    return round(_SMALLEST + (_LARGEST - _SMALLEST) * share, 1)


def _words(point: MoodPoint) -> str:
    tempo = "unknown" if point.tempo is None else written(Measure.TEMPO, point.tempo)
    popularity = "unknown" if point.popularity is None else f"{point.popularity:.0f} of 100"
    place = "" if point.place is None else f"{point.place}. "
    return (
        f"{place}{plain(point.label)}<br>valence {point.valence:.2f}, energy {point.energy:.2f}"
        f"<br>tempo {tempo}<br>popularity {popularity}"
    )


def _axis(theme: Theme, title: str, reach: tuple[float, float]) -> dict[str, Any]:
    return style.axis(
        theme, title=style.title(title), range=reach, tickvals=[0, 0.25, 0.5, 0.75, 1]
    )


def _cross(theme: Theme) -> dict[str, Any]:
    return {
        "type": "path",
        "path": "M0.5,0V1M0,0.5H1",
        "layer": "below",
        "line": {"color": theme.line, "width": 1.5},
    }


def _legend_lines(points: tuple[MoodPoint, ...]) -> list[str]:
    lines = []
    if any(p.popularity is not None for p in points):
        lines.append("Larger is more popular")
    if any(p.popularity is None for p in points):
        lines.append("Open: popularity unknown")
    if any(p.tempo is None for p in points):
        lines.append("Grey diamond: tempo unknown")
    return lines


def _legend(lines: list[str]) -> dict[str, Any]:
    return style.note(
        "<br>".join(lines),
        0,
        1,
        xanchor="left",
        yanchor="bottom",
        yshift=_ABOVE,
        align="left",
    )
