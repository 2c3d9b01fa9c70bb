"""Times in which plays may be missing."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from ttt.models import PlayGap
from ttt.plays import PlaySource


def save(session: Session, gap: PlayGap) -> None:
    """Keep a gap; one of the same source and start is made longer or shorter in its place."""
    same = (
        col(PlayGap.user_id) == gap.user_id,
        col(PlayGap.source) == gap.source,
        col(PlayGap.from_at) == gap.from_at,
        col(PlayGap.closed_by).is_(None),
    )
    moved = update(PlayGap).where(*same).values(until_at=gap.until_at)
    if session.exec(moved.execution_options(synchronize_session=False)).rowcount == 0:
        session.add(gap)
        session.flush()


def drop(session: Session, user_id: int, source: PlaySource, from_at: datetime) -> None:
    """Forget a gap that turned out to be none."""
    session.exec(
        delete(PlayGap).where(
            col(PlayGap.user_id) == user_id,
            col(PlayGap.source) == source,
            col(PlayGap.from_at) == from_at,
            col(PlayGap.closed_by).is_(None),
        )
    )


def forget(session: Session, user_id: int, source: PlaySource) -> None:
    """Forget somebody's open gaps of a source, as nothing it told is kept."""
    session.exec(
        delete(PlayGap).where(
            col(PlayGap.user_id) == user_id,
            col(PlayGap.source) == source,
            col(PlayGap.closed_by).is_(None),
        )
    )


def of_user(session: Session, user_id: int, *, open_only: bool = False) -> Sequence[PlayGap]:
    """Somebody's gaps, the oldest first."""
    query = select(PlayGap).where(PlayGap.user_id == user_id)
    if open_only:
        query = query.where(col(PlayGap.closed_by).is_(None))
    return session.exec(query.order_by(col(PlayGap.from_at), col(PlayGap.id))).all()


def close(
    session: Session,
    user_id: int,
    upload_id: int,
    sources: Collection[PlaySource],
    span: tuple[int, int],
) -> int:
    """Close the open gaps of some sources that lie within a span; return how many."""
    closed = (
        update(PlayGap)
        .where(
            col(PlayGap.user_id) == user_id,
            col(PlayGap.closed_by).is_(None),
            col(PlayGap.source).in_(sorted(sources)),
            col(PlayGap.from_at) >= span[0],
            col(PlayGap.until_at) <= span[1],
        )
        .values(closed_by=upload_id)
    )
    return session.connection().execute(closed).rowcount


def reopen(session: Session, user_id: int, upload_id: int) -> None:
    """Open the gaps again that an upload had closed."""
    session.exec(
        update(PlayGap)
        .where(col(PlayGap.user_id) == user_id, col(PlayGap.closed_by) == upload_id)
        .values(closed_by=None)
    )
