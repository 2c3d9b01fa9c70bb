"""Everything that is kept of one person: each kind by one query, whatever its size."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, SQLModel, col, delete, func, select

from ttt.models import (
    AuditEvent,
    ChartEntry,
    ChartSnapshot,
    FailedTry,
    ListEntry,
    ListImport,
    OneTimeLink,
    OwnDescription,
    PersonalValue,
    Play,
    RecoveryCode,
    SentPlaylist,
    SentRow,
    TopEntry,
    TopSnapshot,
    Track,
    TrackList,
    User,
    WaitingName,
)
from ttt.plays import Counts
from ttt.store.doors import tries
from ttt.store.membership import is_among

Rows = Sequence[Any]


def of(session: Session, model: type[SQLModel], user_id: int, order: str) -> Sequence[Any]:
    """Rows of a table that has a `user_id`, in the order of a column."""
    query = select(model).where(col(getattr(model, "user_id")) == user_id)  # noqa: B009 - any model
    return session.exec(query.order_by(col(getattr(model, order)))).all()


class Held(NamedTuple):
    """How much is kept of one person; plays that count, tracks `valued` by their own word."""

    lists: int
    tracks: int
    top_lists: int
    plays: int
    valued: int


def held(session: Session, user_id: int) -> Held:
    """How much is kept of somebody, by one query."""
    lists = (col(TrackList.user_id) == user_id) & col(TrackList.deleted_at).is_(None)
    entries = (
        select(func.count(col(ListEntry.id)))
        .join(TrackList, col(TrackList.id) == col(ListEntry.list_id))
        .where(lists, col(ListEntry.removed_at).is_(None))
    )
    valued = select(func.count(col(PersonalValue.track_id).distinct()))
    counts = (
        select(func.count(col(TrackList.id))).where(lists),
        entries,
        select(func.count(col(TopSnapshot.id))).where(col(TopSnapshot.user_id) == user_id),
        select(func.count()).where(col(Play.user_id) == user_id, Play.counts == Counts.PLAY),
        valued.where(col(PersonalValue.user_id) == user_id),
    )
    return Held(*session.execute(select_columns(*(one.scalar_subquery() for one in counts))).one())


def recovery_codes(session: Session, user_id: int) -> int:
    """How many are left."""
    query = select(func.count()).where(col(RecoveryCode.user_id) == user_id)
    return session.exec(query).one()


def failed_tries(session: Session, username: str) -> Sequence[FailedTry]:
    """Tries with a name."""
    query = select(FailedTry).where(FailedTry.name_hash == tries.hash_of(username))
    return session.exec(query.order_by(col(FailedTry.id))).all()


def links(session: Session, user: User) -> Sequence[OneTimeLink]:
    """One-time links for a person, or made by them."""
    theirs = or_(col(OneTimeLink.user_id) == user.id, col(OneTimeLink.made_by) == user.username)
    return session.exec(
        select(OneTimeLink).where(theirs).order_by(col(OneTimeLink.created_at))
    ).all()


def forget_name(session: Session, username: str) -> None:
    """Forget what is kept under a name alone: failed tries, and links that its owner made."""
    tried = col(FailedTry.name_hash) == tries.hash_of(username)
    session.exec(delete(FailedTry).where(tried))
    session.exec(delete(OneTimeLink).where(col(OneTimeLink.made_by) == username))


def events(session: Session, username: str) -> Sequence[AuditEvent]:
    """What a person did, and what was done to them."""
    theirs = or_(col(AuditEvent.actor) == username, col(AuditEvent.subject) == username)
    return session.exec(select(AuditEvent).where(theirs).order_by(col(AuditEvent.id))).all()


def plays(session: Session, user_id: int) -> Rows:
    """ChartSnapshot and ChartEntry of a person's own play counts."""
    query = (
        select_columns(ChartSnapshot, ChartEntry)
        .join(ChartEntry, col(ChartEntry.snapshot_id) == col(ChartSnapshot.id))
        .where(col(ChartSnapshot.user_id) == user_id)
        .order_by(col(ChartSnapshot.id), col(ChartEntry.rank))
    )
    return session.execute(query).all()


