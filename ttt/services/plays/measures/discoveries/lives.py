"""Plays sorted by recording, so that each one's life lies in one piece."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ttt.services.plays.frame import Frame
from ttt.services.plays.measures import counting


class Lives(NamedTuple):
    """One entry a play, ascending by recording and time; `begins` where each recording begins.

    `songs` has the recordings that were played at all; `started` are seconds, `day` local days,
    `order` the places among all plays.
    """

    songs: NDArray[np.int64]
    begins: NDArray[np.int64]
    counts: NDArray[np.int64]
    song: NDArray[np.int32]
    started: NDArray[np.int64]
    day: NDArray[np.int32]
    order: NDArray[np.int64]

    @property
    def ends(self) -> NDArray[np.int64]:
        """Where each recording's plays end."""
        return self.begins + self.counts


def lives(frame: Frame) -> Lives:
    """The lives of all recordings that were played; made once a frame."""
    return frame.keep("lives", lambda: _lives(frame))


def _lives(frame: Frame) -> Lives:
    plays = frame.plays()
    order = np.argsort(counting.narrow(plays.song), kind="stable")
    song = plays.song[order]
    begins = counting.begins(song)
    counts = np.diff(begins, append=len(song))
    songs = song[begins].astype(np.int64)
    return Lives(songs, begins, counts, song, plays.started[order], plays.day[order], order)
