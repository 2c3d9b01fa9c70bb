"""Told plays as they are judged."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from ttt.plays import SENSE_SHIFT, How, PlaySource, Sense

_Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Told:
    """Told plays as columns of int64; times in seconds, `ms` and `duration` in ms, -1 unknown.

    Rows of one `recording` can be the same play. `started` is the best guess of the start;
    `duration` that of the track.
    """

    told: _Numbers
    started: _Numbers
    ms: _Numbers
    track: _Numbers
    recording: _Numbers
    source: _Numbers
    how: _Numbers
    duration: _Numbers

    def __len__(self) -> int:
        return len(self.told)

    def only(self, rows: NDArray[np.bool_]) -> "Told":
        """Some of the rows."""
        return Told(*(getattr(self, field.name)[rows] for field in fields(self)))

    @property
    def sense(self) -> _Numbers:
        """What each `told` means, as its row says or else its source."""
        of_source = np.zeros(max(PlaySource) + 1, np.int64)
        for source in PlaySource:
            of_source[source] = source.sense
        own = self.how >> SENSE_SHIFT
        return np.where(own > 0, own, of_source[self.source])

    @property
    def length(self) -> _Numbers:
        """How long each was played in ms, or else how long its track is; 0 for neither."""
        return np.where(self.ms >= 0, self.ms, np.maximum(self.duration, 0))

    @property
    def ended(self) -> _Numbers:
        """The best guess of each end: what was played offline is told of much later."""
        reckoned = self.started + -(-self.length // 1000)
        late = (self.how & How.OFFLINE > 0) & (self.told - reckoned > 60)
        is_end = np.isin(self.sense, (Sense.END, Sense.MINUTE, Sense.EITHER))
        return np.where(late | ~is_end, reckoned, self.told)
