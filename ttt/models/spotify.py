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
    client_id: str | None = None


class SpotifyClient(SQLModel, table=True):
    """A client ID that was set on a page or command line: its owner's alone, or everybody's."""

    __tablename__ = "spotify_client"

    id: int = Field(default=None, primary_key=True)
    user_id: int | None = Field(
        default=None, foreign_key="user_account.id", ondelete="CASCADE", unique=True
    )
    name: str = Field(max_length=60)
    client_id: str = Field(max_length=64, index=True)
    secret_encrypted: str | None = None
    created_at: datetime


class SpotifySeat(SQLModel, table=True):
    """A person's place among the few that Spotify lets use one of the server's client IDs.

    `name` and `email` are those of their Spotify account, which go on Spotify's list.
    """

    __tablename__ = "spotify_seat"

    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", primary_key=True)
    client_id: str = Field(max_length=64, index=True)
    name: str = Field(default="", max_length=120)
    email: str = Field(default="", max_length=254)
    taken_at: datetime
    connected_at: datetime | None = None
    refused_at: datetime | None = None
