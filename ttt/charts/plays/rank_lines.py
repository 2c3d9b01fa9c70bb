"""Rank lines: how the first ten of a chart got there, ending in the rows of the chart beside them.

Figure and rows share the height of a row and begin at one height, so a row is its line's name.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from math import cos, pi
from typing import Any

import plotly.graph_objects as go

from ttt.chartdata import RankLine, RankLines
from ttt.charts import theme as style
from ttt.charts.plays import shared
from ttt.charts.text import cut, plain
from ttt.charts.theme import Theme
from ttt.words import short_day

ROW, NARROW_ROW, FOOT, NAMES = 52, 40, 28, 122
_PLACES, _BELOW = 10, 10.8
# Where a line is drawn between two steps, as shares of the way.
_EASE = (0.0, 0.13, 0.25, 0.37, 0.5, 0.63, 0.75, 0.87)
_NAME = 17
# Steps left of the first, which hold the names of places: a step of a narrow figure is less.
_LEFT = (0.9, 1.9)


def figure(data: RankLines, theme: Theme, *, narrow: bool = False) -> go.Figure:
    """Two lines speak, the leader and who climbed most; each is named at its end.

    Where the rows of the chart stand beside it, they name the lines, and style.css cuts off its
    own names.
    """
    row = NARROW_ROW if narrow else ROW
    height = round(FOOT + row * (_PLACES + 0.5))
    if not data.lines:
        return style.empty(theme, height, "Nothing was played in this time")
    climber = _climber(data)
    last = len(data.starts) - 1
    return style.figure(
        theme,
        height,
        [*_lines(data, theme, climber), *([_blank(data, theme)] if any(data.blank) else [])],
        barmode="overlay",
        margin={"l": 0, "r": NAMES, "t": 0, "b": FOOT},
        annotations=[*_places(_LEFT[narrow]), *_titles(data, theme, climber)],
        shapes=[_floor(last, theme)],
        xaxis=style.axis(
            theme,
            range=[-_LEFT[narrow], last + 0.6],
            ticks="",
            **_ticks(data.starts, narrow),
        ),
        yaxis=style.axis(theme, visible=False, range=[_PLACES + 1, 0.5]),
    )


def _lines(data: RankLines, theme: Theme, climber: int) -> Iterator[dict[str, Any]]:
    """The last place first, so that the leader lies on top."""
    for n, line in reversed(list(enumerate(data.lines))):
        look = _Look(n == 0, n == climber, n)
        heights = _heights(data, line)
        yield _way(heights, theme, look)
        yield _stops(data, line, heights, theme, look)


class _Look:
    """How a line is drawn: the leader in the accent, the climber in ink, others ever quieter."""

    def __init__(self, leads: bool, climbs: bool, place: int) -> None:
        self.leads, self.climbs, self.place = leads, climbs, place
        self.width = 3.4 if leads else 2.6 if climbs else 1.7

    def colour(self, theme: Theme) -> str:
        """Colour of the line."""
        if self.leads:
            return theme.accent
        return (
            theme.ink
            if self.climbs
            else style.mix(theme.quiet, theme.ground, 0.2 + self.place * 0.035)
        )


def _climber(data: RankLines) -> int:
    """Which line climbed most in the last step, -1 where none did."""
    climbs = [
        (line.ranks[-2] - line.ranks[-1], -n)
        for n, line in enumerate(data.lines)
        if n and len(line.ranks) > 1 and line.ranks[-2] and line.ranks[-1]
    ]
    best = max(climbs, default=(0, 0))
    return -best[1] if best[0] > 0 else -1


def _heights(data: RankLines, line: RankLine) -> list[float | None]:
    """Height a step: below ten all places are one, and what left for a while dips there."""
    known = [n for n, rank in enumerate(line.ranks) if rank and rank <= data.shown]
    if not known:
        return [None] * len(line.ranks)
    found: list[float | None] = []
    for n, rank in enumerate(line.ranks):
        inside = known[0] <= n <= known[-1]
        if data.blank[n] or not inside:
            found.append(None)
        else:
            found.append(float(rank) if rank and rank <= _PLACES else _BELOW)
    return found


def _way(heights: list[float | None], theme: Theme, look: _Look) -> dict[str, Any]:
    points = list(_eased(heights))
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
        "connectgaps": False,
        "line": {"color": look.colour(theme), "width": look.width},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _stops(
    data: RankLines, line: RankLine, heights: list[float | None], theme: Theme, look: _Look
) -> dict[str, Any]:
    """A mark at each step at which the line was among the first ten."""
    shown = [(x, y) for x, y in enumerate(heights) if y is not None and y <= _PLACES]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _ in shown],
        "y": [y for _, y in shown],
        "marker": {
            "size": 9,
            "color": look.colour(theme),
            "line": {"color": theme.ground, "width": 2},
        },
        "hoverinfo": "text",
        "hovertext": [
            f"{plain(line.title)}<br>{short_day(data.starts[x])}: place {y:.0f}" for x, y in shown
        ],
        "cliponaxis": False,
    }


def _eased(heights: Sequence[float | None]) -> Iterator[tuple[float, float | None]]:
    """Points along a line that leaves and arrives level: it never passes a rank it did not have."""
    for n, height in enumerate(heights):
        after = heights[n + 1] if n + 1 < len(heights) else None
        if height is None or after is None or height == after:
            yield n, height
            continue
        for share in _EASE:
            eased = (1 - cos(pi * share)) / 2
            yield n + share, round(height + (after - height) * eased, 2)
    if heights and heights[-1] is not None:
        yield len(heights) - 0.4, heights[-1]


def _ticks(starts: Sequence[date], narrow: bool) -> dict[str, Any]:
    every = max(1, round(len(starts) / (2 if narrow else 4)))
    places = [n for n in range(len(starts)) if (len(starts) - 1 - n) % every == 0]
    return {"tickvals": places, "ticktext": [short_day(starts[n]) for n in places]}


def _places(left: float) -> list[dict[str, Any]]:
    """Ranks at the left edge."""
    return [
        style.note(text, 0.05 - left, y, xref="x", yref="y", xanchor="left")
        for text, y in (("1", 1), ("5", 5), ("10", 10), ("11–20", _BELOW))
    ]


def _floor(last: int, theme: Theme) -> dict[str, Any]:
    line = {"color": theme.line, "width": 1}
    return {"type": "line", "x0": -0.3, "x1": last + 0.6, "y0": 10.45, "y1": 10.45, "line": line}


def _blank(data: RankLines, theme: Theme) -> dict[str, Any]:
    """Steps of which nothing was recorded, hatched from the first place to the last."""
    places = [n for n, blank in enumerate(data.blank) if blank]
    return {
        "type": "bar",
        "x": places,
        "y": [_BELOW - 0.6] * len(places),
        "base": [0.6] * len(places),
        "width": 0.8,
        "marker": shared.hatched(theme),
        "hoverinfo": "text",
        "textposition": "none",
        "hovertext": [
            f"not recorded<br>{data.step} of {short_day(data.starts[n], year=True)}" for n in places
        ],
    }


def _titles(data: RankLines, theme: Theme, climber: int) -> list[dict[str, Any]]:
    notes = []
    for n, line in enumerate(data.lines):
        rank = line.ranks[-1]
        if rank is not None and rank <= _PLACES:
            colour = theme.accent if n == 0 else theme.ink if n == climber else theme.quiet
            notes.append(
                style.note(
                    plain(cut(line.title, _NAME)), 1, rank, yref="y", xanchor="left", xshift=4
                )
                | {"font": style.font(colour, 12)}
            )
    return notes
