"""Pages of followed accounts: what is asked, and what is read of the answers."""

from typing import Any

import pytest

from tests.providers.scripted import Reply, Server
from ttt.errors import ProviderNonsense, ProviderRefused, ProviderUnavailable
from ttt.providers.followed.lastfm import LastFm
from ttt.providers.followed.listenbrainz import ListenBrainz
from ttt.providers.http import Client

LATEST = 1_795_348_800
AT = 1_700_000_000


@pytest.fixture
def lastfm(client: Client, server: Server) -> LastFm:
    return LastFm(client, server.url, "key-SECRET")


@pytest.fixture
def listenbrainz(client: Client, server: Server) -> ListenBrainz:
    return ListenBrainz(client, server.url)


def scrobbled(*rows: Any) -> Reply:
    return Reply(body={"recenttracks": {"track": list(rows), "@attr": {"total": "1"}}})


def scrobble(**changes: Any) -> dict[str, Any]:
    said = {"name": "Song", "artist": {"#text": "Band", "mbid": ""}, "album": {"#text": "Album"}}
    return said | {"date": {"uts": str(AT), "#text": "x"}} | changes


def listened(*rows: Any) -> Reply:
    return Reply(body={"payload": {"count": len(rows), "listens": list(rows)}})


def listen(**info: Any) -> dict[str, Any]:
    about = {"track_name": "Song", "artist_name": "Band", "additional_info": info}
    return {"listened_at": AT, "track_metadata": about}


def test_lastfm_is_asked_for_what_lies_before_a_time(lastfm: LastFm, server: Server) -> None:
    server.will(scrobbled(scrobble()), scrobbled())
    page = lastfm.page("ada_fm", None, LATEST)
    assert page is not None
    [play] = page.plays
    assert (play.told_at, play.title, play.artists, play.album) == (AT, "Song", ("Band",), "Album")
    assert (page.rows, page.oldest, page.newest) == (1, AT, AT)

    lastfm.page("ada_fm", 5, LATEST)

    first, second = server.asked
    assert first.query["method"] == "user.getRecentTracks"
    assert (first.query["user"], first.query["limit"]) == ("ada_fm", "200")
    assert "to" not in first.query
    assert second.query["to"] == "5"


def test_what_plays_now_is_no_play_and_a_single_row_is_no_list(
    lastfm: LastFm, server: Server
) -> None:
    now = scrobble() | {"@attr": {"nowplaying": "true"}}
    del now["date"]
    server.will(scrobbled(now, scrobble()), Reply(body={"recenttracks": {"track": scrobble()}}))

    for _ in range(2):
        page = lastfm.page("ada_fm", None, LATEST)
        assert page is not None
        assert (len(page.plays), page.rows) == (1, 1)


def test_an_odd_field_costs_no_row(
    lastfm: LastFm, listenbrainz: ListenBrainz, server: Server
) -> None:
    server.will(
        scrobbled(scrobble(mbid=5, album=[{}, {}])), listened(listen(isrc={}, origin_url=7))
    )
    for there in (lastfm, listenbrainz):
        page = there.page("ada", None, LATEST)
        assert page is not None
        assert [(play.told_at, play.title) for play in page.plays] == [(AT, "Song")]


@pytest.mark.parametrize("odd", [None, 5, {"name": 3}, scrobble(name=""), scrobble(date=None)])
def test_odd_rows_are_counted_and_left_out(lastfm: LastFm, server: Server, odd: Any) -> None:
    server.will(scrobbled(odd, scrobble()))

    page = lastfm.page("ada_fm", None, LATEST)

    assert page is not None
    assert (len(page.plays), page.rows) == (1, 2)


def test_a_listener_who_hides_is_none_and_a_wrong_key_is_a_refusal(
    lastfm: LastFm, server: Server
) -> None:
    server.will(
        Reply(403, {"error": 17, "message": "Login: User required to be logged in"}),
        Reply(404, {"error": 6, "message": "User not found"}),
        Reply(403, {"error": 10, "message": "Invalid API key"}),
        Reply(403, "<html>"),
        Reply(500),
        Reply(body={"recenttracks": []}),
    )

    assert lastfm.page("ada_fm", None, LATEST) is None
    assert lastfm.page("ada_fm", None, LATEST) is None
    for error in (ProviderRefused, ProviderRefused, ProviderUnavailable, ProviderNonsense):
        with pytest.raises(error):
            lastfm.page("ada_fm", None, LATEST)


def test_listenbrainz_is_asked_for_what_lies_before_a_time(
    listenbrainz: ListenBrainz, server: Server
) -> None:
    server.will(listened(listen(duration_ms=180_000, isrc="GBAYE0601498")), listened())
    page = listenbrainz.page("ada lb", None, LATEST)
    assert page is not None
    [play] = page.plays
    assert (play.told_at, play.duration_ms, play.isrc) == (AT, 180_000, "GBAYE0601498")

    page = listenbrainz.page("ada lb", 5, LATEST)

    assert page is not None
    assert (page.plays, page.oldest) == ((), None)
    first, second = server.asked
    assert first.path.replace("%20", " ") == "/1/user/ada lb/listens"
    assert first.query == {"count": "400"}
    assert second.query == {"count": "400", "max_ts": "5"}


def test_a_token_goes_to_the_configured_address_only(
    listenbrainz: ListenBrainz, server: Server
) -> None:
    elsewhere = server.url.replace("127.0.0.1", "localhost")
    server.will(listened(listen()), listened(), Reply(302, headers={"Location": elsewhere}))

    listenbrainz.page("ada", None, LATEST, "token-SECRET")
    listenbrainz.page("ada", None, LATEST)
    with pytest.raises(ProviderNonsense):
        listenbrainz.page("ada", None, LATEST, "token-SECRET")

    said = [asked.headers.get("Authorization") for asked in server.asked]
    assert said == ["Token token-SECRET", None, "Token token-SECRET"]
    assert not any("SECRET" in str((asked.path, asked.query)) for asked in server.asked)


def test_listens_that_are_hidden_are_no_fault_of_the_service(
    listenbrainz: ListenBrainz, server: Server
) -> None:
    server.will(Reply(401, {"code": 401}), Reply(403, {"code": 403}))
    assert listenbrainz.page("ada", None, LATEST) is None
    assert listenbrainz.page("ada", None, LATEST, "token-SECRET") is None


def test_what_is_no_page_of_listens_is_nonsense(listenbrainz: ListenBrainz, server: Server) -> None:
    server.will(Reply(404, {"code": 404}), Reply(body={"payload": {}}), Reply(body="<html>"))

    assert listenbrainz.page("ada", None, LATEST) is None
    for _ in range(2):
        with pytest.raises(ProviderNonsense):
            listenbrainz.page("ada", None, LATEST)
