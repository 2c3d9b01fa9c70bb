"""What sources say of a track, and which of them were asked."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class AudioFeatures(SQLModel, table=True):
    """Audio features of a track as one source gives them, in Spotify's units."""

    __tablename__ = "audio_features"

    track_id: int = Field(foreign_key="track.id", ondelete="CASCADE", primary_key=True)
    source: str = Field(primary_key=True, max_length=32)
    observed_at: datetime
    energy: float | None = None
    valence: float | None = None
    tempo: float | None = None
    key: int | None = None
    mode: int | None = None
    danceability: float | None = None
    acousticness: float | None = None
    instrumentalness: float | None = None
    liveness: float | None = None
    loudness: float | None = None
    speechiness: float | None = None
    time_signature: int | None = None


class Popularity(SQLModel, table=True):
    """Popularity of a track (0-100) as one source gives it."""

    __tablename__ = "popularity"

    track_id: int = Field(foreign_key="track.id", ondelete="CASCADE", primary_key=True)
    source: str = Field(primary_key=True, max_length=32)
    observed_at: datetime
    value: float


class TrackGenre(SQLModel, table=True):
    """A genre of a track as one source gives it."""

    __tablename__ = "track_genre"

    track_id: int = Field(foreign_key="track.id", ondelete="CASCADE", primary_key=True)
    source: str = Field(primary_key=True, max_length=32)
    genre: str = Field(primary_key=True, max_length=80)


class ReachValue(SQLModel, table=True):
    """How widely a track is heard by a measure that is not Spotify's popularity."""

    __tablename__ = "reach_value"

    track_id: int = Field(foreign_key="track.id", ondelete="CASCADE", primary_key=True)
    measure: str = Field(primary_key=True, max_length=32)
    observed_at: datetime
    value: float


class PersonalValue(SQLModel, table=True):
    """A value that a person set by hand or brought in a file; only they see it."""

    __tablename__ = "personal_value"

    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", primary_key=True)
    track_id: int = Field(foreign_key="track.id", ondelete="CASCADE", primary_key=True, index=True)
    field: str = Field(primary_key=True, max_length=32)
    source: str = Field(primary_key=True, max_length=32)
    observed_at: datetime
    value: float


class OwnDescription(SQLModel, table=True):
    """What a person's file calls a track, and says of it; only they see it."""

    __tablename__ = "own_description"

    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", primary_key=True)
    track_id: int = Field(foreign_key="track.id", ondelete="CASCADE", primary_key=True, index=True)
    observed_at: datetime
    title: str | None = None
    artists: list[str] = Field(default_factory=list, sa_type=JSON)
    album: str | None = None
    release_date: str | None = Field(default=None, max_length=10)
    duration_ms: int | None = None
    genres: list[str] = Field(default_factory=list, sa_type=JSON)


class OwnImport(SQLModel, table=True):
    """A file with values that a person brought, and what became of each row.

    `counts` are rows by outcome, and tracks by what was taken; `refused` holds row, text and reason
    of each row that was not taken, `partly` of each that was taken but for some of its cells.
    """

    __tablename__ = "own_import"

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    name: str = Field(max_length=200)
    at: datetime
    counts: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    refused: list[list[Any]] = Field(default_factory=list, sa_type=JSON)
    partly: list[list[Any]] = Field(default_factory=list, sa_type=JSON)
    closed_at: datetime | None = None


class Lookup(SQLModel, table=True):
    """That a provider was asked about a track, and when it is worth asking again."""

    __tablename__ = "lookup"

    track_id: int = Field(foreign_key="track.id", ondelete="CASCADE", primary_key=True)
    source: str = Field(primary_key=True, max_length=32)
    kind: str = Field(primary_key=True, max_length=16)
    found: bool
    provider_id: str | None = Field(default=None, max_length=64)
    asked_at: datetime
    ask_again_at: datetime
