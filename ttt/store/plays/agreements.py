"""Who agreed to compare with whom, and invitations to it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, case, col, delete, func, not_, or_, select, update

from ttt.models import Agreement, User
from ttt.store import ahead

GOOD_FOR = timedelta(days=7)
"""How long an invitation can be taken up."""


class Side(NamedTuple):
    """An agreement as one of its sides sees it, with the account of the other, if there is one."""

    row: Agreement
    other: User | None


def add(session: Session, agreement: Agreement) -> int:
    """Keep an invitation; its id."""
    session.add(agreement)
    session.flush()
    return agreement.id


def open_ones(session: Session, user_id: int, now: datetime) -> int:
    """How many invitations of somebody can still be taken up."""
    query = select(func.count()).select_from(Agreement)
    return session.exec(
        query.where(
            Agreement.user_id == user_id,
            col(Agreement.agreed_at).is_(None),
            _is_open(now),
        )
    ).one()


def of_user(session: Session, user_id: int) -> Sequence[Side]:
    """Agreements and invitations of somebody, the oldest first."""
    query = (
        select(Agreement, User)
        .outerjoin(User, col(User.id) == _other_of(user_id))
        .where(_is_of(user_id))
        .order_by(col(Agreement.id))
    )
    return [Side(row, other) for row, other in session.exec(query)]


def invitation(session: Session, code_hash: str, now: datetime) -> Side | None:
    """An invitation that can still be taken up, with the enabled account that made it."""
    query = (
        select(Agreement, User)
        .join(User, col(User.id) == Agreement.user_id)
        .where(
            Agreement.code_hash == code_hash,
            _is_open(now),
            col(User.disabled_at).is_(None),
        )
    )
    found = session.exec(query).one_or_none()
    return None if found is None else Side(*found)


def are_agreed(session: Session, one: int, other: int) -> bool:
    """Whether two people compare already."""
    pair = or_(
        and_(col(Agreement.user_id) == one, col(Agreement.other_id) == other),
        and_(col(Agreement.user_id) == other, col(Agreement.other_id) == one),
    )
    return session.exec(select(Agreement.id).where(pair)).first() is not None


def agree(session: Session, agreement_id: int, other_id: int, at: datetime) -> bool:
    """Take an invitation up; False where another was faster, or it was taken back."""
    change = (
        update(Agreement)
        .where(col(Agreement.id) == agreement_id, col(Agreement.other_id).is_(None))
        .values(other_id=other_id, agreed_at=at, code_hash=None)
    )
    return session.connection().execute(change).rowcount == 1


def other(session: Session, user_id: int, agreement_id: int) -> User | None:
    """The enabled account with whom somebody agreed, None where they did not or no longer do."""
    query = (
        select(User)
        .join(Agreement, col(User.id) == _other_of(user_id))
        .where(
            col(Agreement.id) == agreement_id,
            _is_of(user_id),
            col(Agreement.agreed_at).is_not(None),
            col(User.disabled_at).is_(None),
        )
    )
    return session.exec(query).one_or_none()


def end(session: Session, user_id: int, agreement_id: int) -> bool:
    """Delete an agreement or an invitation of somebody; False when there is none of that id."""
    gone = delete(Agreement).where(col(Agreement.id) == agreement_id, _is_of(user_id))
    return session.connection().execute(gone).rowcount == 1


def forget_old(session: Session, now: datetime) -> None:
    """Delete invitations that nobody took up in time, and those of a wrong clock."""
    waiting = col(Agreement.agreed_at).is_(None)
    session.exec(delete(Agreement).where(waiting, not_(_is_open(now))))


def _is_open(now: datetime) -> ColumnElement[bool]:
    return ahead.holds(col(Agreement.expires_at), now, GOOD_FOR)


def _is_of(user_id: int) -> ColumnElement[bool]:
    return or_(col(Agreement.user_id) == user_id, col(Agreement.other_id) == user_id)


def _other_of(user_id: int) -> ColumnElement[Any]:
    return case(
        (col(Agreement.user_id) == user_id, col(Agreement.other_id)), else_=Agreement.user_id
    )
