"""What people let others see of their listening: comparing with somebody, and links to a recap."""

from datetime import datetime

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel


class Agreement(SQLModel, table=True):
    """Two people who compare what they hear; an invitation while nobody else has agreed.

    `user_id` invited, `other_id` agreed. The code of an invitation is kept as SHA-256, and is
    gone once it was used.
    """

    __tablename__ = "agreement"

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    other_id: int | None = Field(
        default=None, foreign_key="user_account.id", ondelete="CASCADE", index=True
    )
    code_hash: str | None = Field(default=None, unique=True, max_length=64)
    created_at: datetime
    expires_at: datetime
    agreed_at: datetime | None = None


class RecapLink(SQLModel, table=True):
    """A link to one recap as it was; its token is kept as SHA-256, what the cards say as JSON."""

    __tablename__ = "recap_link"

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    token_hash: str = Field(unique=True, max_length=64)
    name: str = Field(max_length=120)
    data: bytes = Field(sa_type=LargeBinary)
    created_at: datetime
    opened: int = 0
    opened_at: datetime | None = None
