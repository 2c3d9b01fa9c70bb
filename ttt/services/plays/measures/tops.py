"""The most heard tracks, artists, albums and genres of a stretch of time, and how they moved."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ttt import words
from ttt.chartdata import By, Caption, Of, TopRow, Tops
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import counting, coverage, days, firsts

_KNOWN_PLACES = 100
_NO_GENRE = "No genre is known yet for what was heard"


def tops(
    frame: Frame,
    span: Span,
    of: Of,
    by: By = By.PLAYS,
    most: int = 50,
    among: NDArray[np.bool_] | None = None,
) -> Tops:
    """The `most` first; ties go by the other of plays and minutes, then by name.

    With `among`, which tells it of each key, those alone are listed, with their places among all.
    """
    plays = frame.within(span)
    values = counting.totals(plays, of, by)
    order = enumerate(ranked(plays, of, by, most if among is None else None), start=1)
    listed = [at for at in order if among is None or among[at[1]]][:most]
    notes = _Movement(frame, span, of, by)
    total = float(counting.weights(plays, by).sum())
    rows = tuple(
        _row(plays, of, (int(key), rank), float(values[key]), total, notes) for rank, key in listed
    )
    caption = Caption(
        _takeaway(rows, of, values, total, _amounts(plays, by)),
        coverage.of_time(frame, span, by),
        "",
    )
    return Tops(of, by, rows, caption)


def ranked(frame: Frame, of: Of, by: By, most: int | None = None) -> NDArray[np.int64]:
    """Keys of what was heard, the most heard first; all of them, or the first `most`."""
    other = By.MINUTES if by is By.PLAYS else By.PLAYS
    values, ties = counting.totals(frame, of, by), counting.totals(frame, of, other)
    heard = np.flatnonzero(values > 0)
    main = values[heard].round(6)
    if most is not None and most < len(heard):
        # Only what can be among the first is sorted.
        fit = main >= np.partition(main, -most)[-most]
        heard, main = heard[fit], main[fit]
    return heard[np.lexsort((heard, -ties[heard].round(6), -main))][:most]


def named(frame: Frame, of: Of, key: int) -> tuple[str, str, int]:
    """Title, subtitle, and the track that stands for it (-1 for artists and genres)."""
    tracks = frame.tracks
    if of is Of.TRACKS:
        face = int(_faces(frame)[key])
        return tracks.title[face], tracks.artists[face], face
    if of is Of.ARTISTS:
        return tracks.artist_names[key], "", -1
    if of is Of.GENRES:
        return tracks.genre_names[key], "", -1
    artist = int(tracks.album_artist[key])
    face = int(np.flatnonzero(tracks.album == key)[0])
    return tracks.album_names[key], tracks.artist_names[artist] if artist >= 0 else "", face


def _faces(frame: Frame) -> NDArray[np.int64]:
    return frame.keep(
        "faces",
        lambda: counting.faces(
            frame.tracks, counting.summed(frame.track, frame.play, len(frame.tracks))
        ),
    )


class _Movement:
    """Where things stood in the stretch before, and whether they were heard at all by then."""

    def __init__(self, frame: Frame, span: Span, of: Of, by: By) -> None:
        self.frame = frame
        self.songs = _songs(frame.within(span)) if of is Of.ARTISTS else ()
        first = firsts.days(frame, of)
        self.ever = (first != firsts.NEVER) & (first < span.begin)
        self.any = bool(self.ever.any())
        self.before: dict[int, int] = {}
        if span.before and days.of_span(frame, span.before).any():
            order = ranked(frame.within(span.before), of, by, _KNOWN_PLACES)
            self.before = {int(key): rank for rank, key in enumerate(order, start=1)}

    def of(self, key: int, rank: int) -> tuple[int | None, str]:
        """Places climbed, or what there is to say instead."""
        if key in self.before:
            return self.before[key] - rank, ""
        if not self.any:
            return None, ""
        return None, "back" if self.ever[key] else "new"


def _row(
    plays: Frame, of: Of, at: tuple[int, int], value: float, total: float, notes: _Movement
) -> TopRow:
    key, rank = at
    title, subtitle, face = named(notes.frame, of, key)
    climbed, note = notes.of(key, rank)
    tracks = plays.tracks
    return TopRow(
        rank=rank,
        key=key,
        title=title,
        subtitle=words.counted(notes.songs[key], "track") if of is Of.ARTISTS else subtitle,
        value=value,
        share=value / total if total else 0.0,
        uri=tracks.uri[face] if of is Of.TRACKS else None,
        cover_url=tracks.cover_url[face] if face >= 0 else None,
        climbed=climbed,
        note=note,
    )


def _songs(plays: Frame) -> NDArray[np.int64]:
    """How many recordings of each artist were heard."""
    tracks = plays.tracks
    heard = np.flatnonzero(
        counting.by_track(plays, By.MINUTES) + counting.by_track(plays, By.PLAYS)
    )
    owners = counting.owner(tracks, Of.ARTISTS)[heard].astype(np.int64)
    pairs = np.unique(owners * tracks.recordings + tracks.recording[heard])
    return np.bincount(pairs[pairs >= 0] // tracks.recordings, minlength=len(tracks.artist_names))


def _amounts(plays: Frame, by: By) -> Callable[[float], str]:
    about = coverage.about(plays, by)
    return lambda value: words.amount(value, by, about)


def _takeaway(
    rows: tuple[TopRow, ...],
    of: Of,
    values: NDArray[np.float64],
    total: float,
    written: Callable[[float], str],
) -> str:
    if not rows:
        return _NO_GENRE if of is Of.GENRES and total else words.NOTHING
    first = rows[0]
    # Names are written as their bearers write them.
    title = first.title
    if of is Of.GENRES:
        title = title[:1].upper() + title[1:]
    amount = written(first.value)
    if len(rows) == 1:
        return f"{title} alone: {amount}"
    equal = int((values.round(6) == round(first.value, 6)).sum())
    if equal > 2:
        return f"{words.counted(equal, of.one)} share the lead with {amount} each"
    if equal == 2:
        return f"{title} and {rows[1].title} lead with {amount} each"
    return f"{title} leads {words.counted(int((values > 0).sum()), of.one)} with {amount}"
