"""Tracks and who made them."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Artist(SQLModel, table=True):
    """An artist; only Spotify's answers carry an id, the catalogue knows names."""

    __tablename__ = "artist"

    id: int = Field(default=None, primary_key=True)
    identity: str = Field(unique=True)
    spotify_id: str | None = Field(default=None, max_length=64)
    name: str


class Track(SQLModel, table=True):
    """A track; `title` is empty until somebody could describe the URI.

    Spotify's tracks have a `spotify_id`; what was played elsewhere is known by names only, and has
    an `identity` made of them in its place. Lists hold Spotify's tracks only.

    `not_found_at` is when Spotify said that it does not know the track, so as not to ask again; of
    one known by names only, when nothing was found that is called so.
    """

    __tablename__ = "track"

    id: int = Field(default=None, primary_key=True)
    spotify_id: str | None = Field(default=None, unique=True, max_length=64)
    identity: str | None = Field(default=None, unique=True, max_length=64)
    title: str | None = None
    album: str | None = None
    release_date: str | None = Field(default=None, max_length=10)
    duration_ms: int | None = None
    explicit: bool | None = None
    isrc: str | None = Field(default=None, max_length=32, index=True)
    cover_url: str | None = None
    described_by: str | None = Field(default=None, max_length=32)
    described_at: datetime | None = None
    not_found_at: datetime | None = None


class TrackArtist(SQLModel, table=True):
    """Which artists made a track, in the order of the credits."""

    __tablename__ = "track_artist"

    track_id: int = Field(foreign_key="track.id", ondelete="CASCADE", primary_key=True)
    position: int = Field(primary_key=True)
    artist_id: int = Field(foreign_key="artist.id", ondelete="CASCADE", index=True)
