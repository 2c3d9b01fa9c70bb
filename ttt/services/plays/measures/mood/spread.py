"""Quartiles of a measure over time heard, for many groups at once.

The middle is the least value at or below which half of the time lies; likewise a quarter and three
quarters. So no band leaves the scale, and a long track weighs as it was heard.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ttt.chartdata.mood import Spread
from ttt.music import Measure
from ttt.services.plays.frame import Frame, Tracks
from ttt.services.plays.measures.counting import summed
from ttt.services.plays.measures.steps import Steps

MEASURES = (Measure.ENERGY, Measure.VALENCE, Measure.TEMPO)
HOUR = 3_600_000
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


def spreads(frame: Frame, groups: NDArray[np.integer], count: int, measure: Measure) -> Spreads:
    """Quartiles of a measure by group; `groups` has the number of each row's, below `count`."""
    values, place = _distinct(frame.tracks, measure)
    kinds = len(values) + 1
    codes = groups.astype(np.int32) * np.int32(kinds) + place[frame.track]
    table = summed(codes, frame.heard, count * kinds).reshape(count, kinds)
    everything = table.sum(axis=1)
    if kinds == 1:
        nothing = np.full(count, np.nan)
        return Spreads(nothing, nothing, nothing, np.zeros(count), everything)
    heard = table[:, :-1].cumsum(axis=1)
    known = heard[:, -1]
    low, middle, high = (
        np.where(known > 0, values[(heard >= known[:, None] * part).argmax(axis=1)], np.nan)
        for part in _QUARTERS
    )
    return Spreads(low, middle, high, known, everything)


def by_step(frame: Frame, chosen: Steps, measure: Measure) -> Spreads:
    """Quartiles a step of a span; kept, as several measures ask."""

    def make() -> Spreads:
        plays = frame.within(chosen.span)
        return spreads(plays, chosen.place(plays.day), chosen.count, measure)

    return frame.keep(("spreads", chosen, measure), make)


def whole(frame: Frame, measure: Measure) -> Spread | None:
    """Spread of all rows."""
    return spreads(frame, np.zeros(len(frame), np.int64), 1, measure).at(0)


def rounded(tracks: Tracks, measure: Measure) -> NDArray[np.float64]:
    """Values of a measure as precise as sources give them; NaN where unknown."""
    exact = tracks.values[measure].astype(np.float64)
    found: NDArray[np.float64] = exact.round(_DIGITS[measure])
    return found


def known_time(frame: Frame, groups: NDArray[np.integer], count: int) -> NDArray[np.float64]:
    """Share of each group's time for whose tracks energy, valence and tempo are all known."""
    has = np.all([~np.isnan(frame.tracks.values[m]) for m in MEASURES], axis=0)
    known = summed(groups, frame.heard * has[frame.track], count)
    everything = summed(groups, frame.heard, count)
    share = np.full(count, np.nan)
    np.divide(known, everything, out=share, where=everything > 0)
    return share


def means(
    frame: Frame, groups: NDArray[np.integer], count: int, measure: Measure
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean of a measure over time by group (NaN where nothing is known), and the known hours."""
    values = rounded(frame.tracks, measure)
    known = ~np.isnan(values)
    time = frame.heard * known[frame.track]
    amount = summed(groups, time * np.where(known, values, 0)[frame.track], count)
    total = summed(groups, time, count)
    mean = np.full(count, np.nan)
    np.divide(amount, total, out=mean, where=total > 0)
    return mean, total / HOUR


def _distinct(tracks: Tracks, measure: Measure) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """The different known values, ascending, and each track's place; unknown is one beyond."""
    values = rounded(tracks, measure)
    known = ~np.isnan(values)
    different, places = np.unique(values[known], return_inverse=True)
    place = np.full(len(values), len(different), np.int32)
    place[known] = places
    return different, place
