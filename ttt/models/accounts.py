"""Accounts, what was changed about them, and what an admin set for everybody."""

import secrets
from datetime import datetime

from sqlmodel import Field, SQLModel

from ttt.roles import Role


def _somewhere() -> int:
    # SQLite gives the id of a deleted account to the next one, and caches know people by id and
    # revision: what was cached of the one must not be shown to the other.
    return secrets.randbelow(2**30)


class User(SQLModel, table=True):
    """A local account; `username` is stored case-folded, `revision` grows with each change.

    `totp_step` is the newest time step of 30 s whose code was used, as no code is good twice.
    `play_revision` grows with each change of what was played; `time_zone` is an IANA name, in which
    hours and days of plays are counted, "" until a browser told it.
    """

    __tablename__ = "user_account"

    id: int = Field(default=None, primary_key=True)
    username: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=120)
    email: str = Field(default="", max_length=254)
    password_hash: str
    role: str = Role.MEMBER
    created_at: datetime
    disabled_at: datetime | None = None
    totp_encrypted: str | None = None
    totp_step: int | None = None
    revision: int = Field(default_factory=_somewhere)
    play_revision: int = Field(default_factory=_somewhere)
    time_zone: str = Field(default="", max_length=64)


class AuditEvent(SQLModel, table=True):
    """Who did what to whom, when and from where."""

    __tablename__ = "audit_event"

    id: int = Field(default=None, primary_key=True)
    at: datetime = Field(index=True)
    actor: str = Field(max_length=64)
    action: str = Field(max_length=40)
    subject: str = Field(default="", max_length=200)
    address: str | None = Field(default=None, max_length=64)


class ServerSetting(SQLModel, table=True):
    """What an admin decides while the server runs: registration, banner and the like."""

    __tablename__ = "server_setting"

    name: str = Field(primary_key=True, max_length=40)
    value: str
    changed_at: datetime
