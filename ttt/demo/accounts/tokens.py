"""Codes and tokens of the demo's accounts service.

Each carries all it stands for, encrypted and signed, so that it outlives a restart and is good in
every process that has the same key. Only which codes were used and which authorizations revoked is
kept in memory: after a restart, or in another process, a used code works again until it expires
(CODE_SECONDS) and a revoked token until it ends.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from ttt.demo.accounts.apps import Apps
from ttt.demo.refusals import ApiError, OAuthError
from ttt.settings import DEMO_CLIENT_ID

CODE_SECONDS = 600
ACCESS_SECONDS = 3600
AUTHORIZATION_LASTS = timedelta(days=182)


@dataclass(frozen=True)
class Authorization:
    """What a listener let which app do; `authorized_at` in seconds since 1970."""

    id: str
    listener_id: str
    scope: str
    authorized_at: float
    client_id: str = DEMO_CLIENT_ID


class Tokens:
    """Issues and reads codes, access tokens and refresh tokens."""

    def __init__(self, key: Callable[[], bytes], now: Callable[[], datetime], apps: Apps) -> None:
        self._key = key
        self._now = now
        self._apps = apps
        self._used: set[str] = set()
        self._revoked: set[str] = set()

    def code(
        self, listener_id: str, scope: str, challenge: str, redirect_uri: str, client_id: str
    ) -> str:
        """A code for an authorization that is given now."""
        name = secrets.token_hex(8)
        given = Authorization(name, listener_id, scope, self._seconds(), client_id)
        return self._seal("code", given, challenge=challenge, redirect_uri=redirect_uri)

    def redeem(self, code: str, verifier: str, redirect_uri: str, client_id: str) -> Authorization:
        """The authorization behind a code of this app, once; OAuthError otherwise."""
        claims = self._open("code", code)
        if claims is None:
            raise OAuthError("invalid_grant", "Invalid authorization code")
        given = _authorization(claims)
        if given.client_id != client_id:
            raise OAuthError("invalid_grant", "Invalid authorization code")
        if self._seconds() >= given.authorized_at + CODE_SECONDS:
            raise OAuthError("invalid_grant", "Authorization code expired")
        if given.id in self._used:
            # RFC 6749, section 4.1.2: a code that comes twice was stolen once.
            self.revoke(given)
            raise OAuthError("invalid_grant", "Invalid authorization code")
        if redirect_uri != claims["redirect_uri"]:
            raise OAuthError("invalid_grant", "Invalid redirect URI")
        if not secrets.compare_digest(s256(verifier), claims["challenge"]):
            raise OAuthError("invalid_grant", "code_verifier was incorrect")
        self._used.add(given.id)
        return given

    def refresh(self, token: str, client_id: str) -> Authorization:
        """The authorization behind a refresh token of this app; OAuthError when it has ended."""
        claims = self._open("refresh", token)
        if claims is None:
            raise OAuthError("invalid_grant", "Invalid refresh token")
        given = _authorization(claims)
        if given.client_id != client_id:
            raise OAuthError("invalid_grant", "Invalid refresh token")
        if given.id in self._revoked:
            raise OAuthError("invalid_grant", "Refresh token revoked")
        if self._seconds() >= given.authorized_at + AUTHORIZATION_LASTS.total_seconds():
            raise OAuthError("invalid_grant", "Refresh token expired")
        return given

    def bearer(self, token: str) -> Authorization:
        """The authorization behind an access token; a Refusal when it, or its app, is not good."""
        claims = self._open("access", token)
        if claims is None:
            raise ApiError(401, "Invalid access token")
        given = _authorization(claims)
        if given.id in self._revoked or self._seconds() >= claims["expires_at"]:
            raise ApiError(401, "The access token expired")
        self._apps.require(given.client_id, given.listener_id)
        return given

    def access_token(self, given: Authorization) -> str:
        """A token for the Web API, good for ACCESS_SECONDS."""
        return self._seal("access", given, expires_at=self._seconds() + ACCESS_SECONDS)

    def refresh_token(self, given: Authorization) -> str:
        """A token for more access tokens, good for AUTHORIZATION_LASTS from the consent on."""
        return self._seal("refresh", given)

    def revoke(self, given: Authorization) -> None:
        """End an authorization with all its tokens, in this process."""
        self._revoked.add(given.id)

    @cached_property
    def _fernet(self) -> Fernet:
        derived = hashlib.sha256(b"demo Spotify tokens" + self._key()).digest()
        return Fernet(base64.urlsafe_b64encode(derived))

    def _seconds(self) -> float:
        return self._now().timestamp()

    def _seal(self, kind: str, given: Authorization, **claims: Any) -> str:
        content = {"kind": kind, "given": asdict(given), **claims}
        return self._fernet.encrypt(json.dumps(content).encode()).decode().rstrip("=")

    def _open(self, kind: str, sealed: str) -> dict[str, Any] | None:
        try:
            padded = sealed.encode("ascii") + b"=" * (-len(sealed) % 4)
            claims: dict[str, Any] = json.loads(self._fernet.decrypt(padded))
        except (InvalidToken, UnicodeEncodeError):
            return None
        return claims if claims["kind"] == kind else None


def s256(verifier: str) -> str:
    """PKCE challenge of a verifier (RFC 7636)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _authorization(claims: dict[str, Any]) -> Authorization:
    return Authorization(**claims["given"])
