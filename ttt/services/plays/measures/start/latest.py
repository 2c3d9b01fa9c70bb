"""The newest plays."""

from datetime import UTC, datetime

import numpy as np

from ttt.chartdata import Heard
from ttt.services.plays.frame import Frame


def latest(frame: Frame, most: int = 6) -> tuple[Heard, ...]:
    """The last plays, the newest first; skips are none."""
    rows = np.flatnonzero(frame.play)[-most:][::-1]
    return tuple(_heard(frame, int(row)) for row in rows)


def _heard(frame: Frame, row: int) -> Heard:
    tracks, place = frame.tracks, int(frame.track[row])
    at = datetime.fromtimestamp(int(frame.local[row]), UTC).replace(tzinfo=None)
    return Heard(
        key=int(tracks.recording[place]),
        title=tracks.title[place],
        artists=tracks.artists[place],
        at=at,
        cover_url=tracks.cover_url[place],
    )
