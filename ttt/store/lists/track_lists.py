"""Lists of tracks, apart from what is on them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, func, select

from ttt.models import ListEntry, Track, TrackList, User


def trending_id(session: Session, user_id: int) -> int:
    """Id of the list that every account has, 0 where there is no such account."""
    query = select(TrackList.id).where(TrackList.user_id == user_id, col(TrackList.trending))
    return session.exec(query).one_or_none() or 0


def get(session: Session, list_id: int) -> TrackList | None:
    """A list by its id, deleted ones too."""
    return session.get(TrackList, list_id)


def seen_by(session: Session, user_id: int) -> Sequence[tuple[TrackList, str]]:
    """All lists that a person may see, with the owner's name.

    Their own come first and among them their trending list, then those shared by others.
    """
    mine = col(TrackList.user_id) == user_id
    shared = (col(TrackList.access) != "private") & col(User.disabled_at).is_(None)
    query = (
        select(TrackList, User.name)
        .join(User, col(User.id) == col(TrackList.user_id))
        .where(col(TrackList.deleted_at).is_(None), mine | shared)
        .order_by(
            (~mine).asc(),
            col(TrackList.trending).desc(),
            func.lower(TrackList.name),
            col(TrackList.id),
        )
    )
    return session.exec(query).all()


def holding(session: Session, list_ids: Iterable[int], spotify_ids: Iterable[str]) -> set[int]:
    """Which of the lists have any of the tracks."""
    query = (
        select(ListEntry.list_id)
        .join(Track, col(Track.id) == col(ListEntry.track_id))
        .where(
            col(ListEntry.removed_at).is_(None),
            col(Track.spotify_id).in_(list(spotify_ids)),
            col(ListEntry.list_id).in_(list(list_ids)),
        )
    )
    return set(session.exec(query))


def names(session: Session, user_id: int) -> set[str]:
    """Names of the person's lists that are not deleted."""
    query = select(TrackList.name).where(
        TrackList.user_id == user_id, col(TrackList.deleted_at).is_(None)
    )
    return set(session.exec(query))


def own(session: Session, user_id: int) -> Sequence[tuple[int, str]]:
    """Id and name of the person's lists that are not deleted."""
    query = select(TrackList.id, TrackList.name).where(
        TrackList.user_id == user_id, col(TrackList.deleted_at).is_(None)
    )
    return session.exec(query).all()


def add(session: Session, track_list: TrackList) -> TrackList:
    """Save a new list and give it its id."""
    session.add(track_list)
    session.flush()
    return track_list


def delete_deleted(session: Session, before: datetime) -> None:
    """Forget for good what was deleted before a time."""
    session.exec(delete(TrackList).where(col(TrackList.deleted_at) < before))
