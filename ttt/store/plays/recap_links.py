"""Links that show one recap."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, func, select, update

from ttt.models import RecapLink, User


def add(session: Session, link: RecapLink) -> int:
    """Keep a link; its id."""
    session.add(link)
    session.flush()
    return link.id


def count(session: Session, user_id: int) -> int:
    """How many links somebody has."""
    query = select(func.count()).select_from(RecapLink).where(RecapLink.user_id == user_id)
    return session.exec(query).one()


def of_user(session: Session, user_id: int) -> Sequence[RecapLink]:
    """Somebody's links, the newest first."""
    query = select(RecapLink).where(RecapLink.user_id == user_id)
    return session.exec(query.order_by(col(RecapLink.id).desc())).all()


def find(session: Session, token_hash: str) -> RecapLink | None:
    """A link of an enabled account."""
    query = (
        select(RecapLink)
        .join(User, col(User.id) == RecapLink.user_id)
        .where(RecapLink.token_hash == token_hash, col(User.disabled_at).is_(None))
    )
    return session.exec(query).one_or_none()


def note_opened(session: Session, link_id: int, at: datetime) -> None:
    """Count that it was opened."""
    change = update(RecapLink).where(col(RecapLink.id) == link_id)
    change = change.values(opened=RecapLink.opened + 1, opened_at=at)
    session.exec(change.execution_options(synchronize_session=False))


def end(session: Session, user_id: int, link_id: int) -> str | None:
    """Delete one of somebody's links; the name of its recap, None when there is none (any more)."""
    gone = (
        delete(RecapLink)
        .where(col(RecapLink.id) == link_id, col(RecapLink.user_id) == user_id)
        .returning(col(RecapLink.name))
    )
    row = session.exec(gone).one_or_none()
    return None if row is None else str(row[0])
