"""Cards of bands: moods by month, genres by their share."""

from collections.abc import Sequence
from itertools import pairwise

from ttt.chartdata import Spread
from ttt.chartdata.recap import MonthMoods, Recap
from ttt.charts import theme as style
from ttt.charts.cards.paper import EDGE, INNER, LETTERS, Paper, fitted, percent, say, sheet
from ttt.charts.plays.shared import runs
from ttt.music import Measure, written

# Genres and their share of each step.
_Shares = list[tuple[str, tuple[float | None, ...]]]


def mood(recap: Recap, paper: Paper) -> str:
    """Three ribbons over the months, the highest middle of each named."""
    shown = [m for m in recap.moods if sum(s is not None for s in m.spreads) >= 2]
    if not shown:
        return ""
    ribbons = "".join(_ribbon(m, paper, 330 + n * 290) for n, m in enumerate(shown))
    title = _happiest(recap)
    small = "the middle of what you heard, and half of the time around it"
    body = ribbons + _months(recap, paper) + say(EDGE, 240, small, 32, paper.quiet)
    return sheet(paper, recap.name, title, body, recap.known, title)


def _months(recap: Recap, paper: Paper) -> str:
    """First letters of the months, at most twelve of them."""
    count = len(recap.starts)
    every = -(-count // 12)
    return "".join(
        say(_across(n, count), 1190, LETTERS[start.month - 1], 30, paper.quiet, anchor="middle")
        for n, start in enumerate(recap.starts)
        if n % every == 0
    )


def _across(month: int, count: int) -> float:
    return EDGE + INNER / max(count - 1, 1) * month


def _happiest(recap: Recap) -> str:
    valence = next((m for m in recap.moods if m.measure is Measure.VALENCE), None)
    known = (
        [
            (spread.middle, start)
            for spread, start in zip(valence.spreads, recap.starts, strict=True)
            if spread
        ]
        if valence
        else []
    )
    if not known:
        return "How it felt"
    best = max(known)[1]
    if len(recap.starts) < 13:
        return f"{best:%B} was your happiest month"
    return f"{best:%B %Y} felt happiest"


class _Lane:
    """Where a ribbon lies: its months across, its values as high as it has room."""

    def __init__(self, spreads: Sequence[Spread | None], top: float) -> None:
        self.months = {n: spread for n, spread in enumerate(spreads) if spread}
        self._count, self._top = len(spreads), top
        self._low = min(s.low for s in self.months.values())
        self._reach = max(s.high for s in self.months.values()) - self._low or 1

    def x(self, month: int) -> float:
        """Place of a month from the left."""
        return _across(month, self._count)

    def y(self, value: float) -> float:
        """Place of a value from the top."""
        return self._top + 200 - (value - self._low) / self._reach * 190


def _ribbon(moods: MonthMoods, paper: Paper, top: float) -> str:
    lane = _Lane(moods.spreads, top)
    colour = paper.theme.colour(moods.measure)
    return (
        "".join(_band(lane, piece, colour) for piece in runs(lane.months))
        + _highest(lane, moods.measure, paper)
        + say(EDGE, top - 20, moods.measure.capitalize(), 34, colour, weight=700)
    )


def _band(lane: _Lane, piece: Sequence[int], colour: str) -> str:
    """Half of the time round its middle, over a run of months that are known."""
    spreads = [(lane.x(n), lane.months[n]) for n in piece]
    up = [(x, lane.y(s.high)) for x, s in spreads]
    down = [(x, lane.y(s.low)) for x, s in reversed(spreads)]
    line = [(x, lane.y(s.middle)) for x, s in spreads]
    return (
        f'<path d="{_smooth(up)} L{_smooth(down)[1:]}Z" fill="{colour}" fill-opacity=".28"/>'
        f'<path d="{_smooth(line)}" fill="none" stroke="{colour}" stroke-width="7" '
        'stroke-linecap="round"/>'
    )


def _highest(lane: _Lane, measure: Measure, paper: Paper) -> str:
    value, month = max((s.middle, n) for n, s in lane.months.items())
    x, y = lane.x(month), lane.y(value)
    # Near an edge the number would be cut.
    inside = min(max(x, 140), 930)
    number = written(measure, value)
    return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="12" fill="{paper.ink}"/>' + say(
        inside, y - 26, number, 34, paper.ink, weight=700, anchor="middle"
    )


def _smooth(points: Sequence[tuple[float, float]]) -> str:
    """A path that leaves and arrives level at each point."""
    path = f"M{points[0][0]:.0f},{points[0][1]:.0f}"
    for (x0, y0), (x1, y1) in pairwise(points):
        middle = (x0 + x1) / 2
        path += f" C{middle:.0f},{y0:.0f} {middle:.0f},{y1:.0f} {x1:.0f},{y1:.0f}"
    return path


def genres(recap: Recap, paper: Paper) -> str:
    """Shares of the time, a column a step, the leading genres named at the right."""
    rows = [
        (name, shares)
        for name, shares in zip(recap.genres[:-1], recap.genre_shares[:-1], strict=True)
        if any(shares) and name != "others"
    ]
    if not rows:
        return ""
    totals = [sum(share or 0 for share in shares) / len(shares) for _, shares in rows]
    best = max(range(len(rows)), key=totals.__getitem__)
    title = f"{rows[best][0].capitalize()} led"
    small = "share of the time heard; the rest is other or unknown"
    names = "".join(_genre(paper, row, name, totals[row]) for row, (name, _) in enumerate(rows))
    body = _columns(rows, paper) + names + say(EDGE, 240, small, 32, paper.quiet)
    return sheet(paper, recap.name, title, body, recap.missing or recap.dates, title)


def _columns(rows: _Shares, paper: Paper) -> str:
    count = len(rows[0][1])
    width = 640 / count
    parts = []
    for n in range(count):
        y = 1120.0
        for row, (_, shares) in enumerate(rows):
            part = (shares[n] or 0) * 840
            y -= part
            parts.append(
                f'<rect x="{EDGE + n * width:.1f}" y="{y:.1f}" width="{max(width - 3, 1):.1f}" '
                f'height="{max(part - 2, 0):.1f}" fill="{_colour(paper, row)}"/>'
            )
    return "".join(parts)


def _genre(paper: Paper, row: int, name: str, share: float) -> str:
    """Its colour, its name and its share of all the time."""
    y = 330 + row * 128
    return (
        f'<rect x="770" y="{y - 34}" width="14" height="80" rx="7" fill="{_colour(paper, row)}"/>'
        + say(804, y, fitted(name, 210, 38), 38, paper.ink, weight=600)
        + say(804, y + 44, percent(share), 34, paper.quiet)
    )


def _colour(paper: Paper, row: int) -> str:
    colours = (
        *(paper.theme.accent, paper.theme.tempo, paper.theme.popularity),
        *(paper.theme.valence, paper.theme.energy, paper.theme.quiet),
    )
    return style.mix(colours[row % len(colours)], paper.theme.ground, 0.12)
