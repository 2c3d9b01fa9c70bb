"""Entries of lists. Whoever writes first raises the owner's revision, and so takes turns."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, delete, func, select, update

from ttt.models import ListEntry, TrackList, User
from ttt.store.membership import is_among
from ttt.store.upsert import upsert


@dataclass(frozen=True, slots=True)
class Placed:
    """A track that is to stand on a list, with what is kept beside it."""

    track_id: int
    added_at: datetime
    added_by: int | None
    note: str | None = None
    tags: tuple[str, ...] = ()


_PRESENT = col(ListEntry.removed_at).is_(None)


def listed(session: Session, list_id: int) -> Sequence[ListEntry]:
    """Entries of a list in their order: what came last is first unless somebody moved it."""
    query = select(ListEntry).where(ListEntry.list_id == list_id, _PRESENT)
    return session.exec(query.order_by(col(ListEntry.position).desc())).all()


def added_by(session: Session, list_id: int) -> dict[int, str]:
    """Names of those who added to a list, by id."""
    query = select(User.id, User.name).where(
        col(User.id).in_(select(ListEntry.added_by).where(ListEntry.list_id == list_id))
    )
    return dict(session.exec(query).all())


def everyones(session: Session, limit: int) -> Sequence[tuple[ListEntry, str]]:
    """The newest entries of all enabled people's trending lists, each with the person's name."""
    query = (
        select(ListEntry, User.name)
        .join(TrackList, col(TrackList.id) == col(ListEntry.list_id))
        .join(User, col(User.id) == col(TrackList.user_id))
        .where(_PRESENT, col(TrackList.trending), col(User.disabled_at).is_(None))
        .order_by(col(ListEntry.added_at).desc(), col(ListEntry.id).desc())
        .limit(limit)
    )
    return session.exec(query).all()


def listed_ids(session: Session, list_id: int, track_ids: Iterable[int]) -> set[int]:
    """Which of the track ids are on the list."""
    query = select(ListEntry.track_id).where(ListEntry.list_id == list_id, _PRESENT)
    return set(session.exec(query)) & set(track_ids)


def add(
    session: Session, list_id: int, track_ids: Sequence[int], at: datetime, by: int | None = None
) -> set[int]:
    """Put tracks on top of a list; return the ids of the new ones, as the others stay as they are.

    The first of `track_ids` becomes the first of the list, so that it reads as it was given.
    """
    return place(session, list_id, [Placed(i, at, by) for i in dict.fromkeys(track_ids)])


def place(session: Session, list_id: int, entries: Sequence[Placed]) -> set[int]:
    """Put entries, of a track each, on top of a list; return the track ids of the new ones."""
    there = listed_ids(session, list_id, [entry.track_id for entry in entries])
    new = [entry for entry in entries if entry.track_id not in there]
    session.exec(
        delete(ListEntry).where(
            col(ListEntry.list_id) == list_id,
            is_among(session, ListEntry.track_id, [entry.track_id for entry in new]),
            ~_PRESENT,
        )
    )
    highest = func.max(ListEntry.position)
    top = session.exec(select(highest).where(ListEntry.list_id == list_id)).one() or 0
    owner = session.exec(select(TrackList.user_id).where(TrackList.id == list_id)).one()
    where = {"user_id": owner, "list_id": list_id}
    rows: list[dict[str, Any]] = [
        where | {"position": top + place} | asdict(entry) | {"tags": list(entry.tags)}
        for place, entry in enumerate(reversed(new), start=1)
    ]
    upsert(session, ListEntry, rows, ["user_id", "list_id", "track_id"], as_given=True)
    return {entry.track_id for entry in new}


def arrange(session: Session, list_id: int, track_ids: Sequence[int]) -> None:
    """Give a list the order of `track_ids`, which are all that are on it."""
    session.connection().execute(
        update(ListEntry)
        .where(col(ListEntry.list_id) == list_id, col(ListEntry.track_id) == bindparam("track"))
        .values(position=bindparam("place")),
        [
            {"track": track_id, "place": place}
            for place, track_id in enumerate(reversed(track_ids), start=1)
        ],
    )


def describe(
    session: Session, list_id: int, track_id: int, note: str | None, tags: Sequence[str]
) -> bool:
    """Set note and tags of a track on a list; whether it is there."""
    statement = update(ListEntry).where(
        col(ListEntry.list_id) == list_id, col(ListEntry.track_id) == track_id, _PRESENT
    )
    return session.exec(statement.values(note=note, tags=list(tags))).rowcount == 1


def remove(
    session: Session, list_id: int, track_ids: Iterable[int] | None, removal: str, at: datetime
) -> int:
    """Take tracks (None: all) off a list under a removal's name; return how many."""
    statement = update(ListEntry).where(col(ListEntry.list_id) == list_id, _PRESENT)
    if track_ids is not None:
        statement = statement.where(is_among(session, ListEntry.track_id, track_ids))
    return session.exec(statement.values(removed_at=at, removal=removal)).rowcount


def restore(session: Session, list_id: int, removal: str) -> int:
    """Put back what a removal took, as it was; return how many.

    A track that was added again meanwhile is no longer part of the removal.
    """
    statement = (
        update(ListEntry)
        .where(col(ListEntry.list_id) == list_id, col(ListEntry.removal) == removal)
        .values(removed_at=None, removal=None)
    )
    return session.exec(statement).rowcount


def delete_removed(session: Session, before: datetime) -> None:
    """Forget for good what was removed before a time."""
    session.exec(delete(ListEntry).where(col(ListEntry.removed_at) < before))
