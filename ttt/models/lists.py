"""Lists of tracks: ranked by Spotify, or saved by people."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel


class TopSnapshot(SQLModel, table=True):
    """A person's top tracks of one period as Spotify ranked them at one time."""

    __tablename__ = "top_snapshot"
    __table_args__ = (Index("ix_top_snapshot_latest", "user_id", "period", "taken_at"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE")
    period: str = Field(max_length=16)
    taken_at: datetime


class TopEntry(SQLModel, table=True):
    """A rank (from 1) in a snapshot."""

    __tablename__ = "top_entry"

    snapshot_id: int = Field(foreign_key="top_snapshot.id", ondelete="CASCADE", primary_key=True)
    rank: int = Field(primary_key=True)
    track_id: int = Field(foreign_key="track.id", ondelete="CASCADE", index=True)


class TrendingEntry(SQLModel, table=True):
    """A track that a person saved; a removed one stays until it can no longer be undone."""

    __tablename__ = "trending_entry"
    __table_args__ = (
        UniqueConstraint("user_id", "track_id"),
        Index("ix_trending_entry_newest", "user_id", "removed_at", "added_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE")
    track_id: int = Field(foreign_key="track.id", ondelete="CASCADE", index=True)
    added_at: datetime = Field(index=True)
    removed_at: datetime | None = None
    removal: str | None = Field(default=None, max_length=32, index=True)
