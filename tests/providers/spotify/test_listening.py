"""Playlists, devices and what plays: what is asked, and what is read of the answers."""

import json
from typing import Any

import pytest

from tests.providers.scripted import Reply, Server
from tests.providers.spotify.given import a_track
from ttt.errors import UnexpectedAnswer
from ttt.found import Device, FoundPlaylist, NowPlaying
from ttt.providers.spotify import Spotify

PLAYLIST_ID = "3cEYpjA9oz9GiPac4AsH4n"
URIS = [f"spotify:track:{number:022}" for number in range(100)]
SPEAKER = {
    "id": "a1",
    "name": "Kitchen",
    "type": "speaker",
    "is_active": True,
    "is_restricted": False,
    "volume_percent": None,
}


def a_playlist(**changes: object) -> dict[str, Any]:
    """A playlist of a list, as development mode shows it."""
    return {
        "id": PLAYLIST_ID,
        "name": "TTT_1",
        "owner": {"id": "smedjan", "display_name": None},
        "items": {"href": "https://api.spotify.com/x", "total": 3},
        "description": "about",
        "public": False,
        **changes,
    }


def test_a_playlist_is_made_privately(spotify: Spotify, server: Server) -> None:
    server.will(Reply(201, a_playlist()))
    made = spotify.create_playlist("TTT_1", "about")
    assert made == FoundPlaylist(PLAYLIST_ID, "TTT_1", "smedjan", 3, "about", False)
    (asked,) = server.asked
    assert (asked.method, asked.path) == ("POST", "/web-api/v1/me/playlists")
    wanted = {"name": "TTT_1", "description": "about", "public": False, "collaborative": False}
    assert json.loads(asked.body) == wanted


def test_a_hundred_rows_are_added_in_one_request(spotify: Spotify, server: Server) -> None:
    server.will(Reply(201, {"snapshot_id": "s"}))
    spotify.add_to_playlist(PLAYLIST_ID, URIS)
    (asked,) = server.asked
    assert (asked.method, asked.path) == ("POST", f"/web-api/v1/playlists/{PLAYLIST_ID}/items")
    assert json.loads(asked.body) == {"uris": URIS}


def test_playlists_are_asked_by_the_fifty(spotify: Spotify, server: Server) -> None:
    older = a_playlist(items=None, tracks={"total": 7}, description=None)
    server.will(Reply(body={"total": 52, "items": [a_playlist(), None, older]}))
    page = spotify.playlists(50)
    assert (page.total, page.unread) == (52, 1)
    assert [(playlist.length, playlist.description) for playlist in page.playlists] == [
        (3, "about"),
        (7, None),
    ]
    (asked,) = server.asked
    assert asked.path == "/web-api/v1/me/playlists"
    assert asked.query == {"limit": "50", "offset": "50"}


@pytest.mark.parametrize("name", ["item", "track"])
def test_rows_keep_their_places(spotify: Spotify, server: Server, name: str) -> None:
    rows = [
        {name: a_track(), "is_local": False},
        {name: None},
        None,
        {name: a_track(type="episode")},
        {name: a_track(is_local=True)},
    ]
    server.will(Reply(body={"total": 105, "items": rows}))
    page = spotify.playlist_rows(PLAYLIST_ID, offset=100)
    assert page.length == 105
    assert [row and row.title for row in page.rows] == ["Cut To The Feeling", *[None] * 4]
    (asked,) = server.asked
    assert asked.path == f"/web-api/v1/playlists/{PLAYLIST_ID}/items"
    assert asked.query["offset"] == "100"


def test_a_row_that_is_no_row_costs_that_row_only(spotify: Spotify, server: Server) -> None:
    rows = ["row", {"item": a_track(id="short")}, {"item": a_track()}]
    server.will(Reply(body={"total": None, "items": rows}))
    page = spotify.playlist_rows(PLAYLIST_ID)
    assert page.length == 3
    assert [row and row.title for row in page.rows] == [None, None, "Cut To The Feeling"]


