"""Accounts with when they were last seen."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from ttt.models import User, UserSession


def every(session: Session) -> Sequence[tuple[User, datetime | None]]:
    """All accounts by name, each with its newest visit that a session still tells of."""
    seen = func.max(col(UserSession.last_seen_at))
    query = select(User, seen).outerjoin(UserSession, col(UserSession.user_id) == col(User.id))
    return session.exec(query.group_by(col(User.id)).order_by(col(User.username))).all()


def sessions_at(session: Session, now: datetime) -> int:
    """Number of sessions that have not ended."""
    open_ = select(func.count()).select_from(UserSession).where(UserSession.expires_at > now)
    return session.exec(open_).one()
