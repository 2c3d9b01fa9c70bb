"""Browser sessions and sign-in tickets."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, or_, select, update

from ttt.models import SignInTicket, User, UserSession
from ttt.store import ahead

TICKET_LIFE = timedelta(minutes=1)


def add_ticket(session: Session, ticket: SignInTicket) -> None:
    """Keep a ticket until it is claimed."""
    session.add(ticket)


def claim_ticket(session: Session, token_hash: str, now: datetime) -> tuple[int, str, str] | None:
    """Burn a ticket; its user id, next path and time zone, None when it is no good (any more)."""
    statement = (
        delete(SignInTicket)
        .where(
            col(SignInTicket.token_hash) == token_hash,
            ahead.holds(col(SignInTicket.expires_at), now, TICKET_LIFE),
        )
        .returning(col(SignInTicket.user_id), col(SignInTicket.next_path), col(SignInTicket.zone))
    )
    row = session.exec(statement).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


def add(session: Session, user_session: UserSession) -> None:
    """Keep a session."""
    session.add(user_session)


def find(session: Session, token_hash: str, now: datetime) -> tuple[User, UserSession] | None:
    """A session with its enabled account, None when it has ended."""
    query = (
        select(User, UserSession)
        .join(UserSession, col(UserSession.user_id) == col(User.id))
        .where(
            UserSession.token_hash == token_hash,
            *_open(now),
            col(User.disabled_at).is_(None),
        )
    )
    row = session.exec(query).one_or_none()
    return None if row is None else (row[0], row[1])


def of_user(session: Session, user_id: int, now: datetime) -> Sequence[UserSession]:
    """Sessions of a person that have not ended, the one that was seen last first."""
    query = select(UserSession).where(UserSession.user_id == user_id, *_open(now))
    return session.exec(query.order_by(col(UserSession.last_seen_at).desc())).all()


def seen(
    session: Session, token_hash: str, at: datetime, expires_at: datetime, before: datetime
) -> None:
    """Note a visit, unless another run has noted one after `before`."""
    noted = col(UserSession.last_seen_at)
    lately = or_(noted <= before, noted > ahead.not_yet(at))
    same = (col(UserSession.token_hash) == token_hash, lately)
    visit = update(UserSession).where(*same).values(last_seen_at=at, expires_at=expires_at)
    # The row that was read stays as it was; synchronizing would compare times in Python.
    session.exec(visit.execution_options(synchronize_session=False))


def end(session: Session, token_hash: str) -> None:
    """End one session."""
    session.exec(delete(UserSession).where(col(UserSession.token_hash) == token_hash))


def end_all(session: Session, user_id: int, but: str = "") -> None:
    """End every session of a person but one, and every sign-in on its way."""
    session.exec(delete(SignInTicket).where(col(SignInTicket.user_id) == user_id))
    session.exec(
        delete(UserSession).where(
            col(UserSession.user_id) == user_id, col(UserSession.token_hash) != but
        )
    )


def delete_expired(session: Session, now: datetime) -> None:
    """Forget sessions and tickets that can no longer be used."""
    session.exec(delete(UserSession).where(col(UserSession.expires_at) <= now))
    session.exec(delete(SignInTicket).where(col(SignInTicket.expires_at) <= now))


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Not over; and one that a wrong clock began would be good for longer than any may."""
    return col(UserSession.expires_at) > now, col(UserSession.created_at) <= ahead.not_yet(now)
