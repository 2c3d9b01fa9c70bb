"""A track as a person sees it in a list: its description, its values and its place there."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ttt import music
from ttt.found import Source
from ttt.music import Measure


@dataclass(frozen=True, slots=True)
class Value:
    """A number with where it came from and when (aware UTC)."""

    number: float
    source: Source
    observed_at: datetime


class Direction(StrEnum):
    """How a rank moved since the snapshot before."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Movement:
    """Direction and, for up and down, by how many places."""

    direction: Direction
    places: int = 0

    @classmethod
    def between(cls, before: int | None, rank: int) -> "Movement":
        """From a rank to another; None is that of what was not on the list."""
        if before is None:
            return cls(Direction.NEW)
        if before == rank:
            return cls(Direction.SAME)
        return cls(Direction.UP if before > rank else Direction.DOWN, abs(before - rank))


@dataclass(frozen=True, slots=True)
class TrackRow:
    """One track; `title` is None while nobody could describe its URI yet.

    `uri` is "" for a track that was played elsewhere and is known by names only: none of those is
    in a list.

    `named_by` is the person's own file where nobody else says what the track is called.
    `values` holds the known values only, and all `genres` come from one source. `rank` (from 1)
    and `movement` belong to top lists, `added_at`, `added_by`, `note` and `tags` to lists of
    people; the other kind leaves them out.
    """

    uri: str
    title: str | None
    artists: tuple[str, ...] = ()
    artist_uris: tuple[str, ...] = ()
    album: str | None = None
    release_year: int | None = None
    duration_ms: int | None = None
    cover_url: str | None = None
    genres: tuple[str, ...] = ()
    genre_source: Source | None = None
    values: dict[str, Value] = field(default_factory=dict)
    rank: int | None = None
    movement: Movement | None = None
    added_at: datetime | None = None
    added_by: str | None = None
    note: str | None = None
    tags: tuple[str, ...] = ()
    named_by: Source | None = None

    @property
    def link(self) -> str:
        """Address of the track on Spotify, "" where Spotify has none."""
        if not self.uri:
            return ""
        return f"https://open.spotify.com/track/{self.uri.rpartition(':')[2]}"

    @property
    def label(self) -> str:
        """Title and artists on one line, or the URI while nothing more is known."""
        if self.title is None:
            return self.uri
        return f"{self.title} · {', '.join(self.artists)}" if self.artists else self.title

    def number(self, name: Measure | str) -> float | None:
        """Value of a measure or feature, None where it is not known."""
        value = self.values.get(name)
        return None if value is None else value.number

    @property
    def key(self) -> tuple[int, int] | None:
        """Pitch class and mode, None unless both are known; Spotify's key -1 is unknown."""
        key, mode = self.number("key"), self.number("mode")
        if key is None or mode is None or key not in range(12) or mode not in (0, 1):
            return None
        return int(key), int(mode)

    @property
    def key_name(self) -> str | None:
        """Key as musicians write it."""
        key = self.key
        return None if key is None else music.key_name(*key)

    @property
    def camelot(self) -> str | None:
        """Camelot code of the key."""
        key = self.key
        return None if key is None else music.camelot(*key)
