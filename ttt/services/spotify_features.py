"""Spotify as a source of audio features, for the older apps that still get them."""

from collections.abc import Sequence

from ttt.errors import (
    ProviderBlocked,
    ProviderNonsense,
    ProviderRefused,
    ProviderUnavailable,
    RateLimited,
    SpotifyError,
    SpotifyForbidden,
    SpotifyUnavailable,
)
from ttt.found import Finding, Source
from ttt.services import spotify
from ttt.services.accounts import as_person
from ttt.services.context import Context
from ttt.store import users


def ask(context: Context, spotify_ids: Sequence[str], user_id: int | None) -> dict[str, Finding]:
    """Features of tracks by the app of the person's connection; raises a ProviderError."""
    with context.session() as session:
        user = users.get(session, user_id) if user_id is not None else None
    if user is None:
        raise ProviderUnavailable(Source.SPOTIFY)
    try:
        features = spotify.call(
            context, as_person(user), lambda client: client.audio_features(spotify_ids)
        )
    except RateLimited as limit:
        raise ProviderBlocked(Source.SPOTIFY, limit.until, limit.quota) from None
    except SpotifyForbidden:
        raise ProviderRefused(Source.SPOTIFY) from None
    except SpotifyUnavailable as error:
        raise ProviderUnavailable(Source.SPOTIFY, error.timed_out) from None
    except SpotifyError:
        raise ProviderNonsense(Source.SPOTIFY) from None
    return {spotify_id: Finding(spotify_id, found) for spotify_id, found in features.items()}
