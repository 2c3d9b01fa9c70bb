"""All services at which accounts can be followed."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from ttt.providers.clock import Clock, utc_now
from ttt.providers.followed.lastfm import LastFm
from ttt.providers.followed.listenbrainz import ListenBrainz
from ttt.providers.followed.pages import Followed
from ttt.providers.http import Client
from ttt.settings import Settings


@lru_cache(maxsize=4)
def followed(settings: Settings, now: Clock = utc_now) -> Mapping[str, Followed]:
    """The services by name, made once a process."""
    client = Client(settings, now)
    key = settings.lastfm_key.get_secret_value()
    made: tuple[Followed, ...] = (
        LastFm(client, settings.lastfm_url, key),
        ListenBrainz(client, settings.listenbrainz_url),
    )
    return MappingProxyType({service.name: service for service in made})
