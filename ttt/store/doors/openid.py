"""Identities at an OpenID provider, and sign-ins on their way through it."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, func, select

from ttt.models import OpenIdIdentity, OpenIdState


def add_state(session: Session, state: OpenIdState, now: datetime) -> None:
    """Keep a state until it is claimed, and forget those that are over."""
    session.exec(delete(OpenIdState).where(col(OpenIdState.expires_at) <= now))
    session.add(state)


def claim_state(session: Session, state_hash: str) -> OpenIdState | None:
    """Take a state out, so that it is good once; None when there is none (any more)."""
    state = session.get(OpenIdState, state_hash)
    if state is None:
        return None
    session.expunge(state)
    claimed = delete(OpenIdState).where(col(OpenIdState.state_hash) == state_hash)
    return state if session.exec(claimed).rowcount == 1 else None


def identity(session: Session, issuer: str, subject: str) -> OpenIdIdentity | None:
    """Identity by what the provider calls it."""
    return session.get(OpenIdIdentity, (issuer, subject))


def identities(session: Session, user_id: int) -> Sequence[OpenIdIdentity]:
    """A person's identities, the oldest first."""
    mine = select(OpenIdIdentity).where(OpenIdIdentity.user_id == user_id)
    return session.exec(mine.order_by(col(OpenIdIdentity.created_at))).all()


def add(session: Session, bound: OpenIdIdentity) -> None:
    """Bind an identity; IntegrityError when it is bound already."""
    session.add(bound)
    session.flush()


def remove(session: Session, user_id: int, issuer: str, subject: str) -> bool:
    """Unbind a person's identity; False when it is not theirs."""
    this = (
        col(OpenIdIdentity.user_id) == user_id,
        col(OpenIdIdentity.issuer) == issuer,
        col(OpenIdIdentity.subject) == subject,
    )
    return session.exec(delete(OpenIdIdentity).where(*this)).rowcount == 1


def count(session: Session, user_id: int) -> int:
    """How many identities a person has."""
    mine = select(func.count()).select_from(OpenIdIdentity)
    return session.exec(mine.where(OpenIdIdentity.user_id == user_id)).one()
