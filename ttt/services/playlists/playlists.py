"""The history of playlists that people sent to Spotify.

Sending only writes down what is wanted; ttt.services.playlists.sending does it in the background.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ttt.errors import InvalidInput, NotFound
from ttt.models import SentPlaylist
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import spotify
from ttt.services.tracks import links
from ttt.store import locks
from ttt.store.spotify import playlists

LONGEST_NAME = 100
LONGEST = 10_000  # rows that Spotify lets a playlist have
_NUMBERED = re.compile(r"TTT_([1-9][0-9]{0,8})")


class State(StrEnum):
    """How far a playlist is."""

    WAITING = "waiting"
    FILLING = "filling"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Sent:
    """A playlist of the history; `added` of its `length` rows are at Spotify.

    `wait_until` is when it goes on by itself after Spotify asked to wait or did not answer, and
    `error` is why it does not.
    """

    id: int
    name: str
    length: int
    added: int
    created_at: datetime
    state: State
    run: int
    spotify_id: str | None = None
    wait_until: datetime | None = None
    error: str | None = None

    @property
    def link(self) -> str | None:
        """Address of the playlist at Spotify, once it is there."""
        there = self.spotify_id
        return None if there is None else f"https://open.spotify.com/playlist/{there}"


def default_name(context: Context, person: Person) -> str:
    """The first of TTT_1, TTT_2, ... above all that the person has used."""
    with context.session() as session:
        names = playlists.names(session, person.id)
    used = [int(found[1]) for name in names if (found := _NUMBERED.fullmatch(name))]
    return f"TTT_{max(used, default=0) + 1}"


def send(context: Context, person: Person, uris: Sequence[str], name: str = "") -> Sent:
    """Write down a playlist that is to be made; InvalidInput for a name or length that cannot be.

    ScopeMissing or NotConnected when the person's connection does not allow it.
    """
    name = _valid_name(name)
    spotify_ids = links.known(uris)
    if not spotify_ids:
        raise InvalidInput("There are no tracks to send.")
    if len(spotify_ids) > LONGEST:
        raise InvalidInput(f"A playlist at Spotify has at most {LONGEST:,} tracks.")
    spotify.require(context, person, "playlists")
    return _keep(context, person, name, spotify_ids)


def again(context: Context, person: Person, playlist_id: int) -> Sent:
    """Write down that a playlist of the history is to be made once more, under a new name."""
    spotify_ids = rows(context, person, playlist_id)
    spotify.require(context, person, "playlists")
    return _keep(context, person, "", spotify_ids)


def resume(context: Context, person: Person, playlist_id: int) -> Sent:
    """Let a playlist that stopped go on, where it stopped."""
    before = _own(context, person, playlist_id)
    spotify.require(context, person, "playlists")
    with context.session() as session:
        playlists.change(
            session, playlist_id, runs=before.runs + 1, failures=0, error=None, wait_until=None
        )
        session.commit()
    return _sent(_own(context, person, playlist_id))


def history(context: Context, person: Person, limit: int = 50) -> list[Sent]:
    """The person's playlists, newest first."""
    with context.session() as session:
        return [_sent(playlist) for playlist in playlists.sent(session, person.id, limit)]


def find(context: Context, person: Person, playlist_id: int) -> Sent:
    """A playlist of the person's history; NotFound for others'."""
    return _sent(_own(context, person, playlist_id))


def rows(context: Context, person: Person, playlist_id: int) -> list[str]:
    """Spotify ids of a sent playlist's rows as they were."""
    _own(context, person, playlist_id)
    with context.session() as session:
        return playlists.rows(session, playlist_id)


def _keep(context: Context, person: Person, name: str, spotify_ids: Sequence[str]) -> Sent:
    # Or two tabs that send at once would find the same number free.
    with locks.held(context.direct, f"playlist names {person.id}"):
        name = name or default_name(context, person)
        return _kept(context, person, name, spotify_ids)


def _kept(context: Context, person: Person, name: str, spotify_ids: Sequence[str]) -> Sent:
    playlist = SentPlaylist(
        user_id=person.id,
        name=name,
        marker=f"TTT-{secrets.token_hex(6)}",
        length=len(spotify_ids),
        created_at=context.now(),
    )
    with context.session() as session:
        playlists.add(session, playlist, spotify_ids)
        session.commit()
        return _sent(playlist)


def _own(context: Context, person: Person, playlist_id: int) -> SentPlaylist:
    with context.session() as session:
        found = playlists.find(session, playlist_id)
    if found is None or found.user_id != person.id:
        raise NotFound("playlist")
    return found


def _sent(playlist: SentPlaylist) -> Sent:
    return Sent(
        id=playlist.id,
        name=playlist.name,
        length=playlist.length,
        added=playlist.added,
        created_at=playlist.created_at,
        state=_state(playlist),
        run=playlist.runs,
        spotify_id=playlist.spotify_id,
        wait_until=playlist.wait_until,
        error=playlist.error,
    )


def _state(playlist: SentPlaylist) -> State:
    if playlist.finished_at is not None:
        return State.DONE
    if playlist.error is not None:
        return State.FAILED
    return State.WAITING if playlist.spotify_id is None else State.FILLING


def _valid_name(name: str) -> str:
    name = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    if len(name) > LONGEST_NAME:
        raise InvalidInput(f"A playlist's name has at most {LONGEST_NAME} characters.")
    return name
