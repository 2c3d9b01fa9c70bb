"""Somebody's told plays with their names, a portion at a time."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from ttt.models import Artist, Play, Track, TrackArtist
from ttt.plays import Counts
from ttt.store.membership import is_among

_TOGETHER = 5_000


class Named(NamedTuple):
    """What was played: `spotify_id` is None for a track that is known by its names only."""

    title: str | None
    artists: tuple[str, ...]
    album: str | None
    spotify_id: str | None
    isrc: str | None
    duration_ms: int | None


Names = dict[int, Named]


def pages(
    session: Session,
    user_id: int,
    since: datetime | None,
    until: datetime | None,
    verdicts: Sequence[Counts],
) -> Iterator[tuple[Sequence[Play], Names]]:
    """Plays by their start with title and artists of their tracks, some thousand at a time."""
    query = select(Play).where(Play.user_id == user_id, col(Play.counts).in_(verdicts))
    if since is not None:
        query = query.where(col(Play.started_at) >= since)
    if until is not None:
        query = query.where(col(Play.started_at) < until)
    query = query.order_by(col(Play.started_at), col(Play.told_at), col(Play.track_id))
    found = session.exec(query.execution_options(yield_per=_TOGETHER))
    known: Names = {}
    for rows in found.partitions():
        known |= names(session, {row.track_id for row in rows} - known.keys())
        yield rows, known
        session.expunge_all()


def names(session: Session, track_ids: set[int]) -> Names:
    """What tracks are."""
    tracks = select(Track).where(is_among(session, Track.id, sorted(track_ids)))
    credits = (
        select(TrackArtist.track_id, Artist.name)
        .join(Artist, col(Artist.id) == col(TrackArtist.artist_id))
        .where(is_among(session, TrackArtist.track_id, sorted(track_ids)))
        .order_by(col(TrackArtist.track_id), col(TrackArtist.position))
    )
    artists: dict[int, list[str]] = {}
    for track_id, name in session.exec(credits):
        artists.setdefault(track_id, []).append(name)
    return {
        track.id: Named(
            track.title,
            tuple(artists.get(track.id, ())),
            track.album,
            track.spotify_id,
            track.isrc,
            track.duration_ms,
        )
        for track in session.exec(tracks)
        if track.id is not None
    }
