"""All music that the demo Spotify knows: the tracks of the catalogue file."""

import csv
import hashlib
import re
import string
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Self

_BASE62 = string.digits + string.ascii_letters
_FIELD = re.compile(r"\b(track|artist):", re.IGNORECASE)
_BY_ISRC = re.compile(r"isrc:(\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Artist:
    """A name under an id that the demo made up."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Track:
    """A recording with what a listener's taste is made of; ids but its own are made up."""

    id: str
    isrc: str
    title: str
    artists: tuple[Artist, ...]
    album_id: str
    album: str
    duration_ms: int
    explicit: bool
    popularity: int
    genre: str
    energy: float
    valence: float
    tempo: float


@dataclass(frozen=True, slots=True)
class _Entry:
    track: Track
    title: str
    artists: str

    def matches(self, anywhere: list[str], in_title: list[str], in_artists: list[str]) -> bool:
        return (
            all(f" {word}" in self.title or f" {word}" in self.artists for word in anywhere)
            and all(f" {word}" in self.title for word in in_title)
            and all(f" {word}" in self.artists for word in in_artists)
        )


class Library:
    """Tracks and artists by id, and tracks by the words of their titles and artists."""

    def __init__(self, tracks: Iterable[Track]) -> None:
        self.tracks = tuple(tracks)
        self._tracks = {other.id: other for other in map(relinked, self.tracks)}
        self._tracks |= {track.id: track for track in self.tracks}
        self._artists = {artist.id: artist for track in self.tracks for artist in track.artists}
        self._entries = [_entry(track) for track in self.tracks]

    @classmethod
    @cache
    def load(cls, path: Path) -> Self:
        """Read the catalogue file, once a process."""
        with path.open(encoding="utf-8", newline="") as file:
            return cls(_track(row, number) for number, row in enumerate(csv.DictReader(file)))

    def track(self, track_id: str) -> Track | None:
        """The track with this id."""
        return self._tracks.get(track_id)

    def artist(self, artist_id: str) -> Artist | None:
        """The artist with this id."""
        return self._artists.get(artist_id)

    def search(self, query: str) -> list[Track]:
        """Every match, best first; `track:` and `artist:` hold for the words that follow them.

        `isrc:` stands alone.
        """
        if code := _BY_ISRC.fullmatch(query):
            return [e.track for e in self._entries if e.track.isrc == code[1].upper()]
        anywhere, in_title, in_artists = _parts(query)
        if not anywhere + in_title + in_artists:
            return []
        start = f" {' '.join(anywhere or in_title)}"
        found = [e for e in self._entries if e.matches(anywhere, in_title, in_artists)]
        found.sort(
            key=lambda e: (e.title != start, not e.title.startswith(start), -e.track.popularity)
        )
        return [entry.track for entry in found]


def made_up_id(kind: str, name: str) -> str:
    """A stable id of 22 characters, in the form of Spotify's own."""
    number = int.from_bytes(hashlib.sha256(f"{kind}:{name}".encode()).digest()[:16])
    digits = []
    for _ in range(22):
        number, digit = divmod(number, 62)
        digits.append(_BASE62[digit])
    return "".join(reversed(digits))


def relinked(track: Track) -> Track:
    """The same recording under the id that another market knows it by."""
    return replace(track, id=made_up_id("relinked", track.id))


def _parts(query: str) -> tuple[list[str], list[str], list[str]]:
    anywhere, *filters = _FIELD.split(query)
    words: dict[str, list[str]] = {"track": [], "artist": []}
    for field, text in zip(filters[::2], filters[1::2], strict=True):
        words[field.lower()] += _fold(text).split()
    return _fold(anywhere).split(), words["track"], words["artist"]


def _fold(text: str) -> str:
    # The search of ttt.providers.values.catalogue folds alike; neither may import the other.
    split = unicodedata.normalize("NFKD", re.sub(r"['’‘`´]", "", text.casefold()))
    bare = "".join(c for c in split if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", bare).strip()


def _entry(track: Track) -> _Entry:
    artists = " ".join(artist.name for artist in track.artists)
    return _Entry(track, f" {_fold(track.title)}", f" {_fold(artists)}")


def _track(row: dict[str, str], number: int) -> Track:
    names = row["artists"].split(";")
    return Track(
        id=row["uri"].removeprefix("spotify:track:"),
        isrc=f"QZDEM26{number:05}",
        title=row["title"],
        artists=tuple(Artist(made_up_id("artist", name), name) for name in names),
        album_id=made_up_id("album", f"{names[0]};{row['album']}"),
        album=row["album"],
        duration_ms=int(row["duration_ms"]),
        explicit=row["explicit"] == "true",
        popularity=int(row["popularity"]),
        genre=row["genre"],
        energy=float(row["energy"]),
        valence=float(row["valence"]),
        tempo=float(row["tempo"]),
    )
