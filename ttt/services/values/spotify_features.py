"""Spotify as a source of audio features, for the older apps that still get them."""

from collections.abc import Sequence

from ttt.errors import (
    ClientRefused,
    NotConnected,
    NotOffered,
    PremiumNeeded,
    ProviderBlocked,
    ProviderError,
    ProviderNonsense,
    ProviderRefused,
    ProviderUnavailable,
    RateLimited,
    SpotifyError,
    SpotifyForbidden,
    SpotifyUnavailable,
    UnexpectedAnswer,
)
from ttt.found import Finding, Source
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import spotify
from ttt.store.spotify import spotify as spotify_store

BATCH = 100


def ask(context: Context, spotify_ids: Sequence[str], user_id: int | None) -> dict[str, Finding]:
    """Features of tracks, by the connection of that person or else of anybody.

    Raises a ProviderError.
    """
    try:
        person = _listener(context, user_id)
        features = spotify.call(context, person, lambda client: client.audio_features(spotify_ids))
    except SpotifyError as error:
        raise _fault(error) from None
    return {spotify_id: Finding(spotify_id, found) for spotify_id, found in features.items()}


def can_ask(context: Context) -> bool:
    """Whether anybody is connected."""
    return bool(_connected(context))


def _listener(context: Context, user_id: int | None) -> Person:
    connected = _connected(context)
    if not connected:
        raise NotConnected
    return accounts.by_id(context, user_id if user_id in connected else connected[0])


def _connected(context: Context) -> list[int]:
    with context.session() as session:
        return spotify_store.connected_people(session, context.settings.client_id)


def _fault(error: SpotifyError) -> ProviderError:
    match error:
        case RateLimited(until=until, quota=quota):
            return ProviderBlocked(Source.SPOTIFY, until, quota)
        case SpotifyForbidden() | PremiumNeeded() | NotOffered() | ClientRefused():
            return ProviderRefused(Source.SPOTIFY)
        case SpotifyUnavailable(timed_out=timed_out):
            return ProviderUnavailable(Source.SPOTIFY, timed_out)
        case UnexpectedAnswer():
            return ProviderNonsense(Source.SPOTIFY)
    # The person's connection has ended meanwhile, and Spotify itself has nothing.
    return ProviderUnavailable(Source.SPOTIFY)
