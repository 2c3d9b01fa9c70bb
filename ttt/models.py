"""The tables. Times are aware UTC; secrets are kept as SHA-256 or encrypted, never plain."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
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


class SpotifyAccount(SQLModel, table=True):
    """The Spotify account of a person; without a token the person has to reconnect."""

    __tablename__ = "spotify_account"

    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", primary_key=True)
    spotify_id: str
    account_id: str | None = None
    display_name: str
    client_id: str
    token_encrypted: str | None = None
    authorized_at: datetime


class OAuthState(SQLModel, table=True):
    """A connection on its way through Spotify's consent page: single use, bound to a person."""

    __tablename__ = "oauth_state"

    state_hash: str = Field(primary_key=True, max_length=64)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    verifier_encrypted: str
    next_path: str
    expires_at: datetime
    used_at: datetime | None = None


class ServiceBlock(SQLModel, table=True):
    """An outside service that asked not to be called before a given time."""

    __tablename__ = "service_block"

    service: str = Field(primary_key=True, max_length=120)
    until: datetime
    quota: bool = False


class Artist(SQLModel, table=True):
    """An artist; only Spotify's answers carry an id, the catalogue knows names."""

    __tablename__ = "artist"

    id: int | None = Field(default=None, primary_key=True)
    identity: str = Field(unique=True)
    spotify_id: str | None = Field(default=None, max_length=64)
    name: str


class Track(SQLModel, table=True):
    """A track; `title` is empty until somebody could describe the URI.

    `not_found_at` is when Spotify said that it does not know the track, so as not to ask again.
    """

    __tablename__ = "track"

    id: int | None = Field(default=None, primary_key=True)
    spotify_id: str = Field(unique=True, max_length=64)
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
