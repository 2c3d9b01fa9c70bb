import pytest

from tests.providers.charts.conftest import answer, made
from tests.providers.scripted import Reply, Server
from ttt.errors import ProviderEmpty
from ttt.found import Chart
from ttt.providers.charts.base import PublicChart
from ttt.providers.http import Client

MBID = "30cb03f3-bd95-43b0-9d41-6d75e13cd353"


@pytest.fixture
def listenbrainz(client: Client, server: Server) -> PublicChart:
    return made(Chart.LISTENBRAINZ, client, server.url)


def test_one_request_asks_for_the_week(listenbrainz: PublicChart, server: Server) -> None:
    server.will(answer(Chart.LISTENBRAINZ, ("T", "A"), listen_count=321, recording_mbid=MBID))
    [entry] = listenbrainz.fetch()
    assert (entry.plays, entry.link) == (321, f"https://musicbrainz.org/recording/{MBID}")
    [asked] = server.asked
    assert asked.path == "/1/stats/sitewide/recordings"
    assert asked.query == {"range": "week", "count": "100"}


@pytest.mark.parametrize("odd", [None, -1, "many", 1e15, {}])
def test_what_is_no_count_or_id_is_not_known(
    listenbrainz: PublicChart, server: Server, odd: object
) -> None:
    server.will(answer(Chart.LISTENBRAINZ, ("T", "A"), listen_count=odd, recording_mbid=None))
    [entry] = listenbrainz.fetch()
    assert (entry.plays, entry.link) == (None, None)


def test_a_week_that_is_not_computed_yet_is_empty(
    listenbrainz: PublicChart, server: Server
) -> None:
    server.will(Reply(204))
    with pytest.raises(ProviderEmpty):
        listenbrainz.fetch()
