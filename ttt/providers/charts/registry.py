"""All charts that can be asked for."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from ttt.found import Chart
from ttt.providers.charts.apple import AppleChart
from ttt.providers.charts.base import PublicChart
from ttt.providers.charts.deezer import DeezerChart
from ttt.providers.charts.lastfm import LastFmChart, LastFmPlays
from ttt.providers.charts.listenbrainz import ListenBrainzChart
from ttt.providers.clock import Clock, utc_now
from ttt.providers.http import Client
from ttt.settings import Settings


@lru_cache(maxsize=4)
def charts(settings: Settings, now: Clock = utc_now) -> Mapping[Chart, PublicChart]:
    """Charts by name, made once a process; which are shown is a setting."""
    client = Client(settings, now)
    made: tuple[PublicChart, ...] = (
        DeezerChart(client, settings.deezer_url),
        ListenBrainzChart(client, settings.listenbrainz_url),
        AppleChart(client, settings.apple_charts_url, settings.chart_country),
        LastFmChart(client, settings.lastfm_url, settings.lastfm_key.get_secret_value()),
    )
    return MappingProxyType({chart.chart: chart for chart in made})


@lru_cache(maxsize=4)
def plays(settings: Settings, now: Clock = utc_now) -> LastFmPlays:
    """People's own play counts."""
    key = settings.lastfm_key.get_secret_value()
    return LastFmPlays(Client(settings, now), settings.lastfm_url, key)
