"""Tracks that are known by names only: played where Spotify's ids are not known."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, func, select

from ttt.found import FoundArtist, Source
from ttt.models import Track
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
    return {identity: i for identity, i in session.exec(query) if identity and i}


def save(session: Session, named: Sequence[Named], at: datetime) -> dict[str, int]:
    """Save tracks that are new; of the others, what was not known yet. Return their ids."""
    before = ids_of(session, [one.identity for one in named])
    rows = [
        {
            "identity": one.identity,
            "title": one.title,
            "album": one.album,
            "duration_ms": one.duration_ms,
            "described_by": Source.UPLOAD,
            "described_at": at,
        }
        for one in named
    ]
    # Sets something in any case, so that nobody deletes them before this transaction ends.
    upsert(
        session,
        Track,
        rows,
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
