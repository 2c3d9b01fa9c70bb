"""Failed tries at the doors: sign-in, second factor, reset and the like."""

import hashlib
from datetime import datetime

from sqlmodel import Session, col, delete, func, select

from ttt.models import FailedTry
from ttt.store import ahead


def hash_of(name: str) -> str:
    """What stands for a name, as people type passwords as names."""
    return hashlib.sha256(name.encode()).hexdigest()


def add(session: Session, failure: FailedTry) -> None:
    """Count a try."""
    session.add(failure)
    session.flush()


def standing(
    session: Session, failure: FailedTry, since: datetime
) -> tuple[tuple[int, datetime | None], tuple[int, datetime | None]]:
    """How many other tries at its door there were since then, and the newest: name, address.

    Those of a clock that ran ahead do not count, or somebody would wait until that time.
    """
    others = select(func.count(), func.max(FailedTry.at)).where(
        FailedTry.door == failure.door,
        FailedTry.at > since,
        FailedTry.at <= ahead.not_yet(failure.at),
    )
    if failure.id is not None:
        others = others.where(FailedTry.id != failure.id)
    by_name = session.exec(others.where(FailedTry.name_hash == failure.name_hash)).one()
    if failure.address is None:
        return (by_name[0], by_name[1]), (0, None)
    by_address = session.exec(others.where(FailedTry.address == failure.address)).one()
    return (by_name[0], by_name[1]), (by_address[0], by_address[1])


def forget(session: Session, failure: FailedTry) -> None:
    """Forget the tries for a name at its door."""
    same = (col(FailedTry.door) == failure.door, col(FailedTry.name_hash) == failure.name_hash)
    session.exec(delete(FailedTry).where(*same))


def delete_old(session: Session, before: datetime) -> None:
    """Forget tries that count no longer."""
    session.exec(delete(FailedTry).where(col(FailedTry.at) <= before))
