"""Cached reads, keyed by person and revision: each change of theirs makes a new key. What Spotify
alone knows has no revision, and is kept for seconds.

What is cached is immutable and shared, so nothing is copied (st.cache_data would pickle it).
"""

from datetime import datetime, timedelta

import streamlit as st

from ttt.music import Period
from ttt.services.lists import entries
from ttt.services.lists import lists as track_lists
from ttt.services.lists.lists import ListInfo
from ttt.services.person import Person
from ttt.services.playlists import own as own_playlists_service
from ttt.services.playlists.own import Owned
from ttt.services.plays import undoing
from ttt.services.plays.frame import loading
from ttt.services.spotify import playback, search, spotify
from ttt.services.spotify.playback import Player
from ttt.services.spotify.search import SearchResult
from ttt.services.spotify.spotify import Connection
from ttt.services.top import top_tracks
from ttt.services.top.top_tracks import TopList
from ttt.services.tracks.rows import TrackRow
from ttt.ui.frame import process

_TROUBLE_LASTS = timedelta(minutes=1)


def top_lists(person: Person) -> dict[Period, TopList]:
    """The person's stored top tracks of all periods."""
    return _top_lists(person, person.id, person.revision)


def top_list_between(person: Person, period: Period, since: datetime, until: datetime) -> TopList:
    """The last list of a period that was kept in a stretch of time."""
    return _top_list_between(person, (person.id, person.revision), period, since, until)


def trending_list(person: Person) -> list[TrackRow]:
    """The person's saved tracks, newest first."""
    return _own_list(person, person.id, person.revision, None)


def lists(person: Person) -> list[ListInfo]:
    """All lists that the person may see, those of others at most 15 seconds old."""
    return _lists(person, person.id, person.revision)


def forget_lists(person: Person) -> None:
    """Read anew which lists the person may see."""
    _lists.clear(person, person.id, person.revision)


def tracks_of(person: Person, info: ListInfo) -> list[TrackRow]:
    """What is on a list, of somebody else's at most 15 seconds old."""
    read = _own_list if info.mine else _shared_list
    return read(person, person.id, person.revision, info.id)


def connection(person: Person) -> Connection | None:
    """The person's connection to Spotify, as it is now."""
    return spotify.connection(process.context(), person)


def recorded_plays(person: Person) -> int:
    """How many plays are kept as they were recorded from Spotify."""
    return _recorded_plays(person, person.id, loading.revision(process.context(), person))


def found(person: Person, connection: Connection | None, query: str) -> SearchResult:
    """What a search found within ten minutes; one that met trouble is made again after one."""
    words, connected = " ".join(query.split()), connection is not None and connection.usable
    result, at = _found(person, person.id, connected, words)
    if result.trouble is not None and process.context().now() - at > _TROUBLE_LASTS:
        _found.clear(person, person.id, connected, words)
        result, _ = _found(person, person.id, connected, words)
    return result


def player(person: Person) -> Player:
    """The person's devices and what plays, as they were at most 20 seconds ago."""
    return _player(person, person.who)


def forget_player(person: Person) -> None:
    """Let what plays be asked anew."""
    _player.clear(person, person.who)


def own_playlists(person: Person) -> Owned:
    """The person's own playlists at Spotify, as they were at most a minute ago."""
    return _own_playlists(person, person.who)


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False)
def _top_list_between(
    _person: Person,
    key: tuple[int, int],  # noqa: ARG001
    period: Period,
    since: datetime,
    until: datetime,
) -> TopList:
    return top_tracks.between(process.context(), _person, period, since, until)


@st.cache_resource(ttl=3600, max_entries=400, show_spinner=False)
def _recorded_plays(_person: Person, user_id: int, revision: int) -> int:  # noqa: ARG001
    # All plays of the person are looked through for it.
    return undoing.recorded(process.context(), _person)


@st.cache_resource(ttl=20, max_entries=200, show_spinner=False)
def _player(_person: Person, who: tuple[int, datetime]) -> Player:  # noqa: ARG001
    return playback.look(process.context(), _person)


@st.cache_resource(ttl=60, max_entries=200, show_spinner=False)
def _own_playlists(_person: Person, who: tuple[int, datetime]) -> Owned:  # noqa: ARG001
    return own_playlists_service.owned(process.context(), _person)


@st.cache_resource(ttl=600, max_entries=500, show_spinner=False)
def _found(
    _person: Person,
    user_id: int,  # noqa: ARG001
    connected: bool,  # noqa: ARG001
    query: str,
) -> tuple[SearchResult, datetime]:
    context = process.context()
    return search.search(context, _person, query), context.now()


@st.cache_resource(ttl=3600, max_entries=200, show_spinner=False)
def _top_lists(_person: Person, user_id: int, revision: int) -> dict[Period, TopList]:  # noqa: ARG001
    return top_tracks.read(process.context(), _person)


@st.cache_resource(ttl=3600, max_entries=400, show_spinner=False)
def _own_list(
    _person: Person,
    user_id: int,  # noqa: ARG001
    revision: int,  # noqa: ARG001
    list_id: int | None,
) -> list[TrackRow]:
    return entries.listed(process.context(), _person, list_id)


@st.cache_resource(ttl=15, max_entries=200, show_spinner=False)
def _shared_list(
    _person: Person,
    user_id: int,  # noqa: ARG001
    revision: int,  # noqa: ARG001
    list_id: int | None,
) -> list[TrackRow]:
    return entries.listed(process.context(), _person, list_id)


@st.cache_resource(ttl=15, max_entries=400, show_spinner=False)
def _lists(_person: Person, user_id: int, revision: int) -> list[ListInfo]:  # noqa: ARG001
    return track_lists.seen_by(process.context(), _person)


@st.cache_resource(ttl=15, max_entries=1, show_spinner=False)
def everyones() -> list[TrackRow]:
    """The newest saved tracks of all people, at most 15 seconds old."""
    return entries.everyones(process.context())
