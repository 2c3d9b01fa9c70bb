"""The harmonic mix: a short path through all tracks, by steps on the Camelot wheel and in tempo.

Finding the shortest one is the travelling salesman's problem, so this is a heuristic: the nearest
track next, from several starts, and then 2-opt and Or-opt until nothing gets better.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from ttt import music

Key = tuple[int, int]
Distances = npt.NDArray[np.float32]
Path = npt.NDArray[np.intp]

# Keys one step apart mix, and a turntable's pitch fader hides 8 %: more is a clash or a jump.
KEY_REACH, TEMPO_REACH = 1, 0.08
# What they cost beside their length, in steps on the wheel. A clash is heard sooner than a jump:
# tracks need not be played beat by beat into each other.
_CLASH, _JUMP = 2.0, 1.0
_STARTS = 24
# How often a track is looked at in all, fewer times among more tracks: 300 times among 500.
_LOOKS, _LOOK_COSTS = 360_000, 700
_AT_ONCE = 1000
_LONGEST_MOVED = 3
_GAIN = 1e-4  # float32 would find smaller ones for ever


@cache
def wheel() -> npt.NDArray[np.float32]:
    """Steps on the Camelot wheel between all keys, numbered 2 * pitch class + mode (24, 24)."""
    keys = [(key, mode) for key in range(12) for mode in (0, 1)]
    steps = [[music.key_distance(one, other) for other in keys] for one in keys]
    return np.array(steps, dtype=np.float32)


def cost(keys: Sequence[Key], tempos: Sequence[float], path: Sequence[int]) -> float:
    """Sum of the steps of a path, which is what `path` makes small."""
    codes, octaves = _heard(keys, tempos)
    tour = np.asarray(path, dtype=np.intp)
    codes, octaves = codes[tour], octaves[tour]
    return float(_apart(codes[:-1], codes[1:], octaves[:-1] - octaves[1:]).sum(dtype=np.float64))


def path(keys: Sequence[Key], tempos: Sequence[float]) -> list[int]:
    """Places of the tracks in their new order, never costlier than the one given.

    `tempos` are BPM above 0. Many tracks are taken a stretch of tempos at a time, as time and
    memory grow with the square of what is taken at once.
    """
    size = len(keys)
    stretches = max(1, -(-size // _AT_ONCE))
    if stretches == 1:
        return _path(keys, tempos, _LOOKS)
    found: list[int] = []
    for places in np.array_split(np.argsort(np.asarray(tempos), kind="stable"), stretches):
        of = [int(place) for place in places]
        inside = _path([keys[p] for p in of], [tempos[p] for p in of], _LOOKS // stretches)
        found += [of[place] for place in inside]
    given = range(size)
    return min([found, list(given)], key=lambda tour: cost(keys, tempos, tour))


def _path(keys: Sequence[Key], tempos: Sequence[float], looks: int) -> list[int]:
    size = len(keys)
    if size < 3:
        return list(range(size))
    apart = _distances(keys, tempos)
    given = np.arange(size)
    starts = np.unique(np.linspace(0, size - 1, min(_STARTS, size)).astype(np.intp))
    # Spread over the tempos, so that the same tracks in another order get other starts only
    # where tempos are equal.
    first = np.argsort(np.asarray(tempos), kind="stable")[starts]
    found = sorted([given, *_nearest_next(apart, first)], key=lambda tour: _length(apart, tour))
    best, looks = found[0], looks // (size + _LOOK_COSTS)
    for tour in found:
        improved, looks = _improved(apart, tour, looks)
        best = min(best, improved, key=lambda tour: _length(apart, tour))
    return [int(place) for place in best]


def _heard(keys: Sequence[Key], tempos: Sequence[float]) -> tuple[Path, Distances]:
    codes = np.array([2 * key + mode for key, mode in keys], dtype=np.intp)
    return codes, np.log2(np.asarray(tempos, dtype=np.float32))


def _distances(keys: Sequence[Key], tempos: Sequence[float]) -> Distances:
    codes, octaves = _heard(keys, tempos)
    return _apart(codes[:, None], codes[None, :], np.subtract.outer(octaves, octaves))


def _apart(codes: Path, others: Path, octaves: Distances) -> Distances:
    steps = (np.exp2(np.abs(octaves - np.rint(octaves))) - 1) / TEMPO_REACH  # music.tempo_step
    hours = wheel()[codes, others]
    beyond = _CLASH * (hours > KEY_REACH) + _JUMP * (steps > 1)
    return np.asarray(hours + steps + beyond, dtype=np.float32)


def _length(apart: Distances, tour: Path) -> float:
    return float(apart[tour[:-1], tour[1:]].sum(dtype=np.float64))


def _nearest_next(apart: Distances, first: Path) -> Path:
    """A path from each start, always on to the nearest track that is left."""
    size, lanes = len(apart), np.arange(len(first))
    tours = np.empty((len(first), size), dtype=np.intp)
    left = np.ones((len(first), size), dtype=bool)
    here = tours[:, 0] = first
    for step in range(1, size):
        left[lanes, here] = False
        here = tours[:, step] = np.where(left, apart[here], np.inf).argmin(axis=1)
    return tours


def _improved(apart: Distances, tour: Path, looks: int) -> tuple[Path, int]:
    """The path without what 2-opt and Or-opt find in so many looks, and how many are left."""
    size = len(tour)
    # A stop that is as near to everything closes the path to a ring: it has no ends to care for.
    ring = np.zeros((size + 1, size + 1), dtype=np.float32)
    ring[:size, :size] = apart
    tour = np.append(tour, size)
    unchanged = 0
    while unchanged <= size and looks > 0:
        # Rotated, so that what is looked at always stands at the front.
        tour = np.roll(tour, -1)
        better = _reversed_better(ring, tour) or _moved_better(ring, tour)
        unchanged, looks = (0 if better else unchanged + 1), looks - 1
    return np.roll(tour, -1 - int(np.argmax(tour)))[:size], looks


def _reversed_better(ring: Distances, tour: Path) -> bool:
    """2-opt: turn round the stretch after the first track where that saves most."""
    last, following = tour[1:], np.append(tour[2:], tour[0])
    change = (
        ring[tour[0], last] + ring[tour[1], following] - ring[last, following]
        - ring[tour[0], tour[1]]
    )  # fmt: skip
    end = int(change.argmin())
    if change[end] > -_GAIN:
        return False
    tour[1 : end + 2] = tour[1 : end + 2][::-1].copy()
    return True


def _moved_better(ring: Distances, tour: Path) -> bool:
    """Or-opt: take out the one to three tracks after the first, and put them where they fit."""
    for length in range(1, min(_LONGEST_MOVED, len(tour) - 3) + 1):
        stretch, rest = tour[1 : length + 1], tour[length + 1 :]
        following = np.append(rest[1:], tour[0])
        saved = ring[tour[0], stretch[0]] + ring[stretch[-1], rest[0]] - ring[tour[0], rest[0]]
        gap = ring[rest, following]
        ahead = ring[rest, stretch[0]] + ring[stretch[-1], following] - gap
        turned = ring[rest, stretch[-1]] + ring[stretch[0], following] - gap
        place = int(np.minimum(ahead, turned).argmin())
        if min(ahead[place], turned[place]) - saved < -_GAIN:
            if turned[place] < ahead[place]:
                stretch = stretch[::-1]
            tour[1:] = np.concatenate((rest[: place + 1], stretch, rest[place + 1 :]))
            return True
    return False
