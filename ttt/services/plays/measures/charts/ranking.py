"""Ranks of everything heard in each week or month, from which all charts are read.

The rule: plays or minutes of the step; ties go by the other of the two, then by which was known
earlier. Skips count for minutes only. The chart has twenty places.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ttt.chartdata import By, Of, Step
from ttt.services.plays.frame import Frame
from ttt.services.plays.measures import counting, firsts, steps

PLACES = 20
RULE = (
    "Ranked by {by} of the {step}; ties go by {other}, then by which you heard first. "
    "Peak and {step}s on the chart count the first twenty places."
)


@dataclass(frozen=True, eq=False)
class Ranking:
    """Entries ascending by step and rank; `row_of` holds where each step's entries begin.

    `first` is the number of the first step of the history, `count` how many there are.
    """

    first: int
    count: int
    row_of: NDArray[np.int64]
    at: NDArray[np.int64]
    key: NDArray[np.int64]
    rank: NDArray[np.int64]
    plays: NDArray[np.float64]
    minutes: NDArray[np.float64]

    def rows(self, step: int) -> slice:
        """Entries of a step, counted from the first."""
        if not 0 <= step < self.count:
            return slice(0)
        return slice(int(self.row_of[step]), int(self.row_of[step + 1]))

    def of(self, key: int) -> NDArray[np.int64]:
        """Rank in each step, 0 where it was not heard."""
        found = np.zeros(self.count, np.int64)
        mine = self.key == key
        found[self.at[mine]] = self.rank[mine]
        return found


def ranking(frame: Frame, of: Of, by: By, step: Step) -> Ranking:
    """Ranks over the whole history; made once a frame."""
    return frame.keep(("ranking", of, by, step), lambda: _ranking(frame, of, by, step))


def rule(by: By, step: Step) -> str:
    """The rule in words."""
    other = By.MINUTES if by is By.PLAYS else By.PLAYS
    return RULE.format(by=by, step=step, other=other)


def _ranking(frame: Frame, of: Of, by: By, step: Step) -> Ranking:
    number = steps.of_days(frame.day, step)
    first, last = (int(number.min()), int(number.max())) if len(number) else (0, -1)
    count = last - first + 1
    pairs = counting.pairs(*_listed(number - first, frame, of))
    main, ties = (pairs.plays, pairs.minutes) if by is By.PLAYS else (pairs.minutes, pairs.plays)
    heard = np.flatnonzero(main > 0)
    one, other = (1, counting.MINUTE) if by is By.PLAYS else (counting.MINUTE, 1)
    columns = (
        pairs.step[heard],
        _falling(main[heard] * one),
        _falling(ties[heard] * other),
        _known(frame, of)[pairs.key[heard]],
    )
    order = heard[counting.ordered(columns)]
    at = pairs.step[order]
    row_of = np.searchsorted(at, np.arange(count + 1))
    rank = np.arange(len(at)) - row_of[at] + 1
    return Ranking(
        *(first, count, row_of, at),
        *(pairs.key[order], rank, pairs.plays[order], pairs.minutes[order]),
    )


def _falling(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Whole numbers, 0 or more, that are the smaller the greater a number of plays or ms."""
    exact = np.rint(values).astype(np.int64)
    found: NDArray[np.int64] = exact.max(initial=0) - exact
    return found


def _known(frame: Frame, of: Of) -> NDArray[np.int64]:
    """For each key how many were played before it was; what was skipped only comes last."""
    first = firsts.rows(frame, of)
    by_time = np.argsort(np.where(first < 0, len(frame), first), kind="stable")
    found = np.empty(len(first), np.int64)
    found[by_time] = np.arange(len(first))
    return found


def _listed(
    number: NDArray[np.int64], frame: Frame, of: Of
) -> tuple[NDArray[np.int64], NDArray[np.int32], Frame]:
    """The step and the key of each row, and the rows: one for each genre of what was heard."""
    tracks = frame.tracks
    if of is not Of.GENRES:
        return number, counting.owner(tracks, of)[frame.track], frame
    each = tracks.genres_each[frame.track]
    rows = np.repeat(np.arange(len(frame)), each)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(each) - each, each)
    keys = tracks.genre[tracks.genre_from[frame.track][rows] + nth]
    return number[rows], keys, frame.only(rows)
