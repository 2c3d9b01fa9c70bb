"""Files with plays that people bring, and what became of each row."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
)
from sqlmodel import Field, SQLModel

from ttt.models.columns import WholeSeconds


class HistoryUpload(SQLModel, table=True):
    """A file with plays that somebody brought, and what became of it.

    `received` of `size` bytes are in its parts. `state` says how far it is, `question`
    what has to be answered before it goes on. `rows` are read of about `rows_expected`; `counts`
    has rows by outcome, filled in when it is done, and `first_at` to `last_at` is their span.
    """

    __tablename__ = "history_upload"
    __table_args__ = (Index("ix_history_upload_owned", "user_id", "id", unique=True),)

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    name: str = Field(max_length=200)
    size: int = Field(sa_type=BigInteger)
    received: int = Field(default=0, sa_type=BigInteger)
    sha256: str | None = Field(default=None, max_length=64)
    format: str | None = Field(default=None, max_length=40)
    source: int | None = Field(default=None, sa_type=SmallInteger)
    zone: str | None = Field(default=None, max_length=64)
    options: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    state: str = Field(max_length=16, index=True)
    question: str | None = Field(default=None, max_length=40)
    error: str | None = Field(default=None, max_length=300)
    created_at: datetime
    finished_at: datetime | None = None
    undone_at: datetime | None = None
    rows: int = 0
    rows_expected: int | None = None
    counts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    first_at: datetime | None = Field(default=None, sa_type=WholeSeconds)
    last_at: datetime | None = Field(default=None, sa_type=WholeSeconds)
    runs: int = 1


class UploadPart(SQLModel, table=True):
    """A piece (from 0) of an upload's bytes, 1 MB but for the last; deleted when it was read."""

    __tablename__ = "upload_part"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "upload_id"],
            ["history_upload.user_id", "history_upload.id"],
            ondelete="CASCADE",
        ),
    )

    user_id: int = Field(primary_key=True)
    upload_id: int = Field(primary_key=True)
    number: int = Field(primary_key=True)
    data: bytes = Field(sa_type=LargeBinary)


class UploadMember(SQLModel, table=True):
    """A file inside an upload (from 0): how many of its rows are kept, and what became of them."""

    __tablename__ = "upload_member"

    upload_id: int = Field(foreign_key="history_upload.id", ondelete="CASCADE", primary_key=True)
    number: int = Field(primary_key=True)
    name: str = Field(max_length=300)
    blocks: int = 0
    rows: int = 0
    counts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    finished: bool = False


class RefusedPlay(SQLModel, table=True):
    """A row of an upload that could not be read, with its reason in a word and what it held."""

    __tablename__ = "refused_play"

    upload_id: int = Field(foreign_key="history_upload.id", ondelete="CASCADE", primary_key=True)
    member: int = Field(primary_key=True)
    row: int = Field(primary_key=True)
    reason: str = Field(max_length=60)
    text: str = Field(default="", max_length=300)
