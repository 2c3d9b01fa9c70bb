"""Stretches of plays: so far apart that no row of one has anything to do with a row of another.

So a stretch can be judged by itself, with the verdicts that it has among all the others; only how
Spotify's full list outranks its excerpts goes on for longer.
"""

import numpy as np
from numpy.typing import NDArray

from ttt.plays import Sense
from ttt.services.plays.judging import fitting
from ttt.services.plays.judging.told import Told

SILENCE = 8_100
"""Seconds between two stretches: more than a row and a play that fit can lie apart."""
BACK, ON = 4 * 86_400, 3 * 86_400
"""So many seconds before its time, and after it, what a row tells of can lie."""
LONGEST = 2 * 86_400
AHEAD = ON - LONGEST
"""So far after what was told, in seconds, a start can be."""
_MINUTE = 60
_Numbers = NDArray[np.int64]


def around(since: int, until: int) -> tuple[int, int]:
    """From when to when, both included, can have been what is told between two times."""
    return since - BACK, until + BACK


def extents(told: Told) -> tuple[_Numbers, _Numbers]:
    """From when to when, both included, what each row tells of can have been."""
    ended = told.ended
    first = np.minimum(np.minimum(told.told, told.started), ended - told.length // 1000 - 1)
    width = np.zeros(int(max(Sense)) + 1, np.int64)
    width[[*fitting.WITHIN]] = [*fitting.WITHIN.values()]
    width[Sense.MINUTE] = _MINUTE
    return first, np.maximum(told.told + width[told.sense], ended)


def numbers(first: _Numbers, last: _Numbers) -> _Numbers:
    """The number of the stretch, by time, in which each row lies."""
    order = np.argsort(first, kind="stable")
    until_now = np.maximum.accumulate(last[order])
    found = np.zeros(len(first), np.int64)
    if len(first):
        found[order[1:]] = np.cumsum(first[order][1:] > until_now[:-1] + SILENCE)
    return found
