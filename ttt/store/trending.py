"""Trending lists. Whoever writes to one first raises the person's revision, and so takes turns."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from ttt.models import TrendingEntry, User
from ttt.store.membership import is_among
from ttt.store.upsert import upsert

_NEWEST_FIRST = (col(TrendingEntry.added_at).desc(), col(TrendingEntry.id).desc())


def listed(session: Session, user_id: int) -> Sequence[TrendingEntry]:
    """Entries of a person's list, newest first."""
    query = select(TrendingEntry).where(
        TrendingEntry.user_id == user_id, col(TrendingEntry.removed_at).is_(None)
    )
    return session.exec(query.order_by(*_NEWEST_FIRST)).all()


def everyones(session: Session, limit: int) -> Sequence[tuple[TrendingEntry, str]]:
    """The newest entries of all enabled people's lists, each with the person's name."""
    query = (
        select(TrendingEntry, User.name)
        .join(User, col(User.id) == col(TrendingEntry.user_id))
        .where(col(TrendingEntry.removed_at).is_(None), col(User.disabled_at).is_(None))
        .order_by(*_NEWEST_FIRST)
        .limit(limit)
    )
    return session.exec(query).all()


def listed_ids(session: Session, user_id: int, track_ids: Iterable[int]) -> set[int]:
    """Which of the track ids are on the person's list."""
    query = select(TrendingEntry.track_id).where(
        TrendingEntry.user_id == user_id, col(TrendingEntry.removed_at).is_(None)
    )
    return set(session.exec(query)) & set(track_ids)


def add(session: Session, user_id: int, track_ids: Sequence[int], at: datetime) -> int:
    """Put tracks on a person's list; return how many, as those that are there stay as they are.

    The first of `track_ids` becomes the newest entry, so that a list reads as it was given.
    """
    there = listed_ids(session, user_id, track_ids)
    new = [track_id for track_id in dict.fromkeys(track_ids) if track_id not in there]
    session.exec(
        delete(TrendingEntry).where(
            col(TrendingEntry.user_id) == user_id,
            is_among(session, TrendingEntry.track_id, new),
            col(TrendingEntry.removed_at).is_not(None),
        )
    )
    # Entries of one moment are ordered by their ids, so the newest is inserted last.
    rows = [{"user_id": user_id, "track_id": i, "added_at": at} for i in reversed(new)]
    upsert(session, TrendingEntry, rows, ["user_id", "track_id"], as_given=True)
    return len(new)


def remove(
    session: Session, user_id: int, track_ids: Iterable[int] | None, removal: str, at: datetime
) -> int:
    """Take tracks (None: all) off a person's list under a removal's name; return how many."""
    statement = update(TrendingEntry).where(
        col(TrendingEntry.user_id) == user_id, col(TrendingEntry.removed_at).is_(None)
    )
    if track_ids is not None:
        statement = statement.where(is_among(session, TrendingEntry.track_id, track_ids))
    return session.exec(statement.values(removed_at=at, removal=removal)).rowcount


def restore(session: Session, user_id: int, removal: str) -> int:
    """Put back what a removal took, with the dates it had; return how many.

    A track that was added again meanwhile is no longer part of the removal.
    """
    statement = (
        update(TrendingEntry)
        .where(col(TrendingEntry.user_id) == user_id, col(TrendingEntry.removal) == removal)
        .values(removed_at=None, removal=None)
    )
    return session.exec(statement).rowcount


def delete_removed(session: Session, before: datetime) -> None:
    """Forget for good what was removed before a time."""
    session.exec(delete(TrendingEntry).where(col(TrendingEntry.removed_at) < before))
