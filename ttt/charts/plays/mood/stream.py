"""Genres as a stream: shares of the time, one band above the other."""

from collections.abc import Iterator, Sequence
from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import GenreStream
from ttt.charts import theme as style
from ttt.charts.plays import shared
from ttt.charts.text import plain
from ttt.charts.theme import Theme

HEIGHT = 316
# Chosen so that neighbours differ in lightness too, for eyes that do not tell hues apart.
_DARK = ("#4F79B0", "#A79BD6", "#8A5F2C", "#A9C47C", "#8C3F4C", "#6FC3C6")
_LIGHT = ("#5B86C0", "#C3B8EA", "#A9763A", "#B9D391", "#B0525F", "#8ED3D4")
_REST = {"others": 0.72, "unknown": 0.86}
_WIDE, _LEAST = 6, 3
_THIN = 0.055
_EDGE = 0.07


def figure(data: GenreStream, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """Names stand inside their bands; the unknown is dotted and lies on top."""
    shown = [n for n in range(len(data.starts)) if data.shares[0][n] is not None]
    if not shown:
        return style.empty(theme, HEIGHT, "No genre is known yet for what was heard")
    traces = [
        _band(data, row, piece, theme, number)
        for number, piece in enumerate(shared.runs(shown))
        for row in range(len(data.names))
    ]
    end = shared.end(data.starts[-1], data.step)
    return style.figure(
        theme,
        HEIGHT,
        [*traces, shared.hatch(theme, data.holes, 0, 100)],
        margin={"l": 40, "r": 2, "t": 8, "b": 26},
        bargap=0,
        barmode="overlay",
        annotations=list(_labels(data, shown, theme)),
        xaxis=shared.time_axis(theme, data.starts[0], end, narrow=narrow),
        yaxis=style.axis(
            theme, range=[0, 100], tickvals=[0, 50, 100], ticktext=["0", "50", "100 %"], ticks=""
        ),
    )


def _colour(data: GenreStream, row: int, theme: Theme) -> str:
    name = data.names[row]
    if name in _REST and row >= len(data.names) - len(_REST):
        return style.mix(theme.quiet, theme.ground, _REST[name])
    return (_LIGHT if theme.ground > "#8" else _DARK)[row % len(_DARK)]


def _band(
    data: GenreStream, row: int, piece: list[int], theme: Theme, number: int
) -> dict[str, Any]:
    colour = _colour(data, row, theme)
    half = shared.WIDTH[data.step] // 2
    x = [shared.at(data.starts[n]) + half for n in piece]
    y = [round((data.shares[row][n] or 0) * 100, 1) for n in piece]
    if len(piece) == 1:
        # A single step would be no area.
        x, y = [x[0] - half, x[0] + half], y * 2
    trace: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "stackgroup": str(number),
        "line": {"width": 0.8, "color": theme.ground},
        "fillcolor": colour,
        "hovertemplate": f"%{{x|%b %Y}}: {plain(data.names[row])} %{{y:.0f}} %<extra></extra>",
    }
    if row == len(data.names) - 1:
        pattern = {"shape": ".", "fgcolor": theme.quiet, "bgcolor": colour, "size": 5}
        trace["fillpattern"] = pattern | {"solidity": 0.12}
    return trace


def _labels(data: GenreStream, shown: Sequence[int], theme: Theme) -> Iterator[dict[str, Any]]:
    """A name where its band is widest over some steps; none where it is thin everywhere."""
    below = [0.0] * len(data.starts)
    for row, name in enumerate(data.names):
        heights = [value or 0 for value in data.shares[row]]
        place = _place(below, heights, shown)
        if place is not None:
            n, y = place
            yield style.note(
                plain(name),
                shared.middle(data.starts[n], data.step),
                round(y * 100, 1),
                xref="x",
                yref="y",
                font=style.font(_ink(_colour(data, row, theme)), 12),
            )
        below = [low + height for low, height in zip(below, heights, strict=True)]


def _place(
    below: Sequence[float], heights: Sequence[float], shown: Sequence[int]
) -> tuple[int, float] | None:
    inside = set(shown)
    for reach in (_WIDE, _LEAST, 1):
        best: tuple[float, int, float] | None = None
        for n in shown:
            around = range(n - reach, n + reach + 1)
            # A name beside the edge would lean over it.
            if min(n, len(below) - 1 - n) < len(below) * _EDGE:
                continue
            if not all(m in inside for m in around):
                continue
            low = max(below[m] for m in around)
            high = min(below[m] + heights[m] for m in around)
            if best is None or high - low > best[0]:
                best = (high - low, n, (low + high) / 2)
        if best and best[0] > _THIN:
            return best[1], best[2]
    return None


def _ink(colour: str) -> str:
    """Black or white, whichever is read better on the colour."""
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    light = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
    return "#0F1014" if light > 0.18 else "#FFFFFF"
