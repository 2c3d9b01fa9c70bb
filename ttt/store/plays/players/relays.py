"""To whose ListenBrainz account listens are passed on, and which ones wait for it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, func, insert, or_, select, update

from ttt.models import Relay, User, WaitingListen
from ttt.store import ahead

Waiting = tuple[int, bytes]
"""A listen with its id."""


def get(session: Session, user_id: int) -> Relay | None:
    """Somebody's relay as it stands."""
    query = select(Relay).where(Relay.user_id == user_id)
    return session.exec(query.execution_options(populate_existing=True)).one_or_none()


def add(session: Session, relay: Relay) -> None:
    """Keep a new relay."""
    session.add(relay)
    session.flush()


def change(session: Session, user_id: int, **values: Any) -> None:
    """Set columns of somebody's relay."""
    changed = update(Relay).where(col(Relay.user_id) == user_id).values(**values)
    session.exec(changed.execution_options(synchronize_session=False))


def remove(session: Session, user_id: int) -> bool:
    """Forget somebody's relay with all that waits, and say whether it was there."""
    session.exec(delete(WaitingListen).where(col(WaitingListen.user_id) == user_id))
    return session.exec(delete(Relay).where(col(Relay.user_id) == user_id)).rowcount == 1


def due(session: Session, now: datetime) -> list[int]:
    """Enabled people for whom listens wait and may go on now, whoever waits longest first."""
    may_go = or_(
        col(Relay.next_at) <= now,
        # Where no clock but a wrong one put it.
        col(Relay.next_at) > now + ahead.LONGEST_BLOCK,
    )
    query = (
        select(Relay.user_id)
        .join(User, col(User.id) == Relay.user_id)
        .where(may_go, col(User.disabled_at).is_(None), _waits(Relay.user_id))
        .order_by(col(Relay.next_at), col(Relay.user_id))
    )
    return list(session.exec(query))


def is_due(relay: Relay, now: datetime) -> bool:
    """Whether listens may go on now."""
    return not ahead.blocks(relay.next_at, now)


def wait(session: Session, user_id: int, listens: Sequence[bytes]) -> None:
    """Let listens wait, behind those that do."""
    rows = [{"user_id": user_id, "listen": listen} for listen in listens]
    session.execute(insert(WaitingListen), rows)


def waiting(session: Session, user_id: int, most: int) -> list[Waiting]:
    """The first listens that wait."""
    query = select(WaitingListen.id, WaitingListen.listen).where(WaitingListen.user_id == user_id)
    found = session.exec(query.order_by(col(WaitingListen.id)).limit(most))
    return [(i, listen) for i, listen in found]


def count(session: Session, user_id: int) -> int:
    """How many listens wait."""
    query = select(func.count()).select_from(WaitingListen)
    return session.exec(query.where(WaitingListen.user_id == user_id)).one()


def forget(session: Session, ids: Sequence[int]) -> None:
    """Delete listens that wait no longer."""
    session.exec(delete(WaitingListen).where(col(WaitingListen.id).in_(ids)))


def _waits(user_id: Any) -> Any:
    return select(WaitingListen.id).where(WaitingListen.user_id == user_id).exists()
