"""What one source tells twice, and what cannot have been: judged for each track by itself."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from ttt.plays import Counts, Sense
from ttt.services.plays.judging.told import Told

# A source that only tells of plays tells after half a minute of each.
_SOONEST = 30
_OVERLAP = 2_000


_Close = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.bool_]]


def mark(told: Told, verdicts: NDArray[np.uint8]) -> None:
    """Mark doubles among rows that tell of starts, and the impossible among the others."""
    sense = told.sense
    starts = np.isin(sense, (Sense.START, Sense.START_MINUTE)) | (told.ms < 0)
    # A track can begin again as soon as it was skipped.
    starts &= (sense != Sense.DAY) & (verdicts == Counts.PLAY)
    least = np.where(told.ms >= 0, np.minimum(told.ms // 1000, _SOONEST), _SOONEST)
    for rows in _close(told, np.flatnonzero(starts), told.told, _too_soon):
        _mark_doubles(told.told[rows], least[rows], rows, verdicts)
    ended = told.ended
    exact = (told.ms >= 0) & (sense == Sense.END)
    for rows in _close(told, np.flatnonzero(exact), ended, _too_long):
        _mark_impossible(ended[rows], told.ms[rows], rows, verdicts)


def _too_soon(at: NDArray[np.int64], _ms: NDArray[np.int64]) -> NDArray[np.bool_]:
    return np.asarray(np.diff(at) < _SOONEST)


def _too_long(ended: NDArray[np.int64], ms: NDArray[np.int64]) -> NDArray[np.bool_]:
    return np.asarray(np.minimum(ms[1:] - 1000 * np.diff(ended), ms[:-1]) > _OVERLAP)


def _close(
    told: Told, rows: NDArray[np.intp], at: NDArray[np.int64], is_close: _Close
) -> Iterator[NDArray[np.intp]]:
    """Rows of one source and track in the order of time, of those with two close ones."""
    keys = (told.how[rows], told.ms[rows], at[rows], told.track[rows], told.source[rows])
    rows = rows[np.lexsort(keys)]
    if len(rows) < 2:
        return
    another = (np.diff(told.track[rows]) != 0) | (np.diff(told.source[rows]) != 0)
    close = ~another & is_close(at[rows], told.ms[rows])
    starts = np.concatenate(([0], np.flatnonzero(another) + 1, [len(rows)]))
    groups = np.unique(np.searchsorted(starts, np.flatnonzero(close), side="right") - 1)
    for group in groups.tolist():
        yield rows[starts[group] : starts[group + 1]]


def _mark_doubles(
    at: NDArray[np.int64],
    least: NDArray[np.int64],
    rows: NDArray[np.intp],
    verdicts: NDArray[np.uint8],
) -> None:
    until = None
    for time, length, row in zip(at.tolist(), least.tolist(), rows.tolist(), strict=True):
        if until is not None and time < until:
            verdicts[row] = Counts.DOUBLE
        else:
            until = time + length


def _mark_impossible(
    ended: NDArray[np.int64],
    ms: NDArray[np.int64],
    rows: NDArray[np.intp],
    verdicts: NDArray[np.uint8],
) -> None:
    kept = None
    for end, length, row in zip(ended.tolist(), ms.tolist(), rows.tolist(), strict=True):
        if kept is not None and min(length - 1000 * (end - kept[0]), kept[1]) > _OVERLAP:
            verdicts[row] = Counts.IMPOSSIBLE
        else:
            kept = end, length
