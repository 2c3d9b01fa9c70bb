"""How much of what: plays or minutes, of recordings, artists, albums and genres."""

from collections.abc import Sequence
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ttt.chartdata import By, Of
from ttt.services.plays.frame import Frame, Span, Tracks

MINUTE = 60_000
HOUR = 60 * MINUTE
# What a play weighs where plays are weighed as time is: twenty of them are an hour.
A_PLAY = 3 * MINUTE


def weights(frame: Frame, by: By) -> NDArray[np.float64]:
    """What each row counts: a play 1 and a skip 0, or the minutes heard of either."""
    if by is By.PLAYS:
        return frame.play.astype(np.float64)
    return frame.heard / MINUTE


def summed(places: NDArray[np.integer], amounts: NDArray[Any], count: int) -> NDArray[np.float64]:
    """Sum of the amounts at each place from 0 to before `count`."""
    return np.bincount(places, amounts, count).astype(np.float64, copy=False)


def hours(frame: Frame) -> float:
    """Hours heard, skips as well; guessed from the track where nobody knows."""
    return float(frame.heard.sum(dtype=np.int64)) / HOUR


def size(tracks: Tracks, of: Of) -> int:
    """How many of them there are."""
    return {
        Of.TRACKS: tracks.recordings,
        Of.ARTISTS: len(tracks.artist_names),
        Of.ALBUMS: len(tracks.album_names),
        Of.GENRES: len(tracks.genre_names),
    }[of]


def owner(tracks: Tracks, of: Of) -> NDArray[np.int32]:
    """For each track its recording, artist or album; -1 where unknown. Genres are several."""
    return {Of.TRACKS: tracks.recording, Of.ARTISTS: tracks.artist, Of.ALBUMS: tracks.album}[of]


def by_track(frame: Frame, by: By) -> NDArray[np.float64]:
    """Plays or minutes of each track; kept, as many measures ask."""

    def make() -> NDArray[np.float64]:
        if by is By.MINUTES:
            return time(frame) / MINUTE
        return summed(frame.track, frame.play, len(frame.tracks))

    return frame.keep(("by track", by), make)


def time(frame: Frame) -> NDArray[np.float64]:
    """Milliseconds heard of each track, whole numbers; kept, as many measures ask."""
    return frame.keep("time", lambda: summed(frame.track, heard(frame), len(frame.tracks)))


def heard(frame: Frame) -> NDArray[np.float64]:
    """Milliseconds of each row as sums want them; kept, as many measures ask."""
    return frame.keep("heard", lambda: frame.heard.astype(np.float64))


def weighed(frame: Frame, by: By) -> NDArray[np.float64]:
    """Milliseconds of each row; by plays as many for any play, and none for a skip."""
    if by is By.MINUTES:
        return heard(frame)
    return frame.keep("weighed by plays", lambda: frame.play * np.float64(A_PLAY))


def weighed_by_track(frame: Frame, by: By) -> NDArray[np.float64]:
    """The same of each track."""
    return time(frame) if by is By.MINUTES else by_track(frame, by) * A_PLAY


def one(by: By) -> int:
    """What an hour weighs, or a play."""
    return HOUR if by is By.MINUTES else A_PLAY


def totals(frame: Frame, of: Of, by: By) -> NDArray[np.float64]:
    """Plays or minutes of each recording, artist, album or genre; a track counts for each genre."""
    tracks = frame.tracks
    each = by_track(frame, by)
    if of is Of.GENRES:
        return summed(tracks.genre, np.repeat(each, tracks.genres_each), len(tracks.genre_names))
    owners = owner(tracks, of)
    known = owners >= 0
    return summed(owners[known], each[known], size(tracks, of))


class Pairs(NamedTuple):
    """What was heard in which step: one entry a pair, ascending by step; `step` is its number."""

    step: NDArray[np.int64]
    key: NDArray[np.int64]
    plays: NDArray[np.float64]
    minutes: NDArray[np.float64]


def pairs(steps: NDArray[np.integer], keys: NDArray[np.integer], frame: Frame) -> Pairs:
    """Plays and minutes a step and key; rows whose key is below 0 are left out."""
    known = keys >= 0
    if not known.all():
        steps, keys, frame = steps[known], keys[known], frame.only(known)
    if not len(keys):
        empty = np.zeros(0, np.int64)
        return Pairs(empty, empty, empty.astype(np.float64), empty.astype(np.float64))
    base, span = int(steps.min()), int(keys.max()) + 1
    order = np.argsort(narrow(keys), kind="stable")
    order = order[np.argsort(narrow(steps - base)[order], kind="stable")]
    firsts = begins((steps.astype(np.int64) * span + keys)[order])
    step, key = (column[order[firsts]].astype(np.int64) for column in (steps, keys))
    plays = np.add.reduceat(frame.play[order], firsts, dtype=np.float64)
    minutes = np.add.reduceat(frame.heard[order], firsts, dtype=np.float64) / MINUTE
    return Pairs(step, key, plays, minutes)


def narrow(places: NDArray[np.integer]) -> NDArray[np.integer]:
    """Places in 16 bits where they fit: those are sorted in a tenth of the time."""
    return places.astype(np.uint16) if places.max(initial=0) < 2**16 else places


def ordered(columns: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Places in the order of the first column, then of the second, and so on; none is below 0."""
    sizes = [int(column.max(initial=0)) + 1 for column in columns]
    if prod(sizes) > np.iinfo(np.int64).max:
        return np.lexsort(columns[::-1])
    # One whole number to sort by takes a quarter of the time of four.
    codes = columns[0]
    for column, size in zip(columns[1:], sizes[1:], strict=True):
        codes = codes * size + column
    return np.argsort(codes, kind="stable")


def begins(ordered: NDArray[np.integer]) -> NDArray[np.int64]:
    """Where each run of equal numbers begins."""
    changes = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=changes[1:])
    return np.flatnonzero(changes)


def daily(frame: Frame, span: Span, by: By) -> NDArray[np.float64]:
    """Plays or minutes of each day of a span; kept, as several measures ask."""

    def make() -> NDArray[np.float64]:
        plays = frame.within(span)
        each = plays.play if by is By.PLAYS else heard(plays) / MINUTE
        return summed(plays.day - span.begin, each, span.days)

    return frame.keep(("daily", span.begin, span.end, by), make)


def faces(tracks: Tracks, each: NDArray[np.float64]) -> NDArray[np.int64]:
    """The track that stands for each recording: the one heard most, the first among equals."""
    order = np.lexsort((-np.arange(len(tracks)), each))
    found = np.zeros(tracks.recordings, np.int64)
    # The last assignment holds.
    found[tracks.recording[order]] = order
    return found
