"""Deezer's chart of the world, without a key; its errors come as HTTP 200."""

from typing import Any

from ttt.errors import ProviderEmpty
from ttt.found import Chart, Charted
from ttt.providers.charts.base import PublicChart, charted, field, usable
from ttt.providers.values.deezer import told


class DeezerChart(PublicChart):
    """The 100 tracks on top."""

    chart = Chart.DEEZER

    def fetch(self) -> list[Charted]:
        """Make one request."""
        said = self._client.get(
            self.chart, f"{self._url}/chart/0/tracks", {"limit": "100"}
        ).fields()
        if error := said.get("error"):
            raise told(self._client, error) or ProviderEmpty(self.chart)
        return usable(self.chart, said.get("data"), _read)


def _read(row: dict[str, Any]) -> Charted | None:
    return charted(
        row.get("title"),
        field(row, "artist", "name"),
        cover_url=field(row, "album", "cover_small"),
        link=row.get("link"),
    )
