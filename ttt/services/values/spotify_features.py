"""Spotify as a source of audio features, for the older apps that still get them."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

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
from ttt.services.spotify import clients, spotify
from ttt.services.values import limits

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
    """Whether anybody is connected by a client ID of the server; people's own serve them alone."""
    with context.session() as session:
        return bool(_connected(context, session))


def service(context: Context, user_id: int | None = None) -> str:
    """Name under which the limits are kept of the client ID that would be asked with."""
    with context.session() as session:
        connected = _connected(context, session)
        client_id = connected[_choice(context, session, connected, user_id)] if connected else None
        return _name(client_id or clients.shared(context, session)[0].client_id)


def _listener(context: Context, user_id: int | None) -> Person:
    with context.session() as session:
        connected = _connected(context, session)
        if not connected:
            raise NotConnected
        chosen = _choice(context, session, connected, user_id)
    return accounts.by_id(context, chosen)


def _choice(
    context: Context, session: Session, connected: Mapping[int, str], user_id: int | None
) -> int:
    """By whose connection: that person's, or the first whose app is not to be left alone."""
    budget = context.settings.daily_budget(Source.SPOTIFY)
    names = {client_id: _name(client_id) for client_id in set(connected.values())}
    open_ = {
        client_id
        for client_id, name in names.items()
        if limits.blocked_until(context, session, name, budget) is None
    }
    whose = [user_id] if user_id in connected else []
    usable = [i for i in (*whose, *connected) if i is not None and connected[i] in open_]
    return (usable or [i for i in (*whose, *connected) if i is not None])[0]


def _name(client_id: str) -> str:
    return f"spotify features:{client_id}"


def _connected(context: Context, session: Session) -> dict[int, str]:
    own = {client.user_id for client in clients.every(context, session)}
    return {i: client_id for i, client_id in clients.connected(context, session) if i not in own}


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
