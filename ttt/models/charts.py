"""Public charts and people's play counts elsewhere, as they were at a time."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class ChartSnapshot(SQLModel, table=True):
    """A chart at one time; `user_id` is set for a person's own play counts."""

    __tablename__ = "chart_snapshot"
    __table_args__ = (Index("ix_chart_snapshot_latest", "chart", "user_id", "taken_at"),)

    id: int = Field(default=None, primary_key=True)
    chart: str = Field(max_length=40)
    user_id: int | None = Field(default=None, foreign_key="user_account.id", ondelete="CASCADE")
    taken_at: datetime


class ChartEntry(SQLModel, table=True):
    """A place (from 1) in a chart, named as its source names it."""

    __tablename__ = "chart_entry"

    snapshot_id: int = Field(foreign_key="chart_snapshot.id", ondelete="CASCADE", primary_key=True)
    rank: int = Field(primary_key=True)
    title: str
    artist: str
    isrc: str | None = Field(default=None, max_length=12)
    plays: float | None = None
    cover_url: str | None = None
    link: str | None = None


class LastFmAccount(SQLModel, table=True):
    """The name that a person goes by on Last.fm; `unknown_at` is when it knew no such name."""

    __tablename__ = "lastfm_account"

    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", primary_key=True)
    username: str = Field(max_length=64)
    unknown_at: datetime | None = None
