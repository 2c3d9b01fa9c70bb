"""Last.fm: numbers are strings, errors come under any status, a single track is no list."""

import pytest

from tests.providers.charts.conftest import ROWS, answer, made
from tests.providers.scripted import Reply, Server
from ttt.errors import (
    ProviderBlocked,
    ProviderError,
    ProviderNonsense,
    ProviderRefused,
    ProviderUnavailable,
)
from ttt.found import Chart, Charted, PlaysPeriod
from ttt.providers.charts.lastfm import LastFmPlays
from ttt.providers.http import Client

ERRORS = [
    (29, ProviderBlocked),
    (10, ProviderRefused),
    (16, ProviderUnavailable),
    (13, ProviderNonsense),
]
row = ROWS[Chart.LASTFM]


@pytest.fixture
def plays(client: Client, server: Server) -> LastFmPlays:
    return LastFmPlays(client, server.url, "key-SECRET")


def played(tracks: object) -> Reply:
    return Reply(body={"toptracks": {"track": tracks, "@attr": {"user": "robin"}}})


def test_the_chart_tells_plays(client: Client, server: Server) -> None:
    server.will(answer(Chart.LASTFM, ("T", "A"), playcount="1234", url="https://www.last.fm/x"))
    [entry] = made(Chart.LASTFM, client, server.url).fetch()
    assert (entry.plays, entry.link) == (1234, "https://www.last.fm/x")
    [asked] = server.asked
    assert asked.path == "/2.0/"
    assert asked.query["method"] == "chart.getTopTracks"


@pytest.mark.parametrize("code", [6, 7])
def test_a_chart_that_is_not_known_is_nonsense(client: Client, server: Server, code: int) -> None:
    server.will(Reply(400, {"error": code}))
    with pytest.raises(ProviderNonsense):
        made(Chart.LASTFM, client, server.url).fetch()


@pytest.mark.parametrize("period", list(PlaysPeriod))
def test_a_listener_is_asked_about_by_period(
    plays: LastFmPlays, server: Server, period: PlaysPeriod
) -> None:
    server.will(played([row("T", "A") | {"playcount": "9"}, row("U", "B")]))
    found = plays.fetch("robin", period)
    assert found == [Charted("T", "A", 9.0), Charted("U", "B")]
    [asked] = server.asked
    assert asked.query == {
        "method": "user.getTopTracks",
        "user": "robin",
        "period": period.value,
        "limit": "50",
        "api_key": "key-SECRET",
        "format": "json",
    }


def test_a_single_track_is_no_list(plays: LastFmPlays, server: Server) -> None:
    server.will(played(row("T", "A")))
    assert plays.fetch("robin", PlaysPeriod.WEEK) == [Charted("T", "A")]


def test_who_played_nothing_has_an_empty_list(plays: LastFmPlays, server: Server) -> None:
    server.will(played([]))
    assert plays.fetch("robin", PlaysPeriod.WEEK) == []


@pytest.mark.parametrize(("code", "status"), [(6, 404), (17, 400), (6, 200)])
def test_a_listener_who_is_not_known_or_hides_is_none(
    plays: LastFmPlays, server: Server, code: int, status: int
) -> None:
    server.will(Reply(status, {"error": code, "message": "words"}))
    assert plays.fetch("robin", PlaysPeriod.WEEK) is None


@pytest.mark.parametrize(("code", "kind"), ERRORS)
def test_an_error_within_an_answer_is_told_apart(
    plays: LastFmPlays, server: Server, code: int, kind: type[ProviderError]
) -> None:
    server.will(Reply(body={"error": code}))
    with pytest.raises(kind):
        plays.fetch("robin", PlaysPeriod.WEEK)


def test_without_a_key_it_says_why_it_is_off(client: Client, server: Server) -> None:
    why_off = LastFmPlays(client, server.url, "").why_off
    assert why_off is not None
    assert "TTT_LASTFM_KEY" in why_off
