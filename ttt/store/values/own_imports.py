"""Files with values that people brought, and what became of each row."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from ttt.models import OwnImport


def add(session: Session, import_: OwnImport) -> int:
    """Keep an import; return its id."""
    session.add(import_)
    session.flush()
    return import_.id


def of(session: Session, user_id: int, limit: int) -> Sequence[OwnImport]:
    """A person's newest imports."""
    query = select(OwnImport).where(OwnImport.user_id == user_id)
    return session.exec(query.order_by(col(OwnImport.id).desc()).limit(limit)).all()


def close(session: Session, user_id: int, import_id: int, at: datetime) -> bool:
    """Note that the person has seen an import's receipt; return whether there is one."""
    closed = session.exec(
        update(OwnImport)
        .where(col(OwnImport.id) == import_id, col(OwnImport.user_id) == user_id)
        .values(closed_at=at)
    )
    return closed.rowcount == 1


def forget(session: Session, before: datetime) -> None:
    """Forget imports older than `before`."""
    session.exec(delete(OwnImport).where(col(OwnImport.at) < before))


def remove(session: Session, user_id: int) -> None:
    """Forget all imports of a person."""
    session.exec(delete(OwnImport).where(col(OwnImport.user_id) == user_id))
