"""Who is asked for audio features, popularity and genres, where, and how often."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator

from ttt.settings.address import HttpAddress
from ttt.settings.sessions import SessionSettings

SERVICES = ("spotify", "reccobeats", "deezer", "lastfm", "musicbrainz")
_DEMO_PROVIDERS = ("catalogue",)
_NOBODY = "off"
_DEFAULT_RATES = "spotify=2,reccobeats=1.5,deezer=8,lastfm=4,musicbrainz=1"
_DEFAULT_BUDGETS = "spotify=2000,reccobeats=5000,deezer=20000,lastfm=20000,musicbrainz=10000"
_DEFAULT_PROVIDERS = {
    "feature_providers": "spotify,reccobeats,deezer,catalogue",
    "popularity_providers": "spotify,reccobeats,catalogue,deezer,lastfm",
    "genre_providers": "lastfm,musicbrainz,catalogue",
}
_FIELDS = {
    "features": "feature_providers",
    "popularity": "popularity_providers",
    "genres": "genre_providers",
}


class SourceSettings(SessionSettings):
    """Providers of values: their order, addresses, rates and budgets."""

    feature_providers: str = Field(
        _DEFAULT_PROVIDERS["feature_providers"],
        alias="TTT_FEATURE_PROVIDERS",
        description="Who is asked for audio features, in this order; off asks nobody.",
    )
    popularity_providers: str = Field(
        _DEFAULT_PROVIDERS["popularity_providers"],
        alias="TTT_POPULARITY_PROVIDERS",
        description="Who is asked for popularity, rank and listeners, in this order.",
    )
    genre_providers: str = Field(
        _DEFAULT_PROVIDERS["genre_providers"],
        alias="TTT_GENRE_PROVIDERS",
        description="Who is asked for genres, in this order.",
    )
    reccobeats_url: HttpAddress = Field(
        "https://api.reccobeats.com",
        alias="TTT_RECCOBEATS_URL",
        min_length=1,
        description="Base address of ReccoBeats.",
    )
    deezer_url: HttpAddress = Field(
        "https://api.deezer.com",
        alias="TTT_DEEZER_URL",
        min_length=1,
        description="Base address of Deezer's API.",
    )
    lastfm_url: HttpAddress = Field(
        "https://ws.audioscrobbler.com",
        alias="TTT_LASTFM_URL",
        min_length=1,
        description="Base address of Last.fm's API.",
    )
    lastfm_key: SecretStr = Field(
        SecretStr(""),
        alias="TTT_LASTFM_KEY",
        description="API key of Last.fm; without one Last.fm is not asked.",
    )
    musicbrainz_url: HttpAddress = Field(
        "https://musicbrainz.org",
        alias="TTT_MUSICBRAINZ_URL",
        min_length=1,
        description="Base address of MusicBrainz, or of a mirror of it.",
    )
    rates: str = Field(
        _DEFAULT_RATES,
        alias="TTT_RATES",
        description="Requests a second to each service; one that is not named keeps its default.",
    )
    daily_budgets: str = Field(
        _DEFAULT_BUDGETS,
        alias="TTT_DAILY_BUDGETS",
        description="Requests a day to each service; one that is not named keeps its default.",
    )

    @field_validator("feature_providers", "popularity_providers", "genre_providers")
    @classmethod
    def _known_providers(cls, value: str, info: ValidationInfo) -> str:
        names = [name.strip().lower() for name in value.split(",") if name.strip()]
        known = _DEFAULT_PROVIDERS[str(info.field_name)]
        if names == [_NOBODY]:
            return _NOBODY
        if not names or not set(names) <= set(known.split(",")):
            raise ValueError(f"must be some of {known} in any order, or {_NOBODY}")
        return ",".join(dict.fromkeys(names))

    @field_validator("rates")
    @classmethod
    def _possible_rates(cls, value: str) -> str:
        if not all(0 < rate <= 100 for rate in _numbers(value, _DEFAULT_RATES).values()):
            raise ValueError("must be above 0 and at most 100 requests a second")
        return value

    @field_validator("daily_budgets")
    @classmethod
    def _possible_budgets(cls, value: str) -> str:
        budgets = _numbers(value, _DEFAULT_BUDGETS).values()
        if not all(0 <= budget <= 1e9 and budget % 1 == 0 for budget in budgets):
            raise ValueError("must be whole numbers, 0 for a service that is never asked")
        return value

    def providers_of(self, kind: Literal["features", "popularity", "genres"]) -> tuple[str, ...]:
        """Names of those to ask, in order.

        With the demo Spotify the default is the catalogue alone, so that nothing leaves a machine
        on which nothing was set; a list that is set counts there as well.
        """
        field = _FIELDS[kind]
        names = str(getattr(self, field))
        if self.demo and field not in self.model_fields_set:
            return _DEMO_PROVIDERS
        return () if names == _NOBODY else tuple(names.split(","))

    def rate(self, service: str) -> float:
        """Requests a second that a service may get."""
        return _numbers(self.rates, _DEFAULT_RATES)[service]

    def daily_budget(self, service: str) -> int:
        """Requests a day that a service may get."""
        return int(_numbers(self.daily_budgets, _DEFAULT_BUDGETS)[service])


def _numbers(text: str, defaults: str) -> Mapping[str, float]:
    """Numbers by service of a text such as "deezer=8,lastfm=4"."""
    pairs = [part.split("=") for part in f"{defaults},{text}".split(",") if part.strip()]
    try:
        numbers = {name.strip().lower(): float(number) for name, number in pairs}
    except ValueError:
        raise ValueError(f"must look like {defaults}") from None
    if set(numbers) != set(SERVICES):
        raise ValueError(f"must name some of {', '.join(SERVICES)}")
    return numbers
