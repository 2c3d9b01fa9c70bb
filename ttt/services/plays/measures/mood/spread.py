"""Quartiles of a measure over time heard, or over plays, for many groups at once.

The middle is the least value at or below which half of the time lies; likewise a quarter and three
quarters. So no band leaves the scale, and a long track weighs as it was heard. By plays each weighs
the same, as much as three minutes, so that twenty tell as much as an hour.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ttt.chartdata import By
from ttt.chartdata.mood import Spread
from ttt.music import Measure
from ttt.services.plays.frame import Frame, Tracks
from ttt.services.plays.measures import counting
from ttt.services.plays.measures.counting import HOUR, summed

MEASURES = (Measure.ENERGY, Measure.VALENCE, Measure.TEMPO)
# As precise as sources give them; more digits would only be more different values.
_DIGITS = {Measure.ENERGY: 3, Measure.VALENCE: 3, Measure.TEMPO: 1, Measure.POPULARITY: 1}
_QUARTERS = (0.25, 0.5, 0.75)


class Spreads(NamedTuple):
    """Quartiles of each group (NaN without any known time), its known and its whole time in ms."""

    low: NDArray[np.float64]
    middle: NDArray[np.float64]
    high: NDArray[np.float64]
    known: NDArray[np.float64]
    all: NDArray[np.float64]

    def at(self, group: int, least: float = 0) -> Spread | None:
        """Spread of a group; None with less known time than the least, in hours."""
        if self.known[group] <= least * HOUR or np.isnan(self.middle[group]):
            return None
        return Spread(float(self.low[group]), float(self.middle[group]), float(self.high[group]))


class Table(NamedTuple):
    """Milliseconds heard of each value (across, the last is unknown) in each group (down)."""

    values: NDArray[np.float64]
    time: NDArray[np.float64]

    def of(self, groups: NDArray[np.integer], count: int) -> "Table":
        """The same with its groups put together: `groups` has the new number of each."""
        together = np.zeros((count, self.time.shape[1]))
        np.add.at(together, groups, self.time)
        return Table(self.values, together)

    @property
    def spreads(self) -> Spreads:
        """Quartiles of each group."""
        everything = self.time.sum(axis=1)
        if not len(self.values):
            count = len(self.time)
            nothing = np.full(count, np.nan)
            return Spreads(nothing, nothing, nothing, np.zeros(count), everything)
        heard = self.time[:, :-1].cumsum(axis=1)
        known = heard[:, -1]
        low, middle, high = (
            np.where(
                known > 0, self.values[(heard >= known[:, None] * part).argmax(axis=1)], np.nan
            )
            for part in _QUARTERS
        )
        return Spreads(low, middle, high, known, everything)


def table(
    frame: Frame, groups: NDArray[np.integer], count: int, measure: Measure, by: By = By.MINUTES
) -> Table:
    """Time by value and group; `groups` has the number of each row's, below `count`."""
    values, place = _distinct(frame.tracks, measure)
    kinds = len(values) + 1
    # Numbers as wide as bincount wants them: to convert them costs more than to count.
    codes = groups * np.int64(kinds)
    codes += place[frame.track]
    time = summed(codes, counting.weighed(frame, by), count * kinds)
    return Table(values, time.reshape(count, kinds))


def spreads(
    frame: Frame, groups: NDArray[np.integer], count: int, measure: Measure, by: By = By.MINUTES
) -> Spreads:
    """Quartiles of a measure by group; `groups` has the number of each row's, below `count`."""
    return table(frame, groups, count, measure, by).spreads


def whole(frame: Frame, measure: Measure, by: By = By.MINUTES) -> Spread | None:
    """Spread of all rows."""
    values, place = _distinct(frame.tracks, measure)
    time = summed(place, counting.weighed_by_track(frame, by), len(values) + 1)
    return Table(values, time[None, :]).spreads.at(0)


def rounded(tracks: Tracks, measure: Measure) -> NDArray[np.float64]:
    """Values of a measure as precise as sources give them; NaN where unknown."""
    exact = tracks.values[measure].astype(np.float64)
    found: NDArray[np.float64] = exact.round(_DIGITS[measure])
    return found


def known_time(
    frame: Frame, groups: NDArray[np.integer], count: int, by: By = By.MINUTES
) -> NDArray[np.float64]:
    """Share of each group's time for whose tracks energy, valence and tempo are all known."""
    has = np.all([~np.isnan(frame.tracks.values[m]) for m in MEASURES], axis=0)
    # Both sums in one go: the time of what is unknown lies beyond that of what is known.
    codes = np.where(has, 0, count)[frame.track] + groups
    known, unknown = summed(codes, counting.weighed(frame, by), 2 * count).reshape(2, count)
    share = np.full(count, np.nan)
    np.divide(known, known + unknown, out=share, where=known + unknown > 0)
    return share


def means(
    frame: Frame, groups: NDArray[np.integer], count: int, measure: Measure, by: By = By.MINUTES
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean of a measure by group (NaN where nothing is known), and the known hours or plays."""
    found = table(frame, groups, count, measure, by)
    known = found.time[:, :-1]
    total = known.sum(axis=1)
    mean = np.full(count, np.nan)
    np.divide(known @ found.values, total, out=mean, where=total > 0)
    return mean, total / counting.one(by)


def _distinct(tracks: Tracks, measure: Measure) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The different known values, ascending, and each track's place; unknown is one beyond."""
    return tracks.keep(("distinct", measure), lambda: _places(rounded(tracks, measure)))


def _places(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    known = ~np.isnan(values)
    different, places = np.unique(values[known], return_inverse=True)
    place = np.full(len(values), len(different), np.int64)
    place[known] = places
    return different, place
