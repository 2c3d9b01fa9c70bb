"""Which Spotify track is meant by a title and an artist."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class NameMatch(SQLModel, table=True):
    """The track that a name stands for; without one nobody knew it, until `ask_again_at`.

    `name_hash` is the SHA-256 of title, artist and ISRC as they are compared.
    """

    __tablename__ = "name_match"

    name_hash: str = Field(primary_key=True, max_length=64)
    spotify_id: str | None = Field(default=None, max_length=64)
    matched_at: datetime
    ask_again_at: datetime | None = None
