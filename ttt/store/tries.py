"""Failed tries at the doors: sign-in, second factor, reset and the like."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, and_, col, delete, or_, select

from ttt.models import FailedTry


def add(session: Session, failure: FailedTry) -> None:
    """Count a try."""
    session.add(failure)
    session.flush()


def times(
    session: Session, failure: FailedTry, since: datetime
) -> tuple[Sequence[datetime], Sequence[datetime]]:
    """Times of the tries at a door since then, newest first: for the name, from the address."""
    recent = select(FailedTry.at).where(FailedTry.door == failure.door, FailedTry.at > since)
    recent = recent.order_by(col(FailedTry.at).desc())
    by_name = session.exec(recent.where(FailedTry.name_hash == failure.name_hash)).all()
    if failure.address is None:
        return by_name, []
    return by_name, session.exec(recent.where(FailedTry.address == failure.address)).all()


def forget(session: Session, failure: FailedTry, before: datetime) -> None:
    """Forget the tries for a name at its door, and all that are older than a time."""
    same = and_(col(FailedTry.door) == failure.door, col(FailedTry.name_hash) == failure.name_hash)
    session.exec(delete(FailedTry).where(or_(same, col(FailedTry.at) < before)))
