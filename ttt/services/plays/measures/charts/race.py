"""A race: the sums since the beginning of a span, step by step."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ttt import words
from ttt.chartdata import By, Caption, Of, Step
from ttt.chartdata.ranks import Race
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import counting, coverage, steps, tops

PLACES = 10
_MOST_FRAMES = 130


def race(frame: Frame, span: Span, of: Of, by: By = By.PLAYS) -> Race:
    """The first ten at the end of each week, or month where weeks would be too many."""
    plays = frame.within(span)
    step = Step.WEEK if span.days <= _MOST_FRAMES * 7 else Step.MONTH
    chosen = steps.of_span(span, step)
    keys, sums = _leading(_sums(plays, chosen, of, by))
    order = np.argsort(-sums, axis=1, kind="stable")[:, :PLACES]
    used = np.unique(order) if len(keys) else np.zeros(0, np.int64)
    place = {int(column): n for n, column in enumerate(used)}
    frames = tuple(
        tuple((place[int(c)], float(row[c])) for c in best if row[c] > 0)
        for row, best in zip(sums, order, strict=True)
    )
    titles = tuple(tops.named(frame, of, int(keys[column]))[0] for column in used)
    return Race(
        of,
        by,
        tuple(chosen.begins()),
        titles,
        frames,
        _caption(frames, titles, step, coverage.of_time(frame, span, by)),
    )


def _sums(plays: Frame, chosen: steps.Steps, of: Of, by: By) -> NDArray[np.float64]:
    """Plays or minutes up to the end of each step (down) of everything (across)."""
    owners = counting.owner(plays.tracks, of)[plays.track]
    places, amounts = chosen.place(plays.day), counting.weights(plays, by)
    known = owners >= 0
    if not known.all():
        owners, places, amounts = owners[known], places[known], amounts[known]
    size = counting.size(plays.tracks, of)
    grid = counting.summed(places * size + owners, amounts, chosen.count * size)
    sums = grid.reshape(chosen.count, size)
    return sums.cumsum(axis=0, out=sums)


def _leading(sums: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Which columns are ever among the first, and those: nothing else need be put in order."""
    least = np.zeros((len(sums), 1))
    if sums.shape[1] > PLACES:
        least = np.partition(sums, -PLACES, axis=1)[:, -PLACES, None]
    keys = np.flatnonzero(((sums >= least) & (sums > 0)).any(axis=0))
    return keys, sums[:, keys]


def _caption(
    frames: tuple[tuple[tuple[int, float], ...], ...],
    titles: tuple[str, ...],
    step: Step,
    known: str,
) -> Caption:
    leaders = [frame[0][0] for frame in frames if frame]
    if not leaders:
        return Caption(words.NOTHING, "", "")
    changes = sum(a != b for a, b in pairwise(leaders))
    takeaway = f"{titles[leaders[-1]]} won"
    if changes:
        takeaway += f"; the lead changed {words.counted(changes, 'time')}"
    else:
        takeaway += " after leading from the start"
    return Caption(takeaway, known, f"Sums since the beginning, {step} by {step}.")
