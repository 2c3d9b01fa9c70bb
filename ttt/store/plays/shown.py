"""Somebody's told plays with their names, a portion at a time."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import String, type_coerce
from sqlmodel import Session, col, select

from ttt.models import OwnDescription, Play, Track
from ttt.plays import Counts
from ttt.store.membership import is_among
from ttt.store.tracks import details

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


class OwnName(NamedTuple):
    """What a person's file calls a track."""

    title: str
    artists: tuple[str, ...]
    album: str | None


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
        known |= names(session, user_id, {row.track_id for row in rows} - known.keys())
        yield rows, known


def names(session: Session, user_id: int, track_ids: set[int]) -> Names:
    """What tracks are, as somebody sees them."""
    tracks = select(Track).where(is_among(session, Track.id, sorted(track_ids)))
    artists: dict[int, list[str]] = {}
    for track_id, name in details.credits(session, sorted(track_ids)):
        artists.setdefault(track_id, []).append(name)
    own = own_names(session, user_id, sorted(track_ids))
    return {
        track.id: _named(track, tuple(artists.get(track.id, ())), own.get(track.id))
        for track in session.exec(tracks)
    }


def own_names(session: Session, user_id: int, track_ids: Iterable[int]) -> dict[int, OwnName]:
    """What a person's files call those of the tracks that nobody else describes."""
    query = (
        select(
            OwnDescription.track_id,
            OwnDescription.title,
            type_coerce(OwnDescription.artists, String),
            OwnDescription.album,
        )
        .join(Track, col(Track.id) == col(OwnDescription.track_id))
        .where(
            OwnDescription.user_id == user_id,
            is_among(session, OwnDescription.track_id, track_ids),
            col(OwnDescription.title).is_not(None),
            col(Track.title).is_(None),
        )
    )
    return {
        track_id: OwnName(title or "", _artists(artists), album)
        for track_id, title, artists, album in session.exec(query)
    }


def _artists(kept: Any) -> tuple[str, ...]:
    # Text on SQLite, where reading it so takes a tenth of what SQLAlchemy's own way does.
    return tuple(msgspec.json.decode(kept) if isinstance(kept, str) else kept)


def _named(track: Track, artists: tuple[str, ...], own: OwnName | None) -> Named:
    known = (track.spotify_id, track.isrc, track.duration_ms)
    if own is not None:
        return Named(own.title, own.artists, own.album, *known)
    return Named(track.title, artists, track.album, *known)
