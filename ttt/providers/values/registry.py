"""All providers that can be asked without a person's Spotify."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from ttt.found import Source
from ttt.providers.clock import Clock, utc_now
from ttt.providers.http import Client
from ttt.providers.values.catalogue import Catalogue
from ttt.providers.values.deezer import Deezer
from ttt.providers.values.lastfm import LastFm
from ttt.providers.values.musicbrainz import MusicBrainz
from ttt.providers.values.protocol import Provider
from ttt.providers.values.reccobeats import ReccoBeats
from ttt.providers.values.similar import LastFmSimilar
from ttt.settings import Settings


@lru_cache(maxsize=4)
def providers(settings: Settings, now: Clock = utc_now) -> Mapping[Source, Provider]:
    """Providers by name, made once a process; which are asked, and in which order, is a setting.

    Raises SettingsError when the catalogue cannot be used.
    """
    client = Client(settings, now)
    made: tuple[Provider, ...] = (
        Catalogue.load(settings.catalogue_file),
        ReccoBeats(client, settings.reccobeats_url),
        Deezer(client, settings.deezer_url),
        LastFm(client, settings.lastfm_url, settings.lastfm_key.get_secret_value()),
        MusicBrainz(client, settings.musicbrainz_url),
    )
    return MappingProxyType({provider.source: provider for provider in made})


@lru_cache(maxsize=4)
def lastfm_similar(settings: Settings, now: Clock = utc_now) -> LastFmSimilar:
    """Last.fm as a recommender, made once a process."""
    key = settings.lastfm_key.get_secret_value()
    return LastFmSimilar(Client(settings, now), settings.lastfm_url, key)
