"""The first and the last play of everything that was ever heard."""

import numpy as np
from numpy.typing import NDArray

from ttt.chartdata import Of
from ttt.services.plays.frame import Frame
from ttt.services.plays.measures import counting

NEVER = -1


def rows(frame: Frame, of: Of) -> NDArray[np.int64]:
    """Row of the first play of each recording, artist, album or genre; -1 where there is none."""
    return frame.keep(("first", of), lambda: _rows(frame, of))


def starts(frame: Frame, of: Of) -> NDArray[np.int64]:
    """When each was first played, in seconds; -1 where never."""
    found = rows(frame, of)
    return np.where(found >= 0, frame.started[found], NEVER) if len(frame) else found


def days(frame: Frame, of: Of) -> NDArray[np.int64]:
    """Number of the local day on which each was first played; -1 where never."""
    found = rows(frame, of)
    return np.where(found >= 0, frame.day[found], NEVER) if len(frame) else found


def _of_tracks(frame: Frame) -> NDArray[np.int64]:
    # Where a place stands several times, the last assignment holds: so the first play comes last.
    places = np.flatnonzero(frame.play)[::-1]
    each = np.full(len(frame.tracks), NEVER)
    each[frame.track[places]] = places
    return each


def _rows(frame: Frame, of: Of) -> NDArray[np.int64]:
    tracks = frame.tracks
    each = frame.keep("first of tracks", lambda: _of_tracks(frame))
    owners = np.repeat(np.arange(len(tracks)), tracks.genres_each) if of is Of.GENRES else None
    keys = tracks.genre if owners is not None else counting.owner(tracks, of)
    places = each if owners is None else each[owners]
    heard = (keys >= 0) & (places >= 0)
    found = np.full(counting.size(tracks, of), NEVER)
    by_time = np.argsort(places[heard])[::-1]
    found[keys[heard][by_time]] = places[heard][by_time]
    return found
