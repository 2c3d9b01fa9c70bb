"""Last.fm's similar tracks: one request, its shapes, and errors under any status."""

from datetime import timedelta
from typing import Any

import pytest

from tests.providers.conftest import NOW
from tests.providers.scripted import Fault, Reply, Server
from ttt.errors import (
    ProviderBlocked,
    ProviderError,
    ProviderNonsense,
    ProviderRefused,
    ProviderUnavailable,
)
from ttt.found import SimilarTrack
from ttt.providers.http import Client
from ttt.providers.values.similar import LastFmSimilar
from ttt.settings import load


@pytest.fixture
def lastfm(client: Client, server: Server) -> LastFmSimilar:
    return LastFmSimilar(client, server.url, "key-SECRET")


def a_row(title: object = "Creep", artist: object = "Radiohead", match: object = 0.5) -> Any:
    return {"name": title, "artist": {"name": artist, "mbid": ""}, "match": match, "playcount": 1}


def rows(*given: object) -> Reply:
    return Reply(body={"similartracks": {"track": list(given), "@attr": {"artist": "x"}}})


def test_one_request_names_what_listeners_play_too(lastfm: LastFmSimilar, server: Server) -> None:
    server.will(rows(a_row("Yellow", "Coldplay", 0.4), a_row("Creep", "Radiohead", "1.0")))

    found = lastfm.similar("Linkin Park", "Numb")

    assert found == (SimilarTrack("Creep", "Radiohead", 1), SimilarTrack("Yellow", "Coldplay", 0.4))
    [asked] = server.asked
    assert asked.path == "/2.0/"
    assert asked.query == {
        "method": "track.getSimilar",
        "artist": "Linkin Park",
        "track": "Numb",
        "autocorrect": "1",
        "limit": "50",
        "api_key": "key-SECRET",
        "format": "json",
    }


def test_without_a_key_it_is_off_and_says_so(client: Client, server: Server) -> None:
    lastfm = LastFmSimilar(client, server.url, "")

    assert lastfm.why_off is not None
    assert "TTT_LASTFM_KEY" in lastfm.why_off
    with pytest.raises(ProviderRefused):
        lastfm.similar("Linkin Park", "Numb")
    assert server.asked == []


@pytest.mark.parametrize(
    "row",
    [None, "Creep", 5, a_row(title=None), a_row(title=""), a_row(artist=None), {"name": "Creep"}],
)
def test_a_row_without_title_or_artist_is_left_out(
    lastfm: LastFmSimilar, server: Server, row: object
) -> None:
    server.will(rows(row, a_row("Yellow", "Coldplay", 1)))
    assert lastfm.similar("a", "b") == (SimilarTrack("Yellow", "Coldplay", 1),)


@pytest.mark.parametrize("match", [None, "", "much", -1, 1.5, True, [], "nan"])
def test_a_row_that_does_not_say_how_alike_comes_last(
    lastfm: LastFmSimilar, server: Server, match: object
) -> None:
    server.will(rows(a_row(match=match), a_row("Yellow", "Coldplay", 0.1)))
    assert [(t.title, t.match) for t in lastfm.similar("a", "b")] == [("Yellow", 0.1), ("Creep", 0)]


@pytest.mark.parametrize("tracks", [a_row(), [a_row()]])
def test_a_row_may_stand_alone(lastfm: LastFmSimilar, server: Server, tracks: object) -> None:
    server.will(Reply(body={"similartracks": {"track": tracks}}))
    assert [track.title for track in lastfm.similar("a", "b")] == ["Creep"]


@pytest.mark.parametrize("body", [{"similartracks": {}}, {"similartracks": {"track": []}}])
def test_a_track_may_have_none(lastfm: LastFmSimilar, server: Server, body: object) -> None:
    server.will(Reply(body=body))
    assert lastfm.similar("a", "b") == ()


@pytest.mark.parametrize("status", [200, 400, 404])
def test_an_unknown_track_has_none(lastfm: LastFmSimilar, server: Server, status: int) -> None:
    server.will(Reply(status, {"error": 6, "message": "Track not found"}))
    assert lastfm.similar("a", "b") == ()


@pytest.mark.parametrize(
    ("reply", "meaning"),
    [
        (Reply(body={"error": 29}), ProviderBlocked("lastfm", NOW + timedelta(minutes=1))),
        (
            Reply(429, headers={"Retry-After": "120"}),
            ProviderBlocked("lastfm", NOW + timedelta(minutes=2)),
        ),
        (Reply(403, {"error": 10}), ProviderRefused("lastfm")),
        (Reply(body={"error": 10}), ProviderRefused("lastfm")),
        (Reply(body={"error": 8}), ProviderUnavailable("lastfm")),
        (Reply(500), ProviderUnavailable("lastfm")),
        (Reply(body={"similartracks": "none"}), ProviderNonsense("lastfm")),
        (Reply(body="<html>"), ProviderNonsense("lastfm")),
        (Reply(body=[]), ProviderNonsense("lastfm")),
    ],
)
def test_an_error_is_told_apart(
    lastfm: LastFmSimilar, server: Server, reply: Reply, meaning: ProviderError
) -> None:
    server.will(reply)

    with pytest.raises(ProviderError) as caught:
        lastfm.similar("a", "b")
    assert caught.value == meaning
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("fault", "late"),
    [("cut", False), ("cut midway", False), ("stall", True), ("stall midway", True)],
)
def test_a_broken_connection_is_a_service_that_is_not_there(
    server: Server, fault: Fault, late: bool
) -> None:
    client = Client(load(), now=lambda: NOW, attempts=1, connect_seconds=0.2, read_seconds=0.2)
    server.will(Reply(body={"similartracks": {}}, fault=fault))

    with pytest.raises(ProviderUnavailable) as caught:
        LastFmSimilar(client, server.url, "key").similar("a", "b")
    client.close()
    assert caught.value.timed_out is late
