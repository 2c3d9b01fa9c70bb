"""What it means, in the words of ttt.errors, when Spotify gives no good answer.

Error bodies are searched, not parsed: the same words come as JSON, odd JSON and plain text.
"""

import logging
import re
from datetime import datetime
from typing import Literal

import requests
from urllib3.exceptions import HTTPError, ProtocolError, ReadTimeoutError, SSLError

from ttt.errors import (
    ClientRefused,
    DeviceRestricted,
    NoActiveDevice,
    NotOffered,
    NotOnAllowList,
    PlaybackNeedsPremium,
    PremiumNeeded,
    RateLimited,
    ScopeMissing,
    SpotifyError,
    SpotifyForbidden,
    SpotifyNotFound,
    SpotifyUnavailable,
    UnexpectedAnswer,
)
from ttt.providers import answers
from ttt.providers.clock import USUAL_WAIT, blocked_until

Service = Literal["api", "accounts"]

# Seconds to wait when the quota is used up and Spotify does not say how long.
QUOTA_WAIT = 6 * 3600

_NO_PREMIUM = re.compile(r"premium.{0,80}\bowner|\bowner.{0,80}premium", re.I)
_NOT_ALLOWED = re.compile(r"not (be )?registered|not approved for app", re.I)
_NO_SCOPE = re.compile(r"insufficient client scope", re.I)
_NO_DEVICE = re.compile(r"NO_ACTIVE_DEVICE|no active device|device not found", re.I)
_PLAYER_PREMIUM = re.compile(r"PREMIUM_REQUIRED|premium required", re.I)
_RESTRICTED = re.compile(r"restricted device|restriction violated|NOT_CONTROLLABLE", re.I)
_INVALID_ID = re.compile(r"(invalid|non-existing)\b[^.]{0,30}\bid\b", re.I)
_CLIENT_REFUSED = {"invalid_client", "unauthorized_client"}
_OAUTH_WORD = re.compile(r"[a-z_]{1,40}")

logger = logging.getLogger(__name__)


class AccessRefused(SpotifyError):
    """401 of the Web API; stays in this package, where a refresh may cure it."""


class GrantRefused(SpotifyError):
    """The accounts service refused code or refresh token; stays in this package."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def no_answer(error: requests.RequestException | HTTPError, service: Service) -> SpotifyError:
    """Tell what it means that a request brought no whole answer."""
    if isinstance(error, requests.Timeout | ReadTimeoutError):
        return SpotifyUnavailable(service, timed_out=True)
    if isinstance(error, requests.ConnectionError | ProtocolError | SSLError):
        return SpotifyUnavailable(service)
    return UnexpectedAnswer(service)


def bad_answer(response: requests.Response, service: Service, now: datetime) -> SpotifyError | None:
    """Tell what an answer means that is no success, None for a success."""
    status = response.status_code
    if 200 <= status < 300:
        return None
    if status == 429:
        return _rate_limited(response, now)
    if status >= 500:
        return SpotifyUnavailable(service)
    return _refused_by_api(response) if service == "api" else _refused_by_accounts(response)


def _rate_limited(response: requests.Response, now: datetime) -> RateLimited:
    quota = "QUOTA_EXCEEDED" in response.text
    usual = QUOTA_WAIT if quota else USUAL_WAIT
    until = blocked_until(response.headers.get("Retry-After", ""), now, usual)
    return RateLimited(until, quota)


def _refused_by_api(response: requests.Response) -> SpotifyError:
    match response.status_code:
        case 401:
            return AccessRefused()
        case 403:
            return _forbidden(response.text)
        case 404 | 410:
            return NoActiveDevice() if _NO_DEVICE.search(response.text) else NotOffered()
        case 400 if _INVALID_ID.search(response.text):
            return SpotifyNotFound()
    return UnexpectedAnswer("api")


def _forbidden(text: str) -> SpotifyError:
    meanings: dict[re.Pattern[str], type[SpotifyError]] = {
        _NO_PREMIUM: PremiumNeeded,
        _NOT_ALLOWED: NotOnAllowList,
        _NO_SCOPE: ScopeMissing,
        _PLAYER_PREMIUM: PlaybackNeedsPremium,
        _RESTRICTED: DeviceRestricted,
    }
    found = (error for pattern, error in meanings.items() if pattern.search(text))
    return next(found, SpotifyForbidden)()


def _refused_by_accounts(response: requests.Response) -> SpotifyError:
    reason = _oauth_reason(response)
    if reason is None or response.status_code not in {400, 401, 403}:
        return UnexpectedAnswer("accounts")
    if reason != "invalid_grant":
        # Mostly invalid_client: only whoever runs the server can set that right.
        logger.warning("Spotify's accounts service refused a request: %s", reason)
    return ClientRefused() if reason in _CLIENT_REFUSED else GrantRefused(reason)


def _oauth_reason(response: requests.Response) -> str | None:
    try:
        body = answers.told(response.content)
    except ValueError:
        return None
    reason = body.get("error") if isinstance(body, dict) else None
    return reason if isinstance(reason, str) and _OAUTH_WORD.fullmatch(reason) else None
