"""Makes a playlist at Spotify that was written down, one request at a time, and none twice.

Before a request it is taken down that one is made, and after the answer what it did. Whoever
finds a request without an answer (the process was killed, or Spotify stopped in the middle)
first looks at Spotify whether it was carried out.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from ttt.errors import RateLimited, SpotifyError, SpotifyUnavailable, UnexpectedAnswer
from ttt.found import FoundPlaylist
from ttt.models import SentPlaylist
from ttt.providers.spotify import Spotify
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.explain import explain
from ttt.services.person import Person
from ttt.services.playlists.own import PAGE
from ttt.services.spotify import spotify
from ttt.store import locks
from ttt.store.spotify import playlists

TOGETHER = 100
Answer = TypeVar("Answer")
_FIRST_REST, _LONGEST_REST = timedelta(seconds=5), timedelta(hours=1)
# More than a day of Spotify's not answering.
_MOST_FAILURES = 36
_LOOK_AGAIN = 1.0
# Newest first: what was made a moment ago is among them.
_LISTED_PAGES = 4


def advance(context: Context, playlist_id: int) -> float | None:
    """Make the next request; return how many seconds to wait for the one after, None at the end.

    Raises the SpotifyError that ends it before, which the history then tells.
    """
    with context.session() as session:
        playlist = playlists.find(session, playlist_id)
    if playlist is None or playlist.finished_at is not None:
        return None
    release = locks.take(context.direct, f"playlists-{playlist.user_id}")
    if release is None:
        return _LOOK_AGAIN
    try:
        return _advance(context, playlist_id)
    finally:
        release()


def rest(failures: int) -> timedelta:
    """How long to leave Spotify alone after so many failures in a row."""
    return min(_FIRST_REST * (1 << min(failures - 1, 20)), _LONGEST_REST)


def _advance(context: Context, playlist_id: int) -> float | None:
    with context.session() as session:
        playlist = playlists.find(session, playlist_id)
    if playlist is None:
        return None
    person = accounts.by_id(context, playlist.user_id)
    try:
        _next(context, person, playlist)
    except RateLimited as limit:
        return _wait(context, playlist, limit.until)
    except (SpotifyUnavailable, UnexpectedAnswer) as trouble:
        failures = playlist.failures + 1
        if failures > _MOST_FAILURES:
            _give_up(context, playlist, trouble)
            raise
        return _wait(context, playlist, context.now() + rest(failures), failures=failures)
    except SpotifyError as error:
        _give_up(context, playlist, error)
        raise
    return 0.0


def _next(context: Context, person: Person, playlist: SentPlaylist) -> None:
    if playlist.in_flight:
        _look(context, person, playlist)
    elif playlist.spotify_id is None:
        _create(context, person, playlist)
    elif playlist.added < playlist.length:
        _add(context, person, playlist, playlist.spotify_id)
    else:
        _change(context, playlist, finished_at=context.now())


def _create(context: Context, person: Person, playlist: SentPlaylist) -> None:
    about = f"Made with Top Track Tracker ({playlist.marker})"
    made = _write(context, person, playlist, lambda c: c.create_playlist(playlist.name, about))
    _change(context, playlist, spotify_id=made.spotify_id)


def _add(context: Context, person: Person, playlist: SentPlaylist, there: str) -> None:
    part = _part(context, playlist)
    uris = [f"spotify:track:{spotify_id}" for spotify_id in part]
    _write(context, person, playlist, lambda c: c.add_to_playlist(there, uris))
    _change(context, playlist, added=playlist.added + len(part))


def _look(context: Context, person: Person, playlist: SentPlaylist) -> None:
    """See at Spotify whether the request without an answer was carried out."""
    there = playlist.spotify_id
    if there is None:
        made = _ask(context, person, lambda client: _find_made(context, client, playlist))
        _change(context, playlist, spotify_id=made)
        return
    part = _part(context, playlist)
    done = _ask(context, person, lambda client: _holds(client, there, playlist.added, part))
    _change(context, playlist, added=playlist.added + (len(part) if done else 0))


def _find_made(context: Context, client: Spotify, playlist: SentPlaylist) -> str | None:
    with context.session() as session:
        known = {sent.spotify_id for sent in playlists.sent(session, playlist.user_id)}
    for page in range(_LISTED_PAGES):
        offset = page * PAGE
        listed = client.playlists(offset)
        for found in listed.playlists:
            if found.spotify_id not in known and _is_made(found, playlist):
                return found.spotify_id
        if listed.total is not None and listed.total <= offset + PAGE:
            break
    return None


def _is_made(found: FoundPlaylist, playlist: SentPlaylist) -> bool:
    # Spotify does not always tell descriptions.
    if found.description is None:
        return found.name == playlist.name and found.length == 0
    return playlist.marker in found.description


def _holds(client: Spotify, there: str, before: int, part: Sequence[str]) -> bool:
    """Whether a part that was to be added after so many rows is in the playlist."""
    length = client.playlist_rows(there, before, 1).length
    if length in {before, before + len(part)}:
        return length > before
    # Somebody changed the playlist meanwhile: then its end tells.
    start = max(0, length - len(part))
    rows = [
        row
        for offset in range(start, length, PAGE)
        for row in client.playlist_rows(there, offset).rows
    ]
    return [row and row.spotify_id for row in rows] == list(part)


def _part(context: Context, playlist: SentPlaylist) -> list[str]:
    """The rows that are next."""
    with context.session() as session:
        rows = playlists.rows(session, playlist.id)
    return rows[playlist.added : playlist.added + TOGETHER]


def _write(
    context: Context,
    person: Person,
    playlist: SentPlaylist,
    request: Callable[[Spotify], Answer],
) -> Answer:
    """Make a request that changes something; it stays in flight unless its answer is clear."""
    _take_down(context, playlist, in_flight=True)
    try:
        return _ask(context, person, request)
    except (SpotifyUnavailable, UnexpectedAnswer):
        raise
    except SpotifyError:
        _take_down(context, playlist, in_flight=False)
        raise


def _ask(context: Context, person: Person, request: Callable[[Spotify], Answer]) -> Answer:
    return spotify.call(context, person, request, "playlists")


def _change(context: Context, playlist: SentPlaylist, **columns: Any) -> None:
    """Take down what Spotify's answer means."""
    answered = {"in_flight": False, "failures": 0, "wait_until": None, "error": None}
    _take_down(context, playlist, **answered, **columns)


def _wait(context: Context, playlist: SentPlaylist, until: datetime, **columns: Any) -> float:
    _take_down(context, playlist, wait_until=until, **columns)
    return max(0.0, (until - context.now()).total_seconds())


def _give_up(context: Context, playlist: SentPlaylist, error: SpotifyError) -> None:
    _take_down(context, playlist, error=str(explain(error))[:300], wait_until=None)


def _take_down(context: Context, playlist: SentPlaylist, **columns: Any) -> None:
    with context.session() as session:
        playlists.change(session, playlist.id, **columns)
        session.commit()
