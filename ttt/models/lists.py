"""Lists of tracks: ranked by Spotify, or saved by people."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index, text
from sqlmodel import Field, SQLModel

from ttt.models.columns import COUNTED


class TopSnapshot(SQLModel, table=True):
    """A person's top tracks of one period as Spotify ranked them at one time."""

    __tablename__ = "top_snapshot"
    __table_args__ = (Index("ix_top_snapshot_latest", "user_id", "period", "taken_at"),)

    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", primary_key=True)
    id: int = Field(default=None, primary_key=True, sa_column_kwargs=COUNTED)
    period: str = Field(max_length=16)
    taken_at: datetime
    length: int = 0


class TopEntry(SQLModel, table=True):
    """A rank (from 1) in a snapshot; one that could not be read has no entry."""

    __tablename__ = "top_entry"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "snapshot_id"],
            ["top_snapshot.user_id", "top_snapshot.id"],
            ondelete="CASCADE",
        ),
        {"sqlite_with_rowid": False},
    )

    user_id: int = Field(primary_key=True)
    snapshot_id: int = Field(primary_key=True)
    rank: int = Field(primary_key=True)
    track_id: int = Field(foreign_key="track.id", ondelete="CASCADE", index=True)


class TrackList(SQLModel, table=True):
    """A person's list of tracks; a deleted one stays until it can no longer be undone."""

    __tablename__ = "track_list"
    __table_args__ = (
        # Everybody has one trending list, whatever runs at the same time.
        Index(
            "ix_track_list_trending",
            "user_id",
            unique=True,
            sqlite_where=text("trending"),
            postgresql_where=text("trending"),
        ),
        Index("ix_track_list_owned", "user_id", "id", unique=True),
    )

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    name: str = Field(max_length=100)
    trending: bool = False
    access: str = Field(default="private", max_length=16)
    created_at: datetime
    deleted_at: datetime | None = None


class ListEntry(SQLModel, table=True):
    """A track on a list, the highest position first; a removed one stays until undo ends.

    `user_id` is the list's owner, `added_by` whoever put it there.
    """

    __tablename__ = "list_entry"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "list_id"], ["track_list.user_id", "track_list.id"], ondelete="CASCADE"
        ),
        Index("ix_list_entry_track", "user_id", "list_id", "track_id", unique=True),
        Index("ix_list_entry_place", "list_id", "removed_at", "position"),
    )

    user_id: int = Field(primary_key=True)
    id: int = Field(default=None, primary_key=True, sa_column_kwargs=COUNTED)
    list_id: int
    track_id: int = Field(foreign_key="track.id", ondelete="CASCADE", index=True)
    position: int
    added_at: datetime = Field(index=True)
    added_by: int | None = Field(
        default=None, foreign_key="user_account.id", ondelete="SET NULL", index=True
    )
    note: str | None = Field(default=None, max_length=500)
    tags: list[str] = Field(default_factory=list, sa_type=JSON)
    removed_at: datetime | None = None
    removal: str | None = Field(default=None, max_length=32, index=True)


class ListImport(SQLModel, table=True):
    """A file, a playlist or lines that somebody put on a list, and what became of each row.

    `counts` are rows by outcome, and tracks by what their file says of them; `refused` holds row,
    text and reason of each row that was not taken.
    """

    __tablename__ = "list_import"

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    list_id: int = Field(foreign_key="track_list.id", ondelete="CASCADE", index=True)
    name: str = Field(max_length=200)
    at: datetime
    counts: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    refused: list[list[Any]] = Field(default_factory=list, sa_type=JSON)
    closed_at: datetime | None = None


class WaitingName(SQLModel, table=True):
    """A row of an import that names a title and an artist nobody was asked about yet.

    `said` is what else it says of its track: values, what it is called, and as of when.
    """

    __tablename__ = "waiting_name"

    import_id: int = Field(foreign_key="list_import.id", ondelete="CASCADE", primary_key=True)
    row: int = Field(primary_key=True)
    text: str = Field(max_length=700)
    title: str = Field(max_length=300)
    artist: str = Field(max_length=300)
    said: dict[str, Any] | None = Field(default=None, sa_type=JSON)
