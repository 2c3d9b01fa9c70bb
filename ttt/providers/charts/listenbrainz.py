"""What all of ListenBrainz played most in the last week, without a key."""

from http import HTTPStatus
from typing import Any

from ttt.errors import ProviderEmpty
from ttt.found import Chart, Charted
from ttt.providers import identity
from ttt.providers import numbers as values
from ttt.providers.charts.base import PublicChart, charted, field, usable

_ANSWERS = (HTTPStatus.OK, HTTPStatus.NO_CONTENT)
_MOST_PLAYS = 1e12


class ListenBrainzChart(PublicChart):
    """The 100 recordings on top with their listens; nothing (204) until they are computed."""

    chart = Chart.LISTENBRAINZ

    def fetch(self) -> list[Charted]:
        """Make one request."""
        url = f"{self._url}/1/stats/sitewide/recordings"
        answer = self._client.get(self.chart, url, {"range": "week", "count": "100"}, _ANSWERS)
        if answer.status == HTTPStatus.NO_CONTENT:
            raise ProviderEmpty(self.chart)
        return usable(self.chart, field(answer.fields(), "payload", "recordings"), _read)


def _read(row: dict[str, Any]) -> Charted | None:
    mbid = identity.own_id(row.get("recording_mbid"))
    return charted(
        row.get("track_name"),
        row.get("artist_name"),
        plays=values.count(row.get("listen_count"), _MOST_PLAYS),
        link=f"https://musicbrainz.org/recording/{mbid}" if mbid else None,
    )
