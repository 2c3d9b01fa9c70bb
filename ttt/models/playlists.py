"""Playlists that people sent to Spotify."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class SentPlaylist(SQLModel, table=True):
    """A playlist that a person sent, or that is on its way.

    `added` of its `length` rows are known to be at Spotify. While `in_flight`, a request is made
    whose answer was not taken down yet: whether it was carried out can only be seen at Spotify.
    `runs` counts how often somebody wanted it done, `failures` those since Spotify last answered;
    `marker` is what the description at Spotify holds.
    """

    __tablename__ = "sent_playlist"

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    name: str = Field(max_length=100)
    marker: str = Field(max_length=32)
    length: int
    created_at: datetime
    spotify_id: str | None = Field(default=None, max_length=64)
    added: int = 0
    in_flight: bool = False
    runs: int = 1
    failures: int = 0
    finished_at: datetime | None = None
    wait_until: datetime | None = None
    error: str | None = Field(default=None, max_length=300)


class SentRow(SQLModel, table=True):
    """A row (from 0) of a playlist that was sent, as it was: it outlives the track's own row."""

    __tablename__ = "sent_row"

    playlist_id: int = Field(foreign_key="sent_playlist.id", ondelete="CASCADE", primary_key=True)
    position: int = Field(primary_key=True)
    spotify_id: str = Field(max_length=64)
