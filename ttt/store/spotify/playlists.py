"""Playlists that people sent to Spotify. What was sent never changes, only how far it came."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select, update

from ttt.models import SentPlaylist, SentRow
from ttt.store.upsert import upsert


def add(session: Session, playlist: SentPlaylist, spotify_ids: Sequence[str]) -> int:
    """Keep a playlist that is to be sent, with its rows in their order; return its id."""
    session.add(playlist)
    session.flush()
    rows = [
        {"playlist_id": playlist.id, "position": position, "spotify_id": spotify_id}
        for position, spotify_id in enumerate(spotify_ids)
    ]
    upsert(session, SentRow, rows, ["playlist_id", "position"])
    return playlist.id


def find(session: Session, playlist_id: int) -> SentPlaylist | None:
    """A playlist as it stands."""
    return session.get(SentPlaylist, playlist_id, populate_existing=True)


def sent(session: Session, user_id: int, limit: int | None = None) -> Sequence[SentPlaylist]:
    """The newest of a person's playlists."""
    query = select(SentPlaylist).where(SentPlaylist.user_id == user_id)
    return session.exec(query.order_by(col(SentPlaylist.id).desc()).limit(limit)).all()


def names(session: Session, user_id: int) -> set[str]:
    """Names of all playlists of a person."""
    return set(session.exec(select(SentPlaylist.name).where(SentPlaylist.user_id == user_id)))


def rows(session: Session, playlist_id: int) -> list[str]:
    """Spotify ids of a playlist's rows in their order."""
    query = select(SentRow.spotify_id).where(SentRow.playlist_id == playlist_id)
    return list(session.exec(query.order_by(col(SentRow.position))))


def change(session: Session, playlist_id: int, **columns: Any) -> None:
    """Take down how far a playlist has come."""
    session.exec(update(SentPlaylist).where(col(SentPlaylist.id) == playlist_id).values(**columns))


def forget_since(session: Session, user_id: int, at: datetime) -> None:
    """Delete a person's playlists, with their rows, that were made from a time on."""
    made = select(SentPlaylist.id).where(
        SentPlaylist.user_id == user_id, col(SentPlaylist.created_at) >= at
    )
    session.exec(delete(SentRow).where(col(SentRow.playlist_id).in_(made)))
    session.exec(delete(SentPlaylist).where(col(SentPlaylist.id).in_(made)))
