"""Which tracks people hold: in top lists, in lists of their own and by values of their own."""

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, func, or_, select, tuple_

from ttt.models import (
    Artist,
    ListEntry,
    OwnDescription,
    PersonalValue,
    Play,
    PlayAgain,
    TopEntry,
    TopSnapshot,
    Track,
    TrackArtist,
    TrackList,
)
from ttt.store.membership import is_among

_Holder = (
    type[TopEntry]
    | type[ListEntry]
    | type[PersonalValue]
    | type[OwnDescription]
    | type[Play]
    | type[PlayAgain]
)


def listed(session: Session, user_id: int | None = None) -> list[str]:
    """Spotify ids of the tracks in somebody's newest top lists or saved lists, or anybody's."""
    newest = select(TopSnapshot.user_id, func.max(TopSnapshot.id)).group_by(
        col(TopSnapshot.user_id), col(TopSnapshot.period)
    )
    saved = (
        select(ListEntry.track_id)
        .join(TrackList, col(TrackList.id) == col(ListEntry.list_id))
        .where(col(ListEntry.removed_at).is_(None), col(TrackList.deleted_at).is_(None))
    )
    if user_id is not None:
        newest = newest.where(TopSnapshot.user_id == user_id)
        saved = saved.where(TrackList.user_id == user_id)
    of_list = tuple_(col(TopEntry.user_id), col(TopEntry.snapshot_id))
    ranked = select(TopEntry.track_id).where(of_list.in_(newest))
    listed = or_(col(Track.id).in_(saved), col(Track.id).in_(ranked))
    found = session.exec(select(Track.spotify_id).where(listed).order_by(col(Track.id)))
    return [spotify_id for spotify_id in found if spotify_id]


def delete_orphans(session: Session) -> None:
    """Forget tracks that nobody lists, ranks, played or has own values of, and artists of none."""
    holders: list[_Holder] = [
        *(TopEntry, ListEntry, PersonalValue, OwnDescription),
        *(Play, PlayAgain),
    ]
    _delete_unused(session, Track, ~or_(*(_holds(holder) for holder in holders)))
    _delete_unused(session, Artist, col(Artist.id).not_in(select(TrackArtist.artist_id)))


def _holds(model: _Holder) -> ColumnElement[bool]:
    # By the index of each: somebody's plays are many more than there are tracks.
    return select(model.track_id).where(model.track_id == Track.id).exists()


def _delete_unused(
    session: Session, model: type[Track] | type[Artist], unused: ColumnElement[bool]
) -> None:
    # Locked first and looked at again, as somebody may be saving one of them at this moment.
    ids = session.exec(select(model.id).where(unused).with_for_update(skip_locked=True)).all()
    session.exec(delete(model).where(is_among(session, model.id, ids), unused))
