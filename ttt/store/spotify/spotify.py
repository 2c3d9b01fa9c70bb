"""Connected Spotify accounts, and connections on their way."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, or_, select, update

from ttt.models import OAuthState, SpotifyAccount
from ttt.store import ahead

STATE_LIFE = timedelta(minutes=10)
_KEPT = timedelta(days=1)


def account(session: Session, user_id: int) -> SpotifyAccount | None:
    """Spotify account of a person."""
    return session.get(SpotifyAccount, user_id)


def listener(session: Session, user_id: int) -> str | None:
    """Spotify's id of a person as it stands, None while they are not connected."""
    query = select(SpotifyAccount.spotify_id).where(SpotifyAccount.user_id == user_id)
    return session.exec(query).one_or_none()


def save_account(session: Session, account: SpotifyAccount) -> None:
    """Insert or replace a person's Spotify account."""
    session.merge(account)


def replace_token(session: Session, user_id: int, old: str | None, new: str | None) -> bool:
    """Put a token in the place of another; False where somebody else has replaced that meanwhile.

    None as the new one means that the person has to reconnect; nothing takes the place of none.
    """
    if old is None:
        return False
    result = session.exec(
        update(SpotifyAccount)
        .where(col(SpotifyAccount.user_id) == user_id, col(SpotifyAccount.token_encrypted) == old)
        .values(token_encrypted=new)
    )
    return result.rowcount == 1


def delete_account(session: Session, user_id: int) -> None:
    """Forget a person's Spotify account and connections on their way."""
    session.exec(delete(SpotifyAccount).where(col(SpotifyAccount.user_id) == user_id))
    session.exec(delete(OAuthState).where(col(OAuthState.user_id) == user_id))


def add_state(session: Session, state: OAuthState) -> None:
    """Keep a connection on its way, and forget those long expired or begun by a wrong clock."""
    expires_at = col(OAuthState.expires_at)
    wrong = expires_at > state.expires_at + ahead.SLACK
    session.exec(delete(OAuthState).where(or_(expires_at < state.expires_at - _KEPT, wrong)))
    session.add(state)


def claim_state(session: Session, state_hash: str, user_id: int, now: datetime) -> bool:
    """Mark a state as used, for this person, once: True for exactly one caller."""
    result = session.exec(
        update(OAuthState)
        .where(
            col(OAuthState.state_hash) == state_hash,
            col(OAuthState.user_id) == user_id,
            col(OAuthState.used_at).is_(None),
            ahead.holds(col(OAuthState.expires_at), now, STATE_LIFE),
        )
        .values(used_at=now)
    )
    return result.rowcount == 1


def state(session: Session, state_hash: str) -> OAuthState | None:
    """A state as it stands, used or not."""
    query = select(OAuthState).where(OAuthState.state_hash == state_hash)
    return session.exec(query.execution_options(populate_existing=True)).one_or_none()
