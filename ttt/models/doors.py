"""Ways into an account: sessions, one-time tickets and links, codes, and tries that failed."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from ttt.roles import Role


class UserSession(SQLModel, table=True):
    """A browser that is signed in; the cookie holds the id whose SHA-256 this is.

    `expires_at` moves on with each visit, up to `ends_at`.
    """

    __tablename__ = "user_session"

    token_hash: str = Field(primary_key=True, max_length=64)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime = Field(index=True)
    ends_at: datetime
    user_agent: str = Field(default="", max_length=300)
    zone: str = Field(default="", max_length=64)
    address: str | None = Field(default=None, max_length=64)


class SignInTicket(SQLModel, table=True):
    """A sign-in on its way from the form to the cookie: single use, a minute long."""

    __tablename__ = "sign_in_ticket"

    token_hash: str = Field(primary_key=True, max_length=64)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE")
    next_path: str
    zone: str = Field(default="", max_length=64)
    expires_at: datetime


class KnownBrowser(SQLModel, table=True):
    """A browser in which somebody signed in before: a stranger's tries do not make it wait."""

    __tablename__ = "known_browser"

    token_hash: str = Field(primary_key=True, max_length=64)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    used_at: datetime


class FailedTry(SQLModel, table=True):
    """A failed try at a door; the name is kept as SHA-256, as people type passwords there."""

    __tablename__ = "failed_try"
    __table_args__ = (
        Index("ix_failed_try_name", "door", "name_hash", "at"),
        Index("ix_failed_try_address", "door", "address", "at"),
    )

    id: int = Field(default=None, primary_key=True)
    door: str = Field(max_length=20)
    name_hash: str = Field(max_length=64)
    address: str | None = Field(default=None, max_length=64)
    at: datetime = Field(index=True)


class OneTimeLink(SQLModel, table=True):
    """A link that is good once: for a new password, or for an account that is not there yet."""

    __tablename__ = "one_time_link"

    token_hash: str = Field(primary_key=True, max_length=64)
    kind: str = Field(max_length=20)
    user_id: int | None = Field(
        default=None, foreign_key="user_account.id", ondelete="CASCADE", index=True
    )
    role: str = Role.MEMBER
    email: str = Field(default="", max_length=254)
    made_by: str = Field(max_length=64)
    created_at: datetime
    expires_at: datetime


class RecoveryCode(SQLModel, table=True):
    """A code that stands in once for the second factor, as SHA-256."""

    __tablename__ = "recovery_code"

    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", primary_key=True)
    code_hash: str = Field(primary_key=True, max_length=64)


class OpenIdIdentity(SQLModel, table=True):
    """Somebody's identity at an OpenID provider, by which they sign in; `name` is for people."""

    __tablename__ = "openid_identity"

    issuer: str = Field(primary_key=True, max_length=200)
    subject: str = Field(primary_key=True, max_length=255)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    name: str = Field(default="", max_length=254)
    created_at: datetime


class OpenIdState(SQLModel, table=True):
    """A sign-in on its way through the OpenID provider: single use, bound to one browser.

    With a `user_id` it binds the identity to that account instead of signing in.
    """

    __tablename__ = "openid_state"

    state_hash: str = Field(primary_key=True, max_length=64)
    browser_hash: str = Field(max_length=64)
    nonce: str = Field(max_length=64)
    verifier_encrypted: str
    user_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="CASCADE")
    next_path: str
    zone: str = Field(default="", max_length=64)
    expires_at: datetime
