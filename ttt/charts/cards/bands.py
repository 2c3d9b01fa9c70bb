"""Cards of bands: moods by month, genres by their share."""

from collections.abc import Sequence
from itertools import pairwise

from ttt.chartdata import Spread
from ttt.chartdata.recap import MonthMoods, Recap
from ttt.charts import theme as style
from ttt.charts.cards.paper import EDGE, INNER, LETTERS, Paper, fitted, percent, say, sheet
from ttt.music import Measure, written


def mood(recap: Recap, paper: Paper) -> str:
    """Three ribbons over the months, the highest middle of each named."""
    shown = [m for m in recap.moods if sum(s is not None for s in m.spreads) >= 2]
    if not shown:
        return ""
    body = "".join(_ribbon(m, recap, paper, 330 + n * 290) for n, m in enumerate(shown))
    count = len(recap.starts)
    step = INNER / max(count - 1, 1)
    every = -(-count // 12)
    body += "".join(
        say(EDGE + step * n, 1190, LETTERS[start.month - 1], 30, paper.quiet, anchor="middle")
        for n, start in enumerate(recap.starts)
        if n % every == 0
    )
    title = _happiest(recap)
    small = "the middle of what you heard, and half of the time around it"
    body += say(EDGE, 240, small, 32, paper.quiet)
    return sheet(paper, recap.name, title, body, recap.known, title)


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


def _ribbon(moods: MonthMoods, recap: Recap, paper: Paper, top: float) -> str:
    known = [s for s in moods.spreads if s]
    low, high = min(s.low for s in known), max(s.high for s in known)
    reach = high - low or 1
    step = INNER / max(len(recap.starts) - 1, 1)
    colour = paper.theme.colour(moods.measure)

    def y(value: float) -> float:
        return top + 200 - (value - low) / reach * 190

    parts = []
    for piece in _pieces(moods.spreads):
        xs = [EDGE + step * n for n, _ in piece]
        up = [(x, y(s.high)) for x, (_, s) in zip(xs, piece, strict=True)]
        down = [(x, y(s.low)) for x, (_, s) in zip(xs, piece, strict=True)][::-1]
        line = [(x, y(s.middle)) for x, (_, s) in zip(xs, piece, strict=True)]
        band = f"{_smooth(up)} L{_smooth(down)[1:]}Z"
        parts.append(f'<path d="{band}" fill="{colour}" fill-opacity=".28"/>')
        parts.append(
            f'<path d="{_smooth(line)}" fill="none" stroke="{colour}" stroke-width="7" '
            'stroke-linecap="round"/>'
        )
    best = max((s.middle, n) for n, s in enumerate(moods.spreads) if s)
    x = EDGE + step * best[1]
    label, high = written(moods.measure, best[0]), y(best[0])
    parts += [
        f'<circle cx="{x:.0f}" cy="{high:.0f}" r="12" fill="{paper.ink}"/>',
        say(
            min(max(x, 140), 930),
            y(best[0]) - 26,
            label,
            34,
            paper.ink,
            weight=700,
            anchor="middle",
        ),
        say(EDGE, top - 20, moods.measure.capitalize(), 34, colour, weight=700),
    ]
    return "".join(parts)


def _pieces(spreads: Sequence[Spread | None]) -> list[list[tuple[int, Spread]]]:
    """Runs of months that are known."""
    pieces: list[list[tuple[int, Spread]]] = []
    for n, spread in enumerate(spreads):
        if spread is None:
            continue
        if pieces and pieces[-1][-1][0] == n - 1:
            pieces[-1].append((n, spread))
        else:
            pieces.append([(n, spread)])
    return pieces


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
                f'height="{max(part - 2, 0):.1f}" fill="{_band(paper, row)}"/>'
            )
    totals = [sum(s or 0 for s in shares) / count for _, shares in rows]
    for row, (name, _) in enumerate(rows):
        y = 330 + row * 128
        colour = _band(paper, row)
        mark = f'<rect x="770" y="{y - 34}" width="14" height="80" rx="7" fill="{colour}"/>'
        parts.append(mark)
        parts.append(say(804, y, fitted(name, 210, 38), 38, paper.ink, weight=600))
        parts.append(say(804, y + 44, percent(totals[row]), 34, paper.quiet))
    best = max(range(len(rows)), key=totals.__getitem__)
    title = f"{rows[best][0].capitalize()} led"
    small = "share of the time heard; the rest is other or unknown"
    parts.append(say(EDGE, 240, small, 32, paper.quiet))
    return sheet(paper, recap.name, title, "".join(parts), recap.missing or recap.dates, title)


def _band(paper: Paper, row: int) -> str:
    colours = (
        *(paper.theme.accent, paper.theme.tempo, paper.theme.popularity),
        *(paper.theme.valence, paper.theme.energy, paper.theme.quiet),
    )
    return style.mix(colours[row % len(colours)], paper.theme.ground, 0.12)
