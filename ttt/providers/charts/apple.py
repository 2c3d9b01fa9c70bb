"""Apple Music's most played songs of a country, from its public feed."""

from typing import Any

from ttt.found import Chart, Charted
from ttt.providers.charts.base import PublicChart, charted, field, usable
from ttt.providers.http import Client


class AppleChart(PublicChart):
    """The 50 songs on top."""

    chart = Chart.APPLE

    def __init__(self, client: Client, url: str, country: str) -> None:
        super().__init__(client, url)
        self._country = country

    def fetch(self) -> list[Charted]:
        """Make one request."""
        url = f"{self._url}/api/v2/{self._country}/music/most-played/50/songs.json"
        said = self._client.get(self.chart, url).fields()
        return usable(self.chart, field(said, "feed", "results"), _read)


def _read(row: dict[str, Any]) -> Charted | None:
    return charted(
        row.get("name"),
        row.get("artistName"),
        cover_url=row.get("artworkUrl100"),
        link=row.get("url"),
    )
