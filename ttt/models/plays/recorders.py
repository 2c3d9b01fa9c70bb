"""What records plays from now on and passes them on, and the times it missed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from ttt.models.columns import SmallEnum, WholeSeconds
from ttt.plays import PlaySource


class Recorder(SQLModel, table=True):
    """What records somebody's plays: their Spotify, or an account elsewhere that is followed.

    `newest_at` is the newest play it told of, `oldest_at` how far back the past of a followed
    account is read. `unread` rows of what it told last name no play. `failures` are in a row;
    `warned_days` is the last warning of an authorization's end that was sent, in days before it.
    `token_encrypted` opens a followed account that hides its plays.
    """

    __tablename__ = "recorder"
    __table_args__ = (UniqueConstraint("user_id", "kind", "account"),)

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    kind: str = Field(max_length=16)
    account: str = Field(default="", max_length=120)
    started_at: datetime
    next_at: datetime | None = Field(default=None, index=True)
    asked_at: datetime | None = None
    newest_at: datetime | None = Field(default=None, sa_type=WholeSeconds)
    oldest_at: datetime | None = Field(default=None, sa_type=WholeSeconds)
    past_is_read: bool = False
    plays: int = 0
    unread: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    failures: int = 0
    error: str | None = Field(default=None, max_length=300)
    ended_at: datetime | None = None
    warned_days: int | None = None
    token_encrypted: str | None = None


class SubmitToken(SQLModel, table=True):
    """A token by which a player sends plays, as SHA-256; `name` is for people.

    `prefix` is how the token begins, to tell it from others. `playing` is what the player said that
    it plays, and is forgotten at `playing_until`.
    """

    __tablename__ = "submit_token"

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    token_hash: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=60)
    created_at: datetime
    used_at: datetime | None = None
    prefix: str = Field(default="", max_length=8)
    playing: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    playing_until: datetime | None = None


class Relay(SQLModel, table=True):
    """Passes what somebody's players send here on to their account at ListenBrainz.

    `passed` listens went there, the last at `passed_at`; `left_out` it did not take, or came when
    too many waited. `failures` are in a row, `next_at` is when it is tried again.
    """

    __tablename__ = "relay"

    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", primary_key=True)
    account: str = Field(max_length=120)
    token_encrypted: str
    started_at: datetime
    next_at: datetime
    passed_at: datetime | None = None
    passed: int = 0
    left_out: int = 0
    failures: int = 0
    error: str | None = Field(default=None, max_length=300)


class WaitingListen(SQLModel, table=True):
    """A listen that waits to be passed on, as JSON in ListenBrainz's shape."""

    __tablename__ = "waiting_listen"

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="relay.user_id", ondelete="CASCADE", index=True)
    listen: bytes = Field(sa_type=LargeBinary)


class PlayGap(SQLModel, table=True):
    """A time in which plays may be missing, why, and the upload that closed it."""

    __tablename__ = "play_gap"

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    source: PlaySource = Field(sa_type=SmallEnum(PlaySource))
    from_at: datetime = Field(sa_type=WholeSeconds)
    until_at: datetime = Field(sa_type=WholeSeconds)
    reason: str = Field(max_length=40)
    closed_by: int | None = None
