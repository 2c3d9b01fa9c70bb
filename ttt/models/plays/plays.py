"""Plays as they were told, what is derived from them, and what people say of them.

Times of plays are whole seconds in the database and aware UTC in Python.
"""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary, SmallInteger
from sqlmodel import Field, SQLModel

from ttt.models.columns import SmallEnum, WholeSeconds
from ttt.plays import Counts, PlaySource


class _Told(SQLModel):
    """What a source says of a play; `upload_id` is 0 for what was recorded.

    `told_at` is the source's own time, `started_at` the best guess of the start; `ms` is None
    where the source only tells that it was played. `how` holds bits of `plays.How`.
    """

    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", primary_key=True)
    told_at: datetime = Field(primary_key=True, sa_type=WholeSeconds)
    track_id: int = Field(foreign_key="track.id", primary_key=True, index=True)
    source: PlaySource = Field(primary_key=True, sa_type=SmallEnum(PlaySource))
    started_at: datetime = Field(sa_type=WholeSeconds)
    ms: int | None = None
    how: int = Field(default=0, sa_type=SmallInteger)
    device: int = Field(default=0, sa_type=SmallInteger)
    country: str | None = Field(default=None, max_length=2)
    upload_id: int = 0


class Play(_Told, table=True):
    """A told play, once for each source; `counts` is derived and can be derived again.

    Clustered by person and time: what is read together lies together.
    """

    __tablename__ = "play"
    __table_args__ = ({"sqlite_with_rowid": False, "postgresql_partition_by": "HASH (user_id)"},)

    counts: Counts = Field(default=Counts.UNJUDGED, sa_type=SmallEnum(Counts))


class PlayAgain(_Told, table=True):
    """The same play as another upload tells it, so that it stays when that other one is undone."""

    __tablename__ = "play_again"
    __table_args__ = ({"sqlite_with_rowid": False},)

    upload_id: int = Field(default=0, primary_key=True)


class ToldIdentity(SQLModel, table=True):
    """Which recording a person's source says that a track is: by ISRC, by MusicBrainz, or by both.

    With `told_at` 0 it holds for the plays of the track that this upload (0 for what was recorded)
    has of this source, but for those that have a row of their own, by the time (seconds) that the
    source told: two recordings of one artist can be called alike. Tracks that are known by names
    are everybody's, so a file may say this to its owner only.
    """

    __tablename__ = "told_identity"
    __table_args__ = ({"sqlite_with_rowid": False},)

    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", primary_key=True)
    track_id: int = Field(foreign_key="track.id", ondelete="CASCADE", primary_key=True, index=True)
    upload_id: int = Field(primary_key=True)
    source: PlaySource = Field(primary_key=True, sa_type=SmallEnum(PlaySource))
    told_at: int = Field(primary_key=True, sa_type=BigInteger)
    isrc: str | None = Field(default=None, max_length=12)
    mbid: str | None = Field(default=None, max_length=36)


class PlayPage(SQLModel, table=True):
    """The counting plays of a year (UTC) as an Arrow IPC stream; derived, may be deleted."""

    __tablename__ = "play_page"
    __table_args__ = ({"sqlite_with_rowid": False},)

    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", primary_key=True)
    year: int = Field(sa_type=SmallInteger, primary_key=True)
    # Read by nobody. It can go with a migration once no process writes it any more.
    revision: int = 0
    plays: int
    data: bytes = Field(sa_type=LargeBinary)


class PlayChange(SQLModel, table=True):
    """A time (seconds, both included) in which other plays are told than were judged.

    Kept until all of the person's plays are judged together; `judged` when its own stretch was,
    and then one for all of these.
    """

    __tablename__ = "play_change"

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    since: int = Field(sa_type=BigInteger)
    until: int = Field(sa_type=BigInteger)
    judged: bool = False


class Hidden(SQLModel, table=True):
    """What somebody leaves out of their charts: an artist, an album, a track, or a stretch of time.

    `artist` and `album` are names as they are shown. A stretch of time has neither; with one of
    them the times say when it is left out, None is open.
    """

    __tablename__ = "hidden"

    id: int = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", index=True)
    kind: str = Field(max_length=16)
    artist: str | None = Field(default=None, max_length=500)
    album: str | None = Field(default=None, max_length=500)
    track_id: int | None = Field(
        default=None, foreign_key="track.id", ondelete="CASCADE", index=True
    )
    from_at: datetime | None = Field(default=None, sa_type=WholeSeconds)
    until_at: datetime | None = Field(default=None, sa_type=WholeSeconds)
    created_at: datetime


class Recording(SQLModel, table=True):
    """By somebody's own word a track counts as another one, or as itself whatever looks equal."""

    __tablename__ = "recording"

    user_id: int = Field(foreign_key="user_account.id", ondelete="CASCADE", primary_key=True)
    track_id: int = Field(foreign_key="track.id", ondelete="CASCADE", primary_key=True, index=True)
    counts_as: int = Field(foreign_key="track.id", ondelete="CASCADE", index=True)
    decided_at: datetime
