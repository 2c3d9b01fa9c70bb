"""Finds for the rows of one source the plays that others told: by recording, one to one.

A row fits a play at its start or its end, within some seconds; else when it lies inside. Plays that
cannot have made the row come last, and the nearest pairs first.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ttt.plays import Counts, PlaySource, Sense
from ttt.services.plays.judging.told import Told

_NEAR = 15
_LONGEST = 7_200
_UNLIKELY, _INSIDE, _UNLIKE = 100, 1_000, 20
_MINUTE = 59
_HALF_OR = 240_000
_SHORTEST = 30_000
_ENDS = (Sense.END, Sense.MINUTE)
WITHIN: dict[int, int] = {Sense.START_MINUTE: 59, Sense.DAY: 86_399}
"""How many seconds after its time a start may lie."""


class _Play(NamedTuple):
    end: int
    start: int
    last_start: int
    ms: int
    duration: int


class _Row(NamedTuple):
    told: int
    start: int
    sense: int
    ms: int
    least: int
    duration: int


def mark(
    told: Told, plays: NDArray[np.intp], rows: NDArray[np.intp], verdicts: NDArray[np.uint8]
) -> None:
    """Give a verdict to those of the rows that one of the plays made already."""
    shared = np.intersect1d(told.recording[plays], told.recording[rows])
    plays = plays[np.isin(told.recording[plays], shared)]
    rows = rows[np.isin(told.recording[rows], shared)]
    plays = _ordered(told, plays, told.ended)
    rows = _ordered(told, rows, told.told)
    made, told_of = _plays(told, plays), _rows(told, rows)
    spans = zip(_spans(told.recording[plays]), _spans(told.recording[rows]), strict=True)
    for (first_play, next_play), (first, after) in spans:
        found = _fitted(made[first_play:next_play], told_of[first:after])
        for row, verdict in zip(rows[first:after].tolist(), found, strict=True):
            if verdict is not None:
                verdicts[row] = verdict


def _ordered(told: Told, rows: NDArray[np.intp], at: NDArray[np.int64]) -> NDArray[np.intp]:
    """By recording and time, whatever order they came in."""
    others = (told.ms[rows], told.source[rows], told.track[rows], at[rows])
    return rows[np.lexsort((*others, told.recording[rows]))]


def _spans(recording: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    if len(recording):
        cuts = (np.flatnonzero(np.diff(recording)) + 1).tolist()
        yield from pairwise([0, *cuts, len(recording)])


def _plays(told: Told, rows: NDArray[np.intp]) -> list[_Play]:
    ends, starts, ms = told.ended[rows], told.started[rows], told.ms[rows]
    either = told.sense[rows] == Sense.EITHER
    length = told.length[rows] // 1000
    starts = np.where(either, told.told[rows] - length, starts)
    # The other place where it can have begun: without the pause, or at what may be its start.
    last = np.where(either, told.told[rows], ends - length)
    columns = (ends, starts, last, ms, told.duration[rows])
    return [_Play(*row) for row in zip(*(c.tolist() for c in columns), strict=True)]


def _rows(told: Told, rows: NDArray[np.intp]) -> list[_Row]:
    duration, ms = told.duration[rows], told.ms[rows]
    half = np.where(duration > 0, np.minimum(duration // 2, _HALF_OR), _SHORTEST)
    is_recent = told.source[rows] == PlaySource.SPOTIFY_RECENT
    least = np.where(ms >= 0, 0, np.where(is_recent, _SHORTEST, half))
    columns = (told.told[rows], told.started[rows], told.sense[rows], ms, least, duration)
    return [_Row(*row) for row in zip(*(c.tolist() for c in columns), strict=True)]


def _fitted(plays: Sequence[_Play], rows: Sequence[_Row]) -> list[Counts | None]:
    ends = [play.end for play in plays]
    pairs = []
    for number, row in enumerate(rows):
        first = bisect_left(ends, row.told - _NEAR - _MINUTE)
        last = row.told + _LONGEST + WITHIN.get(row.sense, 0)
        for place in range(first, bisect_right(ends, last)):
            cost = _cost(plays[place], row)
            if cost is not None:
                pairs.append((cost, number, place))
    taken, of_row = set[int](), dict[int, int]()
    for cost, number, place in sorted(pairs):
        if number not in of_row and place not in taken:
            taken.add(place)
            of_row[number] = cost
    return [
        _verdict(of_row.get(number)) or _left_over(row, plays, ends, taken)
        for number, row in enumerate(rows)
    ]


def _verdict(cost: int | None) -> Counts | None:
    if cost is None:
        return None
    return Counts.PERHAPS_THERE if cost >= _UNLIKELY else Counts.THERE_ALREADY


def _cost(play: _Play, row: _Row) -> int | None:
    """How far a row is from a play, in seconds and what else speaks against it."""
    away = _away(play, row)
    unlikely = _UNLIKELY * (0 <= play.ms < row.least)
    if row.ms >= 0 and play.ms >= 0 and abs(row.ms - play.ms) > 1000:
        unlikely += _UNLIKE
    if away <= _NEAR:
        return away + unlikely
    # Where a row tells of an end, that it lies within another play says nothing.
    inside = row.sense not in _ENDS and play.start - _NEAR <= row.told <= play.end + _NEAR
    return _INSIDE + away + unlikely if inside else None


def _away(play: _Play, row: _Row) -> int:
    if row.sense == Sense.MINUTE:
        return max(row.told - play.end, play.end - row.told - _MINUTE, 0)
    if row.sense in WITHIN:
        starts, width = (play.start, play.last_start), WITHIN[row.sense]
        return min(max(row.told - s, s - row.told - width, 0) for s in starts)
    at_end = abs(row.told - play.end)
    if row.sense == Sense.END:
        return min(at_end, abs(row.start - play.start))
    at_start = min(abs(row.told - play.start), abs(row.told - play.last_start))
    return min(at_start, at_end) if row.sense == Sense.EITHER else at_start


def _left_over(
    row: _Row, plays: Sequence[_Play], ends: Sequence[int], taken: set[int]
) -> Counts | None:
    """A row inside a play that another row of its source took is that source's own double."""
    for place in range(bisect_left(ends, row.told - _NEAR), len(plays)):
        play = plays[place]
        if play.end > row.told + _LONGEST:
            break
        if place in taken and play.start - _NEAR <= row.told <= play.end + _NEAR:
            return Counts.DOUBLE
    return None
