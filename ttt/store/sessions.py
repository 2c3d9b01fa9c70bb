"""Browser sessions and sign-in tickets."""

from datetime import datetime

from sqlmodel import Session, col, delete, select

from ttt.models import SignInTicket, User, UserSession


def add_ticket(session: Session, ticket: SignInTicket) -> None:
    """Keep a ticket until it is claimed."""
    session.add(ticket)


def claim_ticket(session: Session, token_hash: str, now: datetime) -> tuple[int, str, str] | None:
    """Burn a ticket; its user id, next path and time zone, None when it is no good (any more)."""
    statement = (
        delete(SignInTicket)
        .where(col(SignInTicket.token_hash) == token_hash, col(SignInTicket.expires_at) > now)
        .returning(col(SignInTicket.user_id), col(SignInTicket.next_path), col(SignInTicket.zone))
    )
    row = session.exec(statement).one_or_none()
    return None if row is None else (row[0], row[1], row[2])


def add(session: Session, user_session: UserSession) -> None:
    """Keep a session."""
    session.add(user_session)


def user_of(session: Session, token_hash: str, now: datetime) -> User | None:
    """Enabled account whose session this is, None when it has ended."""
    query = (
        select(User)
        .join(UserSession, col(UserSession.user_id) == col(User.id))
        .where(
            UserSession.token_hash == token_hash,
            UserSession.expires_at > now,
            col(User.disabled_at).is_(None),
        )
    )
    return session.exec(query).one_or_none()


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
