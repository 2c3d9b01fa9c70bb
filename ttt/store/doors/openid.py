"""Identities at an OpenID provider, and sign-ins on their way through it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, not_, select

from ttt.models import OpenIdIdentity, OpenIdState
from ttt.store import ahead

STATE_LIFE = timedelta(minutes=10)


def add_state(session: Session, state: OpenIdState, now: datetime) -> None:
    """Keep a state until it is claimed, and forget those over or begun by a wrong clock."""
    good = ahead.holds(col(OpenIdState.expires_at), now, STATE_LIFE)
    session.exec(delete(OpenIdState).where(not_(good)))
    session.add(state)


def claim_state(session: Session, state_hash: str, now: datetime) -> OpenIdState | None:
    """Take a state out, so that it is good once; None when it is no good (any more)."""
    state = session.get(OpenIdState, state_hash)
    if state is None:
        return None
    session.expunge(state)
    claimed = delete(OpenIdState).where(col(OpenIdState.state_hash) == state_hash)
    is_mine = session.exec(claimed).rowcount == 1
    return state if is_mine and ahead.lasts(state.expires_at, now, STATE_LIFE) else None


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
