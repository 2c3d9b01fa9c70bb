"""Snapshots of charts, public or a person's own, and people's names at Last.fm."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, delete, select

from ttt.found import Charted
from ttt.models import ChartEntry, ChartSnapshot, LastFmAccount, User
from ttt.store import ahead
from ttt.store.upsert import replace_all, upsert

_FIELDS = tuple(field.name for field in fields(Charted))


def add(
    session: Session, chart: str, user_id: int | None, taken_at: datetime, found: Sequence[Charted]
) -> None:
    """Keep a chart as it was at a time."""
    snapshot = ChartSnapshot(chart=chart, user_id=user_id, taken_at=taken_at)
    session.add(snapshot)
    session.flush()
    rows = [
        asdict(entry) | {"snapshot_id": snapshot.id, "rank": entry.rank or place}
        for place, entry in enumerate(found, start=1)
    ]
    upsert(session, ChartEntry, rows, ["snapshot_id", "rank"])


def latest(
    session: Session, chart: str, user_id: int | None, count: int, now: datetime
) -> Sequence[ChartSnapshot]:
    """The newest snapshots of a chart, newest first; those of after `now` behind all others."""
    query = (
        select(ChartSnapshot)
        .where(ChartSnapshot.chart == chart, ChartSnapshot.user_id == user_id)
        .order_by(
            ahead.last(ChartSnapshot.taken_at, now),
            col(ChartSnapshot.taken_at).desc(),
            col(ChartSnapshot.id).desc(),
        )
        .limit(count)
    )
    return session.exec(query).all()


def entries(session: Session, snapshot: ChartSnapshot) -> list[Charted]:
    """What a snapshot holds, the first on top."""
    columns = (getattr(ChartEntry, name) for name in _FIELDS)
    query = select_columns(*columns).where(col(ChartEntry.snapshot_id) == snapshot.id)
    return [Charted(*row) for row in session.execute(query.order_by(col(ChartEntry.rank)))]


def delete_before(session: Session, chart: str, user_id: int | None, at: datetime) -> None:
    """Forget the snapshots of a chart that are older."""
    session.exec(
        delete(ChartSnapshot).where(
            col(ChartSnapshot.chart) == chart,
            col(ChartSnapshot.user_id) == user_id,
            col(ChartSnapshot.taken_at) < at,
        )
    )


def delete_own(session: Session, user_id: int) -> None:
    """Forget all play counts of a person, and their name at Last.fm."""
    session.exec(delete(ChartSnapshot).where(col(ChartSnapshot.user_id) == user_id))
    session.exec(delete(LastFmAccount).where(col(LastFmAccount.user_id) == user_id))


def lastfm_account(session: Session, user_id: int) -> LastFmAccount | None:
    """What a person is called at Last.fm."""
    return session.get(LastFmAccount, user_id)


def save_lastfm_account(session: Session, account: LastFmAccount) -> None:
    """Insert or replace what a person is called at Last.fm."""
    upsert(
        session,
        LastFmAccount,
        [account.model_dump()],
        ["user_id"],
        replace_all("username", "unknown_at"),
    )


def lastfm_listeners(session: Session) -> list[int]:
    """Ids of the enabled people who gave a name at Last.fm."""
    query = (
        select(LastFmAccount.user_id)
        .join(User, col(User.id) == LastFmAccount.user_id)
        .where(col(User.disabled_at).is_(None))
    )
    return list(session.exec(query.order_by(col(LastFmAccount.user_id))))
