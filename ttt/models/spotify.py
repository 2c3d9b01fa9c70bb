"""Connections to Spotify."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class SpotifyAccount(SQLModel, table=True):
    """The Spotify account of a person; without a token the person has to reconnect."""

    __tablename__ = "spotify_account"

    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", primary_key=True)
    spotify_id: str
    account_id: str | None = None
    display_name: str
    client_id: str
    token_encrypted: str | None = None
    authorized_at: datetime


class OAuthState(SQLModel, table=True):
    """A connection on its way through Spotify's consent page: single use, bound to a person."""

    __tablename__ = "oauth_state"

    state_hash: str = Field(primary_key=True, max_length=64)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    verifier_encrypted: str
    next_path: str
    expires_at: datetime
    used_at: datetime | None = None
