"""Times in which plays may be missing."""

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select, update

from ttt.models import PlayGap
from ttt.plays import PlaySource


def add(session: Session, gap: PlayGap) -> None:
    """Keep a gap."""
    session.add(gap)
    session.flush()


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
