"""Tracks that are known by names only: played where Spotify's ids are not known."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, or_, select, update

from ttt.found import FoundArtist, Source
from ttt.models import Artist, AudioFeatures, Play, Track, TrackArtist
from ttt.plays import Counts
from ttt.store import ahead
from ttt.store.membership import is_among
from ttt.store.tracks import tracks
from ttt.store.upsert import upsert


class Named(NamedTuple):
    """A track by its names; `identity` is the SHA-256 of those as they are compared."""

    identity: str
    title: str
    artists: tuple[str, ...]
    album: str | None = None
    duration_ms: int | None = None


def ids_of(session: Session, identities: Iterable[str]) -> dict[str, int]:
    """Track ids of the identities that are known."""
    query = select(Track.identity, Track.id).where(is_among(session, Track.identity, identities))
    return {identity: i for identity, i in session.exec(query) if identity}


def save(session: Session, named: Sequence[Named], at: datetime) -> dict[str, int]:
    """Save tracks that are new; of the others, what was not known yet. Return their ids."""
    before = ids_of(session, [one.identity for one in named])
    # Sets something in any case, so that nobody deletes them before this transaction ends.
    upsert(
        session,
        Track,
        [_row(one, at) for one in named],
        ["identity"],
        lambda table, new: {
            name: func.coalesce(table.c[name], new[name]) for name in ("album", "duration_ms")
        },
    )
    ids = ids_of(session, [one.identity for one in named])
    new = {
        ids[one.identity]: [FoundArtist(name) for name in one.artists]
        for one in named
        if one.identity not in before
    }
    tracks.save_artists(session, new, Source.UPLOAD)
    return ids


def _row(one: Named, at: datetime) -> dict[str, Any]:
    return {
        "identity": one.identity,
        "title": one.title,
        "album": one.album,
        "duration_ms": one.duration_ms,
        "described_by": Source.UPLOAD,
        "described_at": at,
    }


class Heard(NamedTuple):
    """A track that somebody played and that is known by names only; `artist` is the first."""

    track_id: int
    title: str
    artist: str


def without_features(
    session: Session, user_id: int | None, limit: int, now: datetime, tried_before: datetime
) -> list[Heard]:
    """Tracks of a person, or of all, whose sound nobody knows, the most played first.

    Left out are those that were tried since a time (see `mark_tried`).
    """
    plays = func.count().label("plays")
    first = (col(TrackArtist.track_id) == Track.id) & (col(TrackArtist.position) == 0)
    known = select(AudioFeatures.track_id).where(AudioFeatures.track_id == Track.id).exists()
    tried = col(Track.not_found_at).between(tried_before, ahead.not_yet(now))
    query = (
        select_columns(col(Track.id), col(Track.title), col(Artist.name), plays)
        .join_from(Play, Track, col(Track.id) == col(Play.track_id))
        .join(TrackArtist, first)
        .join(Artist, col(Artist.id) == col(TrackArtist.artist_id))
        .where(col(Play.counts) == Counts.PLAY, col(Track.spotify_id).is_(None), ~known)
        .where(or_(col(Track.not_found_at).is_(None), ~tried))
        .group_by(col(Track.id), col(Track.title), col(Artist.name))
        .order_by(plays.desc(), col(Track.id))
        .limit(limit)
    )
    if user_id is not None:
        query = query.where(col(Play.user_id) == user_id)
    return [Heard(i, title or "", artist) for i, title, artist, _ in session.execute(query)]


def mark_tried(session: Session, track_ids: Iterable[int], at: datetime) -> None:
    """Keep in mind that nobody knows how these sound, so that others have their turn."""
    tried = is_among(session, Track.id, track_ids)
    session.exec(update(Track).where(tried).values(not_found_at=at))
