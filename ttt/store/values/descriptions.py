"""What people's own files call tracks and say of them; only they see it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, text
from sqlmodel import Session, col, delete, select, update

from ttt.found import FoundTrack
from ttt.models import ListEntry, OwnDescription, Play, TrackList
from ttt.store.membership import as_json, is_among
from ttt.store.upsert import upsert

Called = tuple[int, str, tuple[str, ...], str | None]
"""A track's id, and the title, artists and album that a file gives it."""

Kept = tuple[int, datetime, FoundTrack]
"""A track's id, when it was described, and what is said of it."""
_COLUMNS = "user_id, track_id, observed_at, title, artists, album, genres"
_NAMED = (
    " ON CONFLICT (user_id, track_id) DO UPDATE SET"
    " title = excluded.title, artists = excluded.artists, album = excluded.album"
)
_ADD_ON_SQLITE = (
    f"INSERT INTO own_description ({_COLUMNS})"
    " SELECT :user, json_extract(value, '$[0]'), :at, json_extract(value, '$[1]'),"
    " json_extract(value, '$[2]'), json_extract(value, '$[3]'), '[]'"
    f" FROM json_each(:rows) WHERE true{_NAMED}"
)
_ADD_ON_POSTGRESQL = (
    f"INSERT INTO own_description ({_COLUMNS})"
    " SELECT :user, (value ->> 0)::integer, :at, value ->> 1, value -> 2, value ->> 3, '[]'"
    f" FROM json_array_elements(CAST(:rows AS json)) AS called (value){_NAMED}"
)


def save(session: Session, user_id: int, described: Mapping[int, FoundTrack], at: datetime) -> None:
    """Save a person's descriptions by track id; what a new one does not say stays as it was."""
    before = read(session, user_id, described)
    rows = [
        {"user_id": user_id, "track_id": i, "observed_at": at} | _said(track, before.get(i))
        for i, track in described.items()
    ]
    remove(session, user_id, before)
    upsert(session, OwnDescription, rows, ["user_id", "track_id"])


def put(session: Session, user_id: int, kept: Iterable[Kept]) -> None:
    """Keep descriptions with their own times; what is there stays."""
    rows = [
        {"user_id": user_id, "track_id": i, "observed_at": at} | _said(track, None)
        for i, at, track in kept
    ]
    upsert(session, OwnDescription, rows, ["user_id", "track_id"])


def add(session: Session, user_id: int, called: Iterable[Called], at: datetime) -> None:
    """Save what a person's histories call tracks that had no name."""
    rows = as_json(sorted(called))
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    table: Any = OwnDescription.__table__  # type: ignore[attr-defined]  # SQLModel does not type it
    # All of them as one parameter: a tenth of the time of a statement for each.
    statement = text(_ADD_ON_POSTGRESQL if on_postgresql else _ADD_ON_SQLITE)
    typed = statement.bindparams(bindparam("at", type_=table.c.observed_at.type))
    session.connection().execute(typed, {"user": user_id, "at": at, "rows": rows})


def forget_unheld(session: Session, user_id: int, track_ids: Iterable[int]) -> None:
    """Forget what a person's files call tracks that they neither played nor have on a list."""
    mine = col(TrackList.user_id) == user_id
    listed = select(ListEntry.track_id).join(TrackList).where(mine)
    played = select(Play.track_id).where(col(Play.user_id) == user_id)
    session.exec(
        delete(OwnDescription).where(
            col(OwnDescription.user_id) == user_id,
            is_among(session, OwnDescription.track_id, track_ids),
            col(OwnDescription.track_id).not_in(listed),
            col(OwnDescription.track_id).not_in(played),
        )
    )


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
