"""The demo listeners' playlists, kept in the memory of one process.

They begin anew with each start, and several processes would each have their own: unlike tokens,
playlists cannot travel with the request. What the app sent is in its own history meanwhile.
"""

import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from ttt.demo.library import Library, Track, made_up_id
from ttt.demo.listeners import LISTENERS, Listener

_FIRST_LENGTH = 120
_MADE_AT = datetime(2026, 1, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Row:
    """A track in a playlist."""

    track: Track
    added_at: datetime
    added_by: Listener


@dataclass(slots=True, eq=False)
class Playlist:
    """A playlist; `snapshot_id` is another one after each change."""

    id: str
    owner: Listener
    name: str
    description: str
    public: bool
    rows: list[Row] = field(default_factory=list)
    snapshot_id: str = ""

    def __post_init__(self) -> None:
        self.changed()

    def changed(self) -> None:
        """Give it a new version."""
        self.snapshot_id = secrets.token_urlsafe(24)


class Playlists:
    """All playlists; every listener has one of their own and follows another's."""

    def __init__(self) -> None:
        self._all: dict[str, Playlist] = {}
        self._lock = threading.Lock()

    def of(self, listener: Listener, library: Library) -> list[Playlist]:
        """The listener's own and followed playlists, newest first."""
        self._begin(library)
        own = [playlist for playlist in self._all.values() if playlist.owner is listener]
        return [*reversed(own), self._all[_first_id(_followed_by(listener))]]

    def find(self, playlist_id: str, library: Library) -> Playlist | None:
        """The playlist with this id, whoever owns it."""
        self._begin(library)
        return self._all.get(playlist_id)

    def create(self, owner: Listener, name: str, description: str, public: bool) -> Playlist:
        """A new playlist without rows."""
        made = Playlist(secrets.token_hex(11), owner, name, description, public)
        with self._lock:
            self._all[made.id] = made
        return made

    def add(self, playlist: Playlist, tracks: Sequence[Track], place: int, at: datetime) -> None:
        """Insert tracks before a place (from 0)."""
        with self._lock:
            playlist.rows[place:place] = [Row(track, at, playlist.owner) for track in tracks]
            playlist.changed()

    def _begin(self, library: Library) -> None:
        with self._lock:
            for listener in LISTENERS:
                if _first_id(listener) not in self._all:
                    first = _first(listener, library)
                    # Before whatever was made since, so that the newest stays first.
                    self._all = {first.id: first} | self._all


def _first_id(listener: Listener) -> str:
    return made_up_id("playlist", listener.id)


def _first(listener: Listener, library: Library) -> Playlist:
    liked = [track for track in library.tracks if track.genre in listener.genres]
    liked.sort(key=lambda track: (-track.popularity, track.id))
    rows = [Row(track, _MADE_AT, listener) for track in liked[:_FIRST_LENGTH]]
    name = f"{listener.name}'s favourites"
    return Playlist(_first_id(listener), listener, name, listener.taste, False, rows)


def _followed_by(listener: Listener) -> Listener:
    return LISTENERS[(LISTENERS.index(listener) + 1) % len(LISTENERS)]
