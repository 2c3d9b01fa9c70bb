"""Charts and play counts, and what stands on them."""

from dataclasses import dataclass, field
from enum import StrEnum


class Chart(StrEnum):
    """Public charts, by who makes them."""

    DEEZER = "deezer"
    LISTENBRAINZ = "listenbrainz"
    APPLE = "apple"
    LASTFM = "lastfm"

    @property
    def label(self) -> str:
        """Name shown to people."""
        return _CHART_LABELS[self]


_CHART_LABELS = {
    Chart.DEEZER: "Deezer",
    Chart.LISTENBRAINZ: "ListenBrainz",
    Chart.APPLE: "Apple Music",
    Chart.LASTFM: "Last.fm",
}


class PlaysPeriod(StrEnum):
    """Periods of Last.fm's play counts, named as its API names them."""

    WEEK = "7day"
    MONTH = "1month"
    QUARTER = "3month"
    HALF_YEAR = "6month"
    YEAR = "12month"
    OVERALL = "overall"

    @property
    def label(self) -> str:
        """Name shown to people."""
        return _PLAYS_LABELS[self]


_PLAYS_LABELS = {
    PlaysPeriod.WEEK: "7 days",
    PlaysPeriod.MONTH: "1 month",
    PlaysPeriod.QUARTER: "3 months",
    PlaysPeriod.HALF_YEAR: "6 months",
    PlaysPeriod.YEAR: "1 year",
    PlaysPeriod.OVERALL: "All time",
}


@dataclass(frozen=True, slots=True)
class Charted:
    """A track as a chart names it, without a Spotify id; `plays` counts what its source counts.

    `rank` is its place there, which is not that among those that can be read.
    """

    title: str
    artist: str
    plays: float | None = None
    isrc: str | None = None
    cover_url: str | None = None
    link: str | None = None
    rank: int | None = field(default=None, compare=False)
