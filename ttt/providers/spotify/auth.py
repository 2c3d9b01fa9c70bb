"""The OAuth authorization code flow: PKCE always, and the client secret when there is one."""

from collections.abc import Sequence
from typing import Any

import requests
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from spotipy.cache_handler import CacheHandler, MemoryCacheHandler
from spotipy.oauth2 import SpotifyPKCE

from ttt.errors import (
    CodeRefused,
    ConsentRefused,
    NotConnected,
    ReconnectNeeded,
    SpotifyError,
    SpotifyUnavailable,
    UnexpectedAnswer,
)
from ttt.providers.clock import Clock, utc_now
from ttt.providers.spotify.faults import GrantRefused
from ttt.providers.spotify.session import Session
from ttt.providers.spotify.token import Token, TokenStore, checked
from ttt.settings import Settings


def authorize_url(settings: Settings, state: str, verifier: str, scopes: Sequence[str]) -> str:
    """Return the address of Spotify's consent page for a person's browser."""
    flow = Flow(settings, MemoryCacheHandler(), scopes=scopes)
    flow.code_challenge = create_s256_code_challenge(verifier)
    return str(flow.get_authorize_url(state))


def redirect_error(error: str) -> SpotifyError:
    """Tell what the `error` parameter of Spotify's redirect means."""
    if error == "access_denied":
        return ConsentRefused()
    if error in {"server_error", "temporarily_unavailable"}:
        return SpotifyUnavailable("accounts")
    return UnexpectedAnswer("accounts")


def exchange(
    settings: Settings,
    code: str,
    verifier: str,
    now: Clock = utc_now,
    scopes: Sequence[str] = (),
) -> Token:
    """Trade the redirect's code for a token in one request; CodeRefused when it is not taken.

    `scopes` are those that were asked for. ClientRefused when it is the app that is not accepted.
    """
    cache = MemoryCacheHandler()
    flow = Flow(settings, cache, now)
    flow.code_verifier, flow.code_challenge = verifier, create_s256_code_challenge(verifier)
    try:
        flow.get_access_token(code, check_cache=False)
    except GrantRefused:
        raise CodeRefused from None
    return Token.from_answer(cache.token_info, asked=" ".join(scopes))


class StoredToken(CacheHandler):  # type: ignore[misc]  # spotipy has no types
    """Lets spotipy read and renew the token in a TokenStore."""

    def __init__(self, store: TokenStore) -> None:
        self._store = store

    def get_cached_token(self) -> dict[str, Any]:
        """Return spotipy's picture of the token; raise NotConnected when there is none."""
        token = self._store.load()
        if token is None:
            raise NotConnected
        return {
            "access_token": token.access_token,
            "refresh_token": token.refresh_token,
            "expires_at": int(token.expires_at.timestamp()),
            "scope": token.scope,
        }

    def save_token_to_cache(self, token_info: dict[str, Any]) -> None:
        """Store a refreshed token, which may lack what did not change."""
        self._store.save(Token.from_answer(token_info, self._store.load()))


class Flow(SpotifyPKCE):  # type: ignore[misc]  # spotipy has no types
    """spotipy's PKCE flow against the settings' addresses, which never asks anybody anything."""

    def __init__(
        self,
        settings: Settings,
        cache: CacheHandler,
        now: Clock = utc_now,
        scopes: Sequence[str] = (),
    ) -> None:
        super().__init__(
            client_id=settings.client_id,
            redirect_uri=settings.redirect_uri,
            scope=list(scopes),
            requests_session=_TokenSession(settings, now),
            cache_handler=cache,
        )
        self.OAUTH_AUTHORIZE_URL = settings.authorize_url
        self.OAUTH_TOKEN_URL = settings.token_url

    def get_authorization_code(self) -> str:
        """Refuse, where spotipy would open a browser or wait for input."""
        raise GrantRefused("invalid_request")

    def refresh_access_token(self, refresh_token: str) -> dict[str, Any]:
        """Refresh; ReconnectNeeded unless another process was faster with the same token."""
        try:
            answer: dict[str, Any] = super().refresh_access_token(refresh_token)
        except GrantRefused as refusal:
            if refusal.reason != "invalid_grant":
                raise UnexpectedAnswer("accounts") from None
        else:
            return answer
        # Spotify takes a refresh token of PKCE only once.
        stored: dict[str, Any] = self.cache_handler.get_cached_token()
        if stored["refresh_token"] == refresh_token:
            raise ReconnectNeeded
        return stored

    def renew(self) -> None:
        """Refresh the stored token, however fresh it looks."""
        self.refresh_access_token(self.cache_handler.get_cached_token()["refresh_token"])


class _TokenSession(Session):
    """Sends the client secret, if any, and takes nothing but tokens for an answer."""

    def __init__(self, settings: Settings, now: Clock) -> None:
        super().__init__(settings, "accounts", now)
        secret = settings.spotify_client_secret.get_secret_value()
        if secret:
            self.auth = (settings.client_id, secret)

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        response = super().send(request, **kwargs)
        response._content = checked(response.content)
        return response
