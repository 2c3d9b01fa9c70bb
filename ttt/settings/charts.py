"""Which public charts are shown, and where they come from."""

from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from ttt.settings.address import HttpAddress
from ttt.settings.sources import SourceSettings

CHARTS = ("deezer", "listenbrainz", "apple", "lastfm")
_NONE = "off"
_Country = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2}$", to_lower=True)]


class ChartSettings(SourceSettings):
    """Public charts."""

    charts: str = Field(
        ",".join(CHARTS),
        alias="TTT_CHARTS",
        description="Public charts on the Discover page, in this order; off shows none.",
    )
    chart_country: _Country = Field(
        "us",
        alias="TTT_CHART_COUNTRY",
        description="Country of Apple's chart, as a code of two letters.",
    )
    listenbrainz_url: HttpAddress = Field(
        "https://api.listenbrainz.org",
        alias="TTT_LISTENBRAINZ_URL",
        min_length=1,
        description="Base address of ListenBrainz.",
    )
    apple_charts_url: HttpAddress = Field(
        "https://rss.marketingtools.apple.com",
        alias="TTT_APPLE_CHARTS_URL",
        min_length=1,
        description="Base address of Apple's feeds of charts.",
    )

    @field_validator("charts")
    @classmethod
    def _known_charts(cls, value: str) -> str:
        names = [name.strip().lower() for name in value.split(",") if name.strip()]
        if names == [_NONE]:
            return _NONE
        if not names or not set(names) <= set(CHARTS):
            raise ValueError(f"must be some of {','.join(CHARTS)} in any order, or {_NONE}")
        return ",".join(dict.fromkeys(names))

    @property
    def shown_charts(self) -> tuple[str, ...]:
        """Names of the public charts, in order.

        With the demo Spotify there are none unless they are set, so that nothing leaves a
        machine on which nothing was set.
        """
        if self.charts == _NONE or (self.demo and "charts" not in self.model_fields_set):
            return ()
        return tuple(self.charts.split(","))
