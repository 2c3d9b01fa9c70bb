"""Snapshots of top tracks."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, func, select

from ttt.models import TopEntry, TopSnapshot, Track
from ttt.store import ahead
from ttt.store.upsert import upsert

# The track ids in the order of their ranks, None for a rank that could not be read.
Places = Sequence[int | None]
# Period, when it was taken, and what stood where.
Ranked = tuple[str, datetime, Places]


def add(session: Session, user_id: int, period: str, taken_at: datetime, places: Places) -> None:
    """Keep a ranked list as it was at a time."""
    add_all(session, user_id, [(period, taken_at, places)])


def add_all(session: Session, user_id: int, ranked: Sequence[Ranked]) -> None:
    """Keep many ranked lists, in as few statements as one."""
    kept = [
        TopSnapshot(user_id=user_id, period=period, taken_at=at, length=len(places))
        for period, at, places in ranked
    ]
    session.add_all(kept)
    session.flush()
    rows = [
        {"user_id": user_id, "snapshot_id": snapshot.id, "rank": rank, "track_id": track_id}
        for snapshot, (_, _, places) in zip(kept, ranked, strict=True)
        for rank, track_id in enumerate(places, start=1)
        if track_id is not None
    ]
    upsert(session, TopEntry, rows, ["user_id", "snapshot_id", "rank"])


def times(session: Session, user_id: int) -> set[tuple[str, datetime]]:
    """Period and time of all snapshots of a person."""
    query = select(TopSnapshot.period, TopSnapshot.taken_at).where(TopSnapshot.user_id == user_id)
    return {(period, at) for period, at in session.exec(query)}


def latest(
    session: Session, user_id: int, period: str, count: int, now: datetime
) -> Sequence[TopSnapshot]:
    """The newest snapshots of a period, newest first; those of after `now` behind all others."""
    query = (
        select(TopSnapshot)
        .where(TopSnapshot.user_id == user_id, TopSnapshot.period == period)
        .order_by(
            ahead.last(TopSnapshot.taken_at, now),
            col(TopSnapshot.taken_at).desc(),
            col(TopSnapshot.id).desc(),
        )
        .limit(count)
    )
    return session.exec(query).all()


def last_between(
    session: Session, user_id: int, period: str, since: datetime, until: datetime
) -> TopSnapshot | None:
    """The newest snapshot of a period that was taken from one time to before another."""
    query = select(TopSnapshot).where(
        TopSnapshot.user_id == user_id,
        TopSnapshot.period == period,
        TopSnapshot.taken_at >= since,
        TopSnapshot.taken_at < until,
    )
    newest = query.order_by(col(TopSnapshot.taken_at).desc(), col(TopSnapshot.id).desc())
    return session.exec(newest.limit(1)).first()


def places(session: Session, snapshot: TopSnapshot) -> list[int | None]:
    """Track id at each rank of a snapshot, None where it could not be read."""
    query = select(TopEntry.rank, TopEntry.track_id).where(
        TopEntry.user_id == snapshot.user_id, TopEntry.snapshot_id == snapshot.id
    )
    known = dict(session.exec(query).all())
    return [known.get(rank) for rank in range(1, snapshot.length + 1)]


def ranks(
    session: Session, user_id: int, snapshot_ids: Sequence[int | None], among: int
) -> Sequence[tuple[int, int, str]]:
    """Snapshot, rank and Spotify id of all tracks that are on the snapshot `among` as well."""
    there = select(TopEntry.track_id).where(
        TopEntry.user_id == user_id, TopEntry.snapshot_id == among
    )
    query = (
        select(TopEntry.snapshot_id, TopEntry.rank, col(Track.spotify_id))
        .join(Track, col(Track.id) == col(TopEntry.track_id))
        .where(_of(user_id, snapshot_ids), col(TopEntry.track_id).in_(there))
        .order_by(col(TopEntry.snapshot_id), col(TopEntry.rank))
    )
    rows = session.exec(query)
    return [(one, rank, spotify_id) for one, rank, spotify_id in rows if spotify_id]


def ranks_of(
    session: Session,
    user_id: int,
    snapshot_ids: Sequence[int | None],
    spotify_ids: Sequence[str],
) -> Sequence[tuple[int, int]]:
    """Snapshot and best rank of any of the tracks, of those snapshots that have one."""
    query = (
        select(TopEntry.snapshot_id, func.min(TopEntry.rank))
        .join(Track, col(Track.id) == col(TopEntry.track_id))
        .where(_of(user_id, snapshot_ids), col(Track.spotify_id).in_(spotify_ids))
        .group_by(col(TopEntry.snapshot_id))
    )
    return session.exec(query).all()


def _of(user_id: int, snapshot_ids: Sequence[int | None]) -> ColumnElement[bool]:
    return (col(TopEntry.user_id) == user_id) & col(TopEntry.snapshot_id).in_(snapshot_ids)


def delete_all(session: Session, user_id: int) -> None:
    """Forget all snapshots of a person."""
    session.exec(delete(TopSnapshot).where(col(TopSnapshot.user_id) == user_id))


def newest_times(session: Session, now: datetime) -> dict[tuple[int, str], datetime]:
    """When the newest snapshot of each person and period was taken, up to `now`."""
    query = select(TopSnapshot.user_id, TopSnapshot.period, func.max(TopSnapshot.taken_at))
    query = query.where(TopSnapshot.taken_at <= ahead.not_yet(now))
    rows = session.exec(query.group_by(col(TopSnapshot.user_id), col(TopSnapshot.period)))
    return {(user_id, period): at for user_id, period, at in rows}
