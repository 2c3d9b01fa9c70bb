"""Accounts, their sessions, failed sign-ins and the audit trail."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from ttt.roles import Role


class User(SQLModel, table=True):
    """A local account; `username` is stored case-folded, `revision` grows with each change."""

    __tablename__ = "user_account"

    id: int | None = Field(default=None, primary_key=True)
    username: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=120)
    email: str = Field(default="", max_length=254)
    password_hash: str
    role: str = Role.MEMBER
    created_at: datetime
    disabled_at: datetime | None = None
    revision: int = 0


class UserSession(SQLModel, table=True):
    """A browser that is signed in; the cookie holds the id whose SHA-256 this is."""

    __tablename__ = "user_session"

    token_hash: str = Field(primary_key=True, max_length=64)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    created_at: datetime
    expires_at: datetime = Field(index=True)


class SignInTicket(SQLModel, table=True):
    """A sign-in on its way from the form to the cookie: single use, a minute long."""

    __tablename__ = "sign_in_ticket"

    token_hash: str = Field(primary_key=True, max_length=64)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE")
    next_path: str
    expires_at: datetime


class SignInFailure(SQLModel, table=True):
    """A failed try to sign in; the name is kept as SHA-256, as people type passwords there."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (
        Index("ix_sign_in_failure_name", "name_hash", "at"),
        Index("ix_sign_in_failure_address", "address", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name_hash: str = Field(max_length=64)
    address: str | None = Field(default=None, max_length=64)
    at: datetime


class AuditEvent(SQLModel, table=True):
    """Who did what to whom, when and from where."""

    __tablename__ = "audit_event"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(index=True)
    actor: str = Field(max_length=64)
    action: str = Field(max_length=40)
    subject: str = Field(default="", max_length=200)
    address: str | None = Field(default=None, max_length=64)
