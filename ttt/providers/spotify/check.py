"""Asks Spotify whether it takes a client ID, its secret and our redirect URI, before they serve."""

import re
from contextlib import suppress

import requests

from ttt.errors import ClientRefused, CodeRefused, RedirectRefused
from ttt.providers.clock import Clock, utc_now
from ttt.providers.spotify import faults, session
from ttt.providers.spotify.auth import authorize_url, exchange
from ttt.settings import Settings

_NO_CODE = "check"
_VERIFIER = "c" * 64
_REDIRECT = re.compile(r"redirect.?uri", re.IGNORECASE)
_CLIENT = re.compile(r"invalid.client", re.IGNORECASE)


def check(settings: Settings, now: Clock = utc_now) -> None:
    """Ask in two requests; nobody is connected by it.

    Raises ClientRefused for an ID or secret that is not known, RedirectRefused for a redirect URI
    that is not on the app's list, and another SpotifyError when Spotify does not say.
    """
    # What is no code is refused as that, once Spotify knows who asks.
    with suppress(CodeRefused):
        exchange(settings, _NO_CODE, _VERIFIER, now)
    _ask_for_consent(settings, now)


def _ask_for_consent(settings: Settings, now: Clock) -> None:
    """Open the consent page as a browser does that is signed in nowhere."""
    address = authorize_url(settings, _NO_CODE, _VERIFIER, ())
    seconds = settings.spotify_timeout
    try:
        with requests.get(
            address, timeout=seconds, allow_redirects=False, headers=session.headers(), stream=True
        ) as answer:
            answer._content = session.body(answer, "accounts", seconds)
    except requests.RequestException as error:
        raise faults.no_answer(error, "accounts") from None
    if answer.status_code == 400 and _REDIRECT.search(answer.text):
        raise RedirectRefused(settings.redirect_uri)
    if answer.status_code == 400 and _CLIENT.search(answer.text):
        raise ClientRefused
    if answer.status_code == 429 or answer.status_code >= 500:
        fault = faults.bad_answer(answer, "accounts", now())
        if fault is not None:
            raise fault