@pytest.mark.parametrize("answer", [{"total": 1}, {"items": None}, {"items": {}}, []])
def test_a_page_without_rows_makes_no_sense(
    spotify: Spotify, server: Server, answer: object
) -> None:
    server.will(Reply(body=answer), Reply(body=answer))
    with pytest.raises(UnexpectedAnswer):
        spotify.playlist_rows(PLAYLIST_ID)
    with pytest.raises(UnexpectedAnswer):
        spotify.playlists()


def test_odd_playlists_stop_no_other(spotify: Spotify, server: Server) -> None:
    odd = [
        a_playlist(name=None),
        a_playlist(owner=None),
        a_playlist(owner={"id": None}),
        a_playlist(items={"total": None}),
        a_playlist(items={"total": 3.0}),
        a_playlist(id=None),
        a_playlist(id="short"),
        7,
    ]
    server.will(Reply(body={"total": 9.0, "items": [a_playlist(), *odd]}))
    page = spotify.playlists()
    assert (page.total, page.unread) == (9, 3)
    assert [(p.name, p.owner_id, p.length) for p in page.playlists] == [
        ("TTT_1", "smedjan", 3),
        ("", "smedjan", 3),
        ("TTT_1", None, 3),
        ("TTT_1", None, 3),
        ("TTT_1", "smedjan", None),
        ("TTT_1", "smedjan", 3),
    ]


def test_a_device_may_say_next_to_nothing(spotify: Spotify, server: Server) -> None:
    server.will(Reply(body={"devices": [None, {"id": "a1", "name": None, "is_active": "yes"}]}))
    assert spotify.devices() == [Device("a1", "", "", active=False, restricted=False)]


@pytest.mark.parametrize("odd", ["playing", 7, {"id": "short"}, {}])
def test_what_plays_may_be_odd(spotify: Spotify, server: Server, odd: object) -> None:
    server.will(Reply(body={"is_playing": "yes", "item": odd, "device": odd}))
    assert spotify.now_playing() == NowPlaying(None, None, playing=False)


def test_devices_say_whether_they_take_commands(spotify: Spotify, server: Server) -> None:
    tv = {"id": None, "name": "TV", "is_restricted": True}
    server.will(Reply(body={"devices": [SPEAKER, tv]}))
    assert spotify.devices() == [
        Device("a1", "Kitchen", "speaker", active=True, restricted=False),
        Device(None, "TV", "", active=False, restricted=True),
    ]
    assert server.paths == ["/web-api/v1/me/player/devices"]


def test_what_plays_is_read_with_its_device(spotify: Spotify, server: Server) -> None:
    server.will(Reply(body={"is_playing": True, "item": a_track(), "device": SPEAKER}))
    now = spotify.now_playing()
    assert now is not None
    assert (now.playing, now.device) == (True, "Kitchen")
    assert now.track is not None
    assert now.track.label == "Cut To The Feeling · Carly Rae Jepsen"


@pytest.mark.parametrize("item", [None, a_track(type="episode")])
def test_what_plays_may_be_no_track(spotify: Spotify, server: Server, item: object) -> None:
    server.will(Reply(body={"is_playing": False, "item": item, "device": None}))
    assert spotify.now_playing() == NowPlaying(None, None, playing=False)


def test_nothing_plays_when_spotify_says_nothing(spotify: Spotify, server: Server) -> None:
    server.will(Reply(204))
    assert spotify.now_playing() is None


@pytest.mark.parametrize(("device", "query"), [("a1", {"device_id": "a1"}), (None, {})])
def test_tracks_are_played_on_the_device_that_is_named(
    spotify: Spotify, server: Server, device: str | None, query: dict[str, str]
) -> None:
    server.will(Reply(204))
    spotify.play(URIS[:2], device)
    (asked,) = server.asked
    assert (asked.method, asked.path) == ("PUT", "/web-api/v1/me/player/play")
    assert asked.query == query
    assert json.loads(asked.body) == {"uris": URIS[:2]}


def test_pause_and_next_need_no_answer(spotify: Spotify, server: Server) -> None:
    server.will(Reply(204), Reply(200, "whatever"))
    spotify.pause()
    spotify.next()
    assert [(a.method, a.path.removeprefix("/web-api/v1")) for a in server.asked] == [
        ("PUT", "/me/player/pause"),
        ("POST", "/me/player/next"),
    ]
