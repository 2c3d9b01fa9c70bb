"""Which days were recorded: only those may be compared, and a zero is told from a blank."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ttt.chartdata import Hole
from ttt.services.plays.frame import Frame, Span, zone
from ttt.services.plays.measures.steps import Steps

_ENOUGH = zone.DAY // 2
_CANNOT_KNOW = "before your history begins"
_NEVER_WAS = "this day was left out where you were"


def recorded(frame: Frame, begin: int, end: int) -> NDArray[np.bool_]:
    """For each day from `begin` to before `end` (numbers of days), whether it was recorded.

    A day was not when gaps cover half of it or more, when it lies before the history, or when
    there was none.
    """
    missing = np.zeros(max(end - begin, 0), np.int64)
    for start, stop in _apart(frame):
        missing += _seconds_a_day(frame.zone, start, stop, begin, end)
    known = missing < _ENOUGH
    known[: max(0, frame.begins - begin)] = False
    for day in zone.passed_over(frame.zone, begin, end):
        known[day - begin] = False
    return known


def _apart(frame: Frame) -> list[tuple[int, int]]:
    """The gaps as stretches that do not overlap, as recorder and silence tell of the same times."""
    found: list[tuple[int, int]] = []
    for gap in sorted(frame.gaps, key=lambda gap: gap.start):
        start = max(gap.start, found[-1][1]) if found else gap.start
        if gap.end > start:
            found.append((start, gap.end))
    return found


def of_span(frame: Frame, span: Span) -> NDArray[np.bool_]:
    """Whether each day of a span was recorded; kept, as many measures ask."""
    return frame.keep(
        ("recorded", span.begin, span.end), lambda: recorded(frame, span.begin, span.end)
    )


def of_steps(frame: Frame, chosen: Steps) -> NDArray[np.bool_]:
    """Whether any day of each step was recorded."""
    return np.bincount(chosen.days(), of_span(frame, chosen.span), chosen.count) > 0


def comparable(frame: Frame, span: Span) -> NDArray[np.bool_]:
    """Days of a span that were recorded, and so was their counterpart `span.shift` days earlier."""
    now = of_span(frame, span)
    if span.before is None:
        return np.zeros(len(now), np.bool_)
    both = np.zeros(len(now), np.bool_)
    then = of_span(frame, span.before)
    shared = min(len(now), len(then))
    both[:shared] = now[:shared] & then[:shared]
    return both


def like_with_like(frame: Frame, span: Span) -> tuple[Frame, Frame, int]:
    """Plays of now and of the period before on comparable days, and how many days those are."""
    return frame.keep(("alike", span.begin, span.end, span.shift), lambda: _alike(frame, span))


def _alike(frame: Frame, span: Span) -> tuple[Frame, Frame, int]:
    both = comparable(frame, span)
    now = frame.within(span)
    if span.before is None:
        return now.only(slice(0)), now.only(slice(0)), 0
    then = frame.within(span.before)
    early = then.day - span.before.begin
    early_kept = np.zeros(len(early), np.bool_)
    early_kept[early < len(both)] = both[early[early < len(both)]]
    late_kept = both[now.day - span.begin]
    return _part(now, late_kept), _part(then, early_kept), int(both.sum())


def _part(frame: Frame, rows: NDArray[np.bool_]) -> Frame:
    return frame if rows.all() else frame.only(rows)


def holes(frame: Frame, span: Span) -> tuple[Hole, ...]:
    """The runs of days of a span that were not recorded."""
    blank = ~of_span(frame, span)
    edges = np.flatnonzero(np.diff(blank, prepend=False, append=False))
    return tuple(
        _hole(frame, span.begin + int(first), span.begin + int(end))
        for first, end in pairwise(edges)
        if blank[first]
    )


def _hole(frame: Frame, begin: int, end: int) -> Hole:
    if end <= frame.begins:
        return Hole(zone.day(begin), zone.day(end - 1), _CANNOT_KNOW)
    if len(zone.passed_over(frame.zone, begin, end)) == end - begin:
        return Hole(zone.day(begin), zone.day(end - 1), _NEVER_WAS)
    covering = [
        gap.reason
        for gap in frame.gaps
        if zone.wall_clock(frame.zone, gap.start) < end * zone.DAY
        and zone.wall_clock(frame.zone, gap.end) > begin * zone.DAY
    ]
    return Hole(zone.day(begin), zone.day(end - 1), next(filter(None, covering), ""))


def _seconds_a_day(name: str, start: int, stop: int, begin: int, end: int) -> NDArray[np.int64]:
    """Seconds that a stretch of UTC takes of each local day from `begin` to before `end`."""
    low, high = zone.wall_clock(name, start), zone.wall_clock(name, stop)
    starts = np.arange(begin, end, dtype=np.int64) * zone.DAY
    covered: NDArray[np.int64] = np.minimum(high, starts + zone.DAY) - np.maximum(low, starts)
    return covered.clip(0)
