"""Plays sorted by recording, so that each one's life lies in one piece."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ttt.services.plays.frame import Frame


class Lives(NamedTuple):
    """One entry a play, ascending by recording and time; `begins` where each recording begins.

    `songs` has the recordings that were played at all; `started` are seconds, `day` local days.
    """

    songs: NDArray[np.int64]
    begins: NDArray[np.int64]
    counts: NDArray[np.int64]
    song: NDArray[np.int32]
    started: NDArray[np.int64]
    day: NDArray[np.int32]

    @property
    def ends(self) -> NDArray[np.int64]:
        """Where each recording's plays end."""
        return self.begins + self.counts


def lives(frame: Frame) -> Lives:
    """The lives of all recordings that were played; made once a frame."""
    return frame.keep("lives", lambda: _lives(frame))


def _lives(frame: Frame) -> Lives:
    plays = frame.plays()
    order = np.argsort(plays.song, kind="stable")
    song = plays.song[order]
    songs, begins, counts = np.unique(song, return_index=True, return_counts=True)
    return Lives(
        songs.astype(np.int64), begins, counts, song, plays.started[order], plays.day[order]
    )
