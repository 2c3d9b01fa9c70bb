"""Accounts."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select, update

from ttt.models import User
from ttt.roles import Role


def get(session: Session, user_id: int) -> User | None:
    """Account by id."""
    return session.get(User, user_id)


def by_username(session: Session, username: str) -> User | None:
    """Account by its case-folded name."""
    return session.exec(select(User).where(User.username == username)).one_or_none()


def every(session: Session) -> Sequence[User]:
    """All accounts by name."""
    return session.exec(select(User).order_by(col(User.username))).all()


def count(session: Session) -> int:
    """Number of accounts."""
    return session.exec(select(func.count()).select_from(User)).one()


def enabled_admins(session: Session) -> Sequence[User]:
    """Admins that can sign in; locked until the transaction ends where the database can."""
    query = select(User).where(User.role == Role.ADMIN, col(User.disabled_at).is_(None))
    return session.exec(query.with_for_update()).all()


def add(session: Session, user: User) -> User:
    """Save a new account and give it its id."""
    session.add(user)
    session.flush()
    return user


def touch(session: Session, user_id: int) -> None:
    """Raise the person's revision, so that no process shows what it cached before."""
    session.exec(update(User).where(col(User.id) == user_id).values(revision=User.revision + 1))


def touch_all(session: Session) -> None:
    """Raise everybody's revision."""
    session.exec(update(User).values(revision=User.revision + 1))


def set_disabled(user: User, at: datetime | None) -> None:
    """Disable an account at a time, or enable it again with None."""
    user.disabled_at = at
