"""A race: the sums since the beginning of a span, step by step."""

from itertools import pairwise

import numpy as np

from ttt.chartdata import By, Caption, Of, Step
from ttt.chartdata.ranks import Race
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import counting, coverage, steps, tops, words

PLACES = 10
_MOST_FRAMES = 130


def race(frame: Frame, span: Span, of: Of, by: By = By.PLAYS) -> Race:
    """The first ten at the end of each week, or month where weeks would be too many."""
    plays = frame.within(span)
    step = Step.WEEK if span.days <= _MOST_FRAMES * 7 else Step.MONTH
    chosen = steps.of_span(span, step)
    amounts = counting.weights(plays, by)
    owners = counting.owner(frame.tracks, of)[plays.track]
    known = owners >= 0
    keys, places = np.unique(owners[known], return_inverse=True)
    codes = chosen.place(plays.day)[known] * len(keys) + places
    grid = counting.summed(codes, amounts[known], chosen.count * len(keys))
    sums = grid.reshape(chosen.count, len(keys)).cumsum(axis=0)
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
        takeaway += " from start to end"
    return Caption(takeaway, known, f"Sums since the beginning, {step} by {step}.")
