"""How ranks went over several steps, and who held the first place."""

from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ttt import words
from ttt.chartdata import By, Caption, Of, Step
from ttt.chartdata.ranks import RankLine, RankLines, Reign, Reigns
from ttt.services.plays.frame import Frame, Span, zone
from ttt.services.plays.measures import coverage, days, steps, tops
from ttt.services.plays.measures.charts.ranking import PLACES, Ranking, ranking

_LINES = 10


def lines(
    frame: Frame,
    day: date,
    of: Of,
    by: By = By.PLAYS,
    step: Step = Step.WEEK,
    count: int = 12,
    keys: tuple[int, ...] | None = None,
) -> RankLines:
    """Ranks of the keys (or of the first ten) over `count` steps up to the one the day is in."""
    ranks = ranking(frame, of, by, step)
    place = steps.number(zone.number(day), step) - ranks.first
    first = max(0, place - count + 1)
    chosen = keys or tuple(map(int, ranks.key[ranks.rows(place)][:_LINES]))
    found = []
    for key in chosen:
        line = ranks.of(key)[first : place + 1]
        title = tops.named(frame, of, key)[0]
        found.append(RankLine(key, title, tuple(int(r) or None for r in line)))
    starts = tuple(zone.day(steps.begin(ranks.first + n, step)) for n in range(first, place + 1))
    edges = [steps.begin(ranks.first + n, step) for n in range(first, place + 2)]
    blank = tuple(not days.recorded(frame, a, b).any() for a, b in pairwise(edges))
    takeaway = _takeaway(ranks, place, found, step)
    shown = Span(starts[0], zone.day(edges[-1] - 1), "", "")
    caption = Caption(takeaway, coverage.of_time(frame, shown, by), _READING)
    return RankLines(of, step, starts, blank, tuple(found), PLACES, caption)


def number_ones(
    frame: Frame, span: Span, of: Of, by: By = By.PLAYS, step: Step = Step.WEEK, most: int = 5
) -> Reigns:
    """Who held the first place, in how many steps."""
    held, count = _held(frame, span, of, (by, step), 1)
    rows = _reigns(frame, of, held, most)
    leaders = int((held > 0).sum())
    takeaway = f"{words.counted(leaders, of.one)} led in {words.counted(count, step)}"
    caption = Caption(takeaway, coverage.of_time(frame, span, by), "")
    return Reigns(of, rows, step, count, caption)


def longest(
    frame: Frame, span: Span, of: Of, by: By = By.PLAYS, step: Step = Step.WEEK, most: int = 5
) -> Reigns:
    """What was on the chart in most steps."""
    held, count = _held(frame, span, of, (by, step), PLACES)
    rows = _reigns(frame, of, held, most)
    takeaway = (
        f"{rows[0].title}: {rows[0].steps} of {words.counted(count, step)}"
        if rows
        else words.NOTHING
    )
    caption = Caption(takeaway, coverage.of_time(frame, span, by), "")
    return Reigns(of, rows, step, count, caption)


def _held(
    frame: Frame, span: Span, of: Of, rule: tuple[By, Step], places: int
) -> tuple[NDArray[np.int64], int]:
    """Steps of a span in which each key held one of the first places, and how many there were."""
    by, step = rule
    ranks = ranking(frame, of, by, step)
    low = steps.number(span.begin, step) - ranks.first
    high = steps.number(span.end - 1, step) - ranks.first
    inside = (ranks.at >= low) & (ranks.at <= high) & (ranks.rank <= places)
    size = int(ranks.key.max()) + 1 if len(ranks.key) else 0
    return np.bincount(ranks.key[inside], minlength=size), len(np.unique(ranks.at[inside]))


def _reigns(frame: Frame, of: Of, held: NDArray[np.int64], most: int) -> tuple[Reign, ...]:
    order = np.argsort(-held, kind="stable")[:most]
    found = []
    for key in map(int, order):
        if held[key]:
            title, subtitle, face = tops.named(frame, of, key)
            cover = frame.tracks.cover_url[face] if face >= 0 else None
            found.append(Reign(key, title, subtitle, int(held[key]), cover))
    return tuple(found)


_READING = "A line is broken where it was not heard or not recorded; below ten, places 11 to 20."


def _takeaway(ranks: Ranking, place: int, found: list[RankLine], step: Step) -> str:
    if not found:
        return f"Nothing was played in this {step}"
    leader = found[0]
    if leader.ranks[-1] != 1:
        return f"{leader.title} is at {leader.ranks[-1]}" if leader.ranks[-1] else leader.title
    line = ranks.of(leader.key)[: place + 1]
    run = int((line[::-1] != 1).argmax()) if (line != 1).any() else len(line)
    if run > 1:
        return f"{leader.title} stays {run} {step}s at number one"
    if not (line[:-1] > 0).any():
        return f"{leader.title} is new at number one"
    return (
        f"{leader.title} moves up to number one"
        if line[-2:-1].any()
        else f"{leader.title} is back at number one"
    )
