"""The played tracks as parallel arrays, so that plays look up what they need by place."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from ttt.music import Measure

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
T = TypeVar("T", bound="np.signedinteger[Any]")


class PlayedTrack(NamedTuple):
    """A track as the store knows it; tracks with an equal `recording` count as one."""

    id: int
    title: str
    artists: tuple[str, ...]
    uri: str | None = None
    album: str | None = None
    recording: Hashable = None
    duration_ms: int | None = None
    release_year: int | None = None
    cover_url: str | None = None
    energy: float | None = None
    valence: float | None = None
    tempo: float | None = None
    popularity: float | None = None
    key: int | None = None
    mode: int | None = None
    genres: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Tracks:
    """One entry a track; names stand once, `artist`, `album` and `recording` are places.

    Unknown is -1 in whole numbers, NaN in values and None in texts. The genres of track i are
    `genre[genre_from[i]:genre_from[i + 1]]`, and `genre_set` is the place of all of them together
    among the different sets. An album is its name and its artist.
    """

    id: NDArray[np.int64]
    uri: tuple[str | None, ...]
    title: tuple[str, ...]
    artists: tuple[str, ...]
    artist: NDArray[np.int32]
    artist_names: tuple[str, ...]
    album: NDArray[np.int32]
    album_names: tuple[str, ...]
    recording: NDArray[np.int32]
    duration_ms: NDArray[np.int32]
    release_year: NDArray[np.int16]
    cover_url: tuple[str | None, ...]
    values: dict[Measure, NDArray[np.float32]]
    key: NDArray[np.int8]
    mode: NDArray[np.int8]
    genre: NDArray[np.int32]
    genre_from: NDArray[np.int64]
    genre_names: tuple[str, ...]
    genre_set: NDArray[np.int32]
    genre_sets: tuple[tuple[int, ...], ...]
    _kept: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.title)

    @cached_property
    def places(self) -> dict[str, int]:
        """Place of each URI."""
        return {uri: place for place, uri in enumerate(self.uri) if uri}

    @cached_property
    def artist_places(self) -> dict[str, int]:
        """Place of each artist's name."""
        return {name: place for place, name in enumerate(self.artist_names)}

    def keep(self, key: Hashable, make: Callable[[], V]) -> V:
        """What `make` gives, made once for these tracks, whatever of their plays is looked at."""
        if key not in self._kept:
            self._kept[key] = make()
        found: V = self._kept[key]
        return found

    @cached_property
    def recordings(self) -> int:
        """How many recordings they are."""
        return int(self.recording.max()) + 1 if len(self) else 0

    @cached_property
    def album_artist(self) -> NDArray[np.int32]:
        """Artist of each album."""
        found = np.empty(len(self.album_names), np.int32)  # each has a track
        known = self.album >= 0
        found[self.album[known]] = self.artist[known]
        return found

    @cached_property
    def genres_each(self) -> NDArray[np.int64]:
        """How many genres each track has."""
        return np.diff(self.genre_from)


def tracks(rows: Iterable[PlayedTrack]) -> Tracks:
    """The tracks as arrays, in the order given."""
    kept = list(rows)
    artist, artist_names = _places([row.artists[0] if row.artists else None for row in kept])
    albums = [
        (row.album, int(place)) if row.album else None
        for row, place in zip(kept, artist, strict=True)
    ]
    album, album_keys = _places(albums)
    # A pair, so that no recording is taken for the id of a track that has none.
    recording, _ = _places([(row.recording, row.recording is None and row.id) for row in kept])
    genre, genre_names = _places(list(chain.from_iterable(row.genres for row in kept)))
    genre_place = {name: n for n, name in enumerate(genre_names)}
    genre_set, set_names = _places([row.genres for row in kept])
    return Tracks(
        id=np.array([row.id for row in kept], np.int64),
        uri=tuple(row.uri for row in kept),
        title=tuple(row.title for row in kept),
        artists=tuple(", ".join(row.artists) for row in kept),
        artist=artist,
        artist_names=artist_names,
        album=album,
        album_names=tuple(name for name, _ in album_keys),
        recording=recording,
        duration_ms=_whole([row.duration_ms for row in kept], np.int32),
        release_year=_whole([row.release_year for row in kept], np.int16),
        cover_url=tuple(row.cover_url for row in kept),
        values={
            Measure.ENERGY: _values([row.energy for row in kept]),
            Measure.VALENCE: _values([row.valence for row in kept]),
            Measure.TEMPO: _values([row.tempo for row in kept]),
            Measure.POPULARITY: _values([row.popularity for row in kept]),
        },
        key=_whole([row.key for row in kept], np.int8),
        mode=_whole([row.mode for row in kept], np.int8),
        genre=genre,
        genre_from=np.cumsum([0, *(len(row.genres) for row in kept)]),
        genre_names=genre_names,
        genre_set=genre_set,
        genre_sets=tuple(tuple(map(genre_place.__getitem__, names)) for names in set_names),
    )


def _places(keys: Sequence[K | None]) -> tuple[NDArray[np.int32], tuple[K, ...]]:
    """Place of each key among the different ones, in the order they come; -1 for None."""
    names: dict[K, int] = {}
    places = [-1 if key is None else names.setdefault(key, len(names)) for key in keys]
    return np.array(places, np.int32), tuple(names)


def _whole(values: Sequence[int | None], kind: type[T]) -> NDArray[T]:
    return np.array([-1 if value is None else value for value in values], kind)


def _values(values: Sequence[float | None]) -> NDArray[np.float32]:
    return np.array([np.nan if value is None else value for value in values], np.float32)
