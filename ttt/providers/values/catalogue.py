"""The bundled catalogue: search and audio features without any service."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Self

from ttt.errors import SettingsError
from ttt.found import (
    Finding,
    FoundArtist,
    FoundFeatures,
    FoundTrack,
    Kind,
    Source,
    Wanted,
)
from ttt.names import fold
from ttt.providers import genres

# The source says "autumn 2022" and no more; its first day stands for that season.
OBSERVED_AT = datetime(2022, 9, 22, tzinfo=UTC)
_START = 3


@dataclass(frozen=True, slots=True)
class _Entry:
    track: FoundTrack
    title: str
    words: str

    def holds(self, words: list[str]) -> bool:
        return all(f" {word}" in self.words for word in words)


class Catalogue:
    """Tracks by Spotify id, and by words of their titles and artists; a provider of all kinds."""

    source = Source.CATALOGUE
    kinds = frozenset(Kind)
    batch = 10_000
    why_off: str | None = None

    def __init__(self, tracks: Iterable[FoundTrack]) -> None:
        self._entries = [_entry(track) for track in tracks]
        self._tracks = {entry.track.spotify_id: entry.track for entry in self._entries}

    @cached_property
    def _by_start(self) -> dict[str, list[_Entry]]:
        """Entries by what their words start with: thousands of names are searched for at once."""
        starts: dict[str, list[_Entry]] = defaultdict(list)
        for entry in self._entries:
            words = entry.words.split()
            for start in {word[:length] for word in words for length in range(1, _START + 1)}:
                starts[start].append(entry)
        return dict(starts)

    @classmethod
    @cache
    def load(cls, path: Path) -> Self:
        """Read a catalogue file, once a process; SettingsError when it cannot be used."""
        try:
            with path.open(encoding="utf-8", newline="") as file:
                tracks = [_track(row) for row in csv.DictReader(file, restval="", strict=True)]
        except OSError as error:
            raise _unusable(path, error.strerror or str(error)) from error
        except KeyError as error:
            raise _unusable(path, f"column {error} is missing") from error
        except (ValueError, csv.Error) as error:
            raise _unusable(path, f"it is not a catalogue ({error})") from error
        if not tracks:
            raise _unusable(path, "it holds no tracks")
        return cls(tracks)

    def __len__(self) -> int:
        return len(self._tracks)

    def track(self, spotify_id: str) -> FoundTrack | None:
        """The track with its features, None when the catalogue does not hold it."""
        return self._tracks.get(spotify_id)

    def tracks(self) -> list[FoundTrack]:
        """All tracks, in the order of the file."""
        return list(self._tracks.values())

    def look_up(self, kind: Kind, wanted: Sequence[Wanted]) -> dict[str, Finding]:  # noqa: ARG002 - told in any case
        """Features, popularity and genre of those tracks that it holds, whatever the kind."""
        held = (self.track(track.spotify_id) for track in wanted)
        return {
            track.spotify_id: Finding(
                features=track.features, popularity=track.popularity, genres=track.genres
            )
            for track in held
            if track is not None
        }

    def search(self, query: str, limit: int = 10) -> list[FoundTrack]:
        """Tracks in whose title or artists every word of the query starts a word.

        An exact title comes first, then titles that start with the query, then by popularity.
        """
        wanted = fold(query)
        if not wanted:
            return []
        words = wanted.split()
        near = min((self._by_start.get(word[:_START], []) for word in words), key=len)
        found = [entry for entry in near if entry.holds(words)]
        found.sort(key=lambda entry: _closeness(entry, wanted))
        return [entry.track for entry in found[:limit]]


def _unusable(path: Path, reason: str) -> SettingsError:
    return SettingsError(f"TTT_CATALOGUE_FILE cannot be read from {path}: {reason}")


def _closeness(entry: _Entry, wanted: str) -> tuple[bool, bool, float, str]:
    popularity = entry.track.popularity or 0.0
    exact, prefix = entry.title == wanted, entry.title.startswith(wanted)
    return not exact, not prefix, -popularity, entry.track.spotify_id


def _entry(track: FoundTrack) -> _Entry:
    title = fold(track.title)
    artists = (fold(artist.name) for artist in track.artists)
    return _Entry(track, title, f" {title} {' '.join(artists)}")


def _track(row: dict[str, str]) -> FoundTrack:
    return FoundTrack(
        spotify_id=row["uri"].removeprefix("spotify:track:"),
        title=row["title"],
        artists=tuple(map(FoundArtist, row["artists"].split(";"))),
        album=row["album"],
        duration_ms=int(row["duration_ms"]),
        explicit=row["explicit"] == "true",
        popularity=float(row["popularity"]),
        genres=genres.tidy([row["genre"]]),
        features=_features(row),
    )


def _features(row: dict[str, str]) -> FoundFeatures:
    return FoundFeatures(
        energy=float(row["energy"]),
        valence=float(row["valence"]),
        tempo=float(row["tempo"]),
        key=int(row["key"]),
        mode=int(row["mode"]),
        danceability=float(row["danceability"]),
        acousticness=float(row["acousticness"]),
        instrumentalness=float(row["instrumentalness"]),
        liveness=float(row["liveness"]),
        loudness=float(row["loudness"]),
        speechiness=float(row["speechiness"]),
        time_signature=int(row["time_signature"]),
    )
