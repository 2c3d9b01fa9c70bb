"""Each chart on a server of the test, and an answer of its own with two places."""

from typing import Any

import pytest

from tests.providers.conftest import alone, client, never_waits, server
from tests.providers.scripted import Reply, Server
from ttt.found import Chart
from ttt.providers.charts.apple import AppleChart
from ttt.providers.charts.base import PublicChart
from ttt.providers.charts.deezer import DeezerChart
from ttt.providers.charts.lastfm import LastFmChart
from ttt.providers.charts.listenbrainz import ListenBrainzChart
from ttt.providers.http import Client

__all__ = ["alone", "client", "never_waits", "server"]

# How each service names title and artist, and where its rows are.
ROWS: dict[Chart, Any] = {
    Chart.DEEZER: lambda title, artist: {"title": title, "artist": {"name": artist}},
    Chart.LISTENBRAINZ: lambda title, artist: {"track_name": title, "artist_name": artist},
    Chart.APPLE: lambda title, artist: {"name": title, "artistName": artist},
    Chart.LASTFM: lambda title, artist: {"name": title, "artist": {"name": artist}},
}
BODIES: dict[Chart, Any] = {
    Chart.DEEZER: lambda rows: {"data": rows},
    Chart.LISTENBRAINZ: lambda rows: {"payload": {"recordings": rows}},
    Chart.APPLE: lambda rows: {"feed": {"results": rows}},
    Chart.LASTFM: lambda rows: {"tracks": {"track": rows}},
}


def answer(chart: Chart, *names: tuple[object, object], **more: object) -> Reply:
    """An answer that names these titles and artists; `more` stands in each row."""
    return Reply(body=BODIES[chart]([ROWS[chart](*name) | more for name in names]))


def made(chart: Chart, client: Client, url: str) -> PublicChart:
    match chart:
        case Chart.DEEZER:
            return DeezerChart(client, url)
        case Chart.LISTENBRAINZ:
            return ListenBrainzChart(client, url)
        case Chart.APPLE:
            return AppleChart(client, url, "de")
        case Chart.LASTFM:
            return LastFmChart(client, url, "key-SECRET")


@pytest.fixture(params=list(Chart))
def chart(request: pytest.FixtureRequest, client: Client, server: Server) -> PublicChart:
    """Each chart in turn."""
    return made(request.param, client, server.url)
