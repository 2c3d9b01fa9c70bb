"""Last.fm: the chart of everybody, and what one of its listeners played most."""

from typing import Any

from ttt.errors import ProviderEmpty, ProviderNonsense
from ttt.found import Chart, Charted, PlaysPeriod
from ttt.providers import numbers as values
from ttt.providers.charts.base import PublicChart, charted, field, usable
from ttt.providers.http import Client
from ttt.providers.values.lastfm import Api

_MOST_PLAYS = 1e12


class LastFmChart(PublicChart):
    """The 100 tracks on top with their plays of all time; needs a key."""

    chart = Chart.LASTFM

    def __init__(self, client: Client, url: str, key: str) -> None:
        super().__init__(client, url)
        self._api = Api(client, url, key)
        self.why_off = self._api.why_off

    def fetch(self) -> list[Charted]:
        """Make one request."""
        said = self._api.ask("chart.getTopTracks", limit="100")
        if said is None:
            raise ProviderNonsense(self.chart)
        return usable(self.chart, field(said, "tracks", "track"), _read)


class LastFmPlays:
    """What a listener of Last.fm played most; needs a key."""

    def __init__(self, client: Client, url: str, key: str) -> None:
        self._api = Api(client, url, key)
        self.why_off = self._api.why_off

    def fetch(self, username: str, period: PlaysPeriod) -> list[Charted] | None:
        """The 50 tracks on top with their plays; None when Last.fm knows no such listener."""
        said = self._api.ask("user.getTopTracks", user=username, period=period, limit="50")
        if said is None:
            return None
        rows = field(said, "toptracks", "track")
        # A single one is no list: its JSON was XML, where that is no difference.
        try:
            return usable(Chart.LASTFM, [rows] if isinstance(rows, dict) else rows, _read)
        except ProviderEmpty:
            return []


def _read(row: dict[str, Any]) -> Charted | None:
    return charted(
        row.get("name"),
        field(row, "artist", "name"),
        plays=values.count(row.get("playcount"), _MOST_PLAYS),
        link=row.get("url"),
    )