def rankings(session: Session, user_id: int) -> Rows:
    """Snapshot id, rank and Spotify id of each rank that could be read."""
    query = (
        select_columns(col(TopSnapshot.id), col(TopEntry.rank), col(Track.spotify_id))
        .join(
            TopEntry,
            and_(
                col(TopEntry.user_id) == col(TopSnapshot.user_id),
                col(TopEntry.snapshot_id) == col(TopSnapshot.id),
            ),
        )
        .join(Track, col(Track.id) == col(TopEntry.track_id))
        .where(col(TopSnapshot.user_id) == user_id)
        .order_by(col(TopSnapshot.id), col(TopEntry.rank))
    )
    return session.execute(query).all()


def entries(session: Session, user_id: int) -> Rows:
    """ListEntry and Spotify id of all on a person's lists, removed or not, the first on top."""
    query = (
        select_columns(ListEntry, col(Track.spotify_id))
        .join(TrackList, col(TrackList.id) == col(ListEntry.list_id))
        .join(Track, col(Track.id) == col(ListEntry.track_id))
        .where(col(TrackList.user_id) == user_id)
        .order_by(col(ListEntry.list_id), col(ListEntry.position).desc(), col(ListEntry.id))
    )
    return session.execute(query).all()


def contributions(session: Session, user_id: int) -> Rows:
    """Entry, Spotify id, name of the list and its owner, of what a person added elsewhere."""
    query = (
        select_columns(ListEntry, col(Track.spotify_id), col(TrackList.name), col(User.name))
        .join(TrackList, col(TrackList.id) == col(ListEntry.list_id))
        .join(User, col(User.id) == col(TrackList.user_id))
        .join(Track, col(Track.id) == col(ListEntry.track_id))
        .where(and_(col(ListEntry.added_by) == user_id, col(TrackList.user_id) != user_id))
        .order_by(col(ListEntry.id))
    )
    return session.execute(query).all()


def values(session: Session, user_id: int) -> Rows:
    """PersonalValue and Spotify id."""
    query = (
        select_columns(PersonalValue, col(Track.spotify_id))
        .join(Track, col(Track.id) == col(PersonalValue.track_id))
        .where(col(PersonalValue.user_id) == user_id)
        .order_by(col(Track.spotify_id), col(PersonalValue.field), col(PersonalValue.source))
    )
    return session.execute(query).all()


def descriptions(session: Session, user_id: int) -> Rows:
    """OwnDescription and Spotify id."""
    query = (
        select_columns(OwnDescription, col(Track.spotify_id))
        .join(Track, col(Track.id) == col(OwnDescription.track_id))
        .where(col(OwnDescription.user_id) == user_id)
        .order_by(col(Track.spotify_id))
    )
    return session.execute(query).all()


def imports(session: Session, user_id: int) -> Rows:
    """ListImport and name of its list."""
    query = (
        select_columns(ListImport, col(TrackList.name))
        .join(TrackList, col(TrackList.id) == col(ListImport.list_id))
        .where(col(ListImport.user_id) == user_id)
        .order_by(col(ListImport.id))
    )
    return session.execute(query).all()


def waiting_names(session: Session, user_id: int) -> Rows:
    """Import id and text of each name that waits."""
    query = (
        select_columns(col(WaitingName.import_id), col(WaitingName.text))
        .join(ListImport, col(ListImport.id) == col(WaitingName.import_id))
        .where(col(ListImport.user_id) == user_id)
        .order_by(col(WaitingName.import_id), col(WaitingName.row))
    )
    return session.execute(query).all()


def playlist_rows(session: Session, user_id: int) -> Rows:
    """Playlist id and Spotify id of each row that a person sent."""
    query = (
        select_columns(col(SentRow.playlist_id), col(SentRow.spotify_id))
        .join(SentPlaylist, col(SentPlaylist.id) == col(SentRow.playlist_id))
        .where(col(SentPlaylist.user_id) == user_id)
        .order_by(col(SentRow.playlist_id), col(SentRow.position))
    )
    return session.execute(query).all()


def tracks(session: Session, spotify_ids: Iterable[str]) -> Sequence[Track]:
    """Tracks of the Spotify ids that are known."""
    query = select(Track).where(is_among(session, Track.spotify_id, spotify_ids))
    return session.exec(query.order_by(col(Track.spotify_id))).all()
