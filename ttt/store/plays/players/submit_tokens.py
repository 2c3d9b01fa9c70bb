"""Tokens by which players send plays, and what they say that they play."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, func, select, update

from ttt.models import SubmitToken, User


def add(session: Session, token: SubmitToken) -> None:
    """Keep a token."""
    session.add(token)
    session.flush()


def count(session: Session, user_id: int) -> int:
    """How many tokens somebody has."""
    query = select(func.count()).select_from(SubmitToken).where(SubmitToken.user_id == user_id)
    return session.exec(query).one()


def of_user(session: Session, user_id: int) -> Sequence[SubmitToken]:
    """Somebody's tokens, the oldest first."""
    query = select(SubmitToken).where(SubmitToken.user_id == user_id)
    return session.exec(query.order_by(col(SubmitToken.id))).all()


def find(session: Session, token_hash: str) -> tuple[SubmitToken, User] | None:
    """A token with the enabled account that it is of."""
    query = (
        select(SubmitToken, User)
        .join(User, col(User.id) == SubmitToken.user_id)
        .where(SubmitToken.token_hash == token_hash, col(User.disabled_at).is_(None))
    )
    row = session.exec(query).one_or_none()
    return None if row is None else (row[0], row[1])


def revoke(session: Session, user_id: int, token_id: int) -> str | None:
    """Delete one of somebody's tokens; its name, None when there is none (any more)."""
    gone = (
        delete(SubmitToken)
        .where(col(SubmitToken.id) == token_id, col(SubmitToken.user_id) == user_id)
        .returning(col(SubmitToken.name))
    )
    row = session.exec(gone).one_or_none()
    return None if row is None else str(row[0])


def used(session: Session, token_id: int, at: datetime) -> None:
    """Note that a player sent something."""
    _set(session, token_id, used_at=at)


def plays(
    session: Session, token_id: int, playing: Mapping[str, Any] | None, until: datetime | None
) -> None:
    """Keep what a player says that it plays, None for nothing."""
    _set(session, token_id, playing=playing, playing_until=until)


def _set(session: Session, token_id: int, **values: Any) -> None:
    change = update(SubmitToken).where(col(SubmitToken.id) == token_id).values(**values)
    session.exec(change.execution_options(synchronize_session=False))
