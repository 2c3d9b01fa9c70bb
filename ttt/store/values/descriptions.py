"""What people's own files call tracks and say of them; only they see it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select, update

from ttt.found import FoundTrack
from ttt.models import OwnDescription
from ttt.store.membership import is_among
from ttt.store.upsert import upsert


def save(session: Session, user_id: int, described: Mapping[int, FoundTrack], at: datetime) -> None:
    """Save a person's descriptions by track id; what a new one does not say stays as it was."""
    before = read(session, user_id, described)
    rows = [
        {"user_id": user_id, "track_id": i, "observed_at": at} | _said(track, before.get(i))
        for i, track in described.items()
    ]
    remove(session, user_id, before)
    upsert(session, OwnDescription, rows, ["user_id", "track_id"])


def read(session: Session, user_id: int, track_ids: Iterable[int]) -> dict[int, OwnDescription]:
    """A person's descriptions by track id."""
    query = select(OwnDescription).where(
        OwnDescription.user_id == user_id,
        is_among(session, OwnDescription.track_id, track_ids),
    )
    return {found.track_id: found for found in session.exec(query)}


def remove(session: Session, user_id: int, track_ids: Iterable[int] | None = None) -> int:
    """Forget a person's descriptions, of all tracks or of some; return how many."""
    statement = delete(OwnDescription).where(col(OwnDescription.user_id) == user_id)
    if track_ids is not None:
        statement = statement.where(is_among(session, OwnDescription.track_id, track_ids))
    return session.exec(statement).rowcount


def forget_values(session: Session, user_id: int) -> None:
    """Forget what a person's files say of tracks, but for what they call them."""
    mine = col(OwnDescription.user_id) == user_id
    session.exec(delete(OwnDescription).where(mine, col(OwnDescription.title).is_(None)))
    nothing: dict[str, Any] = {"genres": [], "release_date": None, "duration_ms": None}
    session.exec(update(OwnDescription).where(mine).values(nothing))


def _said(track: FoundTrack, before: OwnDescription | None) -> dict[str, Any]:
    said: dict[str, Any] = {
        "title": track.title or None,
        "artists": [artist.name for artist in track.artists],
        "album": track.album,
        "release_date": track.release_date,
        "duration_ms": track.duration_ms,
        "genres": list(track.genres),
    }
    return {name: value or getattr(before, name, value) for name, value in said.items()}
