import pytest

from tests.providers.charts.conftest import answer, made
from tests.providers.scripted import Reply, Server
from tests.providers.values.test_deezer import sample
from ttt.errors import ProviderBlocked, ProviderEmpty, ProviderError, ProviderNonsense
from ttt.found import Chart
from ttt.providers.charts.base import PublicChart
from ttt.providers.http import Client

COVER = "https://e-cdns-images.dzcdn.net/images/cover/1/56x56.jpg"


@pytest.fixture
def deezer(client: Client, server: Server) -> PublicChart:
    return made(Chart.DEEZER, client, server.url)


def test_one_request_asks_for_a_hundred_tracks(deezer: PublicChart, server: Server) -> None:
    link = "https://www.deezer.com/track/1"
    server.will(answer(Chart.DEEZER, ("T", "A"), album={"cover_small": COVER}, link=link))
    [entry] = deezer.fetch()
    assert (entry.cover_url, entry.link) == (COVER, link)
    [asked] = server.asked
    assert (asked.path, asked.query) == ("/chart/0/tracks", {"limit": "100"})


@pytest.mark.parametrize(
    "address", [None, 5, "http://plain.example/x", "javascript:alert(1)", "https://[", "//x", "a b"]
)
def test_an_address_that_is_no_https_is_left_out(
    deezer: PublicChart, server: Server, address: object
) -> None:
    server.will(answer(Chart.DEEZER, ("T", "A"), album={"cover_small": address}, link=address))
    [entry] = deezer.fetch()
    assert (entry.cover_url, entry.link) == (None, None)


@pytest.mark.parametrize(
    ("code", "kind"), [(4, ProviderBlocked), (800, ProviderEmpty), (500, ProviderNonsense)]
)
def test_an_error_within_a_200_is_told_apart(
    deezer: PublicChart, server: Server, code: int, kind: type[ProviderError]
) -> None:
    server.will(Reply(body={"error": {"type": "Exception", "code": code}}))
    with pytest.raises(kind):
        deezer.fetch()


def test_a_real_chart_is_read(deezer: PublicChart, server: Server) -> None:
    server.will(Reply(body=sample("test_get_overall_tracks_chart_0")))
    found = deezer.fetch()
    assert len(found) == 10
    assert (found[0].title, found[0].artist) == ("Khapta", "Heuss L'enfoiré")
    assert found[0].cover_url is not None
