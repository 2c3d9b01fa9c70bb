"""How requests go out to Spotify: once, within bounds of time and size, and nowhere else."""

import json
from functools import partial
from time import monotonic
from typing import Any

import requests
from urllib3.exceptions import HTTPError

from ttt import __version__
from ttt.errors import SpotifyUnavailable, UnexpectedAnswer
from ttt.providers import answers
from ttt.providers.answers import PACKING, BadlyPacked, unpacked
from ttt.providers.clock import Clock
from ttt.providers.logs import keep_quiet
from ttt.providers.spotify import faults
from ttt.settings import Settings

LARGEST_ANSWER = 16 * 1024**2
"""A hundred rows of a playlist, each with its markets, are about one megabyte."""
_PIECE = 1 << 16


def body(response: requests.Response, service: faults.Service, seconds: float) -> bytes:
    """All of an answer that was asked for as a stream, unless it is or takes too long."""
    ends, read = monotonic() + seconds, bytearray()
    # As much as is there: for a piece of some size one waits, however slowly it trickles in.
    pieces = iter(partial(response.raw.read1, _PIECE, decode_content=False), b"")
    try:
        packing = response.headers.get("Content-Encoding", "")
        for piece in unpacked(pieces, packing, LARGEST_ANSWER):
            read += piece
            if len(read) > LARGEST_ANSWER:
                raise UnexpectedAnswer(service)
            if monotonic() > ends:
                raise SpotifyUnavailable(service, timed_out=True)
    except HTTPError as error:
        raise faults.no_answer(error, service) from None
    except BadlyPacked:
        raise UnexpectedAnswer(service) from None
    return bytes(read)


def headers() -> dict[str, str]:
    """Who asks, and how an answer may be packed."""
    return {"User-Agent": f"TopTrackTracker/{__version__}", "Accept-Encoding": PACKING}


class Session(requests.Session):
    """Answers with a success or raises an error of ttt.errors, so that spotipy sees no failure.

    spotipy would lose status, headers and bodies of error answers, and log what they say.
    """

    def __init__(self, settings: Settings, service: faults.Service, now: Clock) -> None:
        super().__init__()
        keep_quiet("spotipy", "urllib3")
        self.headers.update(headers())
        self.auth = _as_it_is
        self._timeout = settings.spotify_timeout
        self._service = service
        self._now = now

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        """Send one request; there are no retries and no sleeping."""
        kwargs |= {"timeout": self._timeout, "stream": True}
        try:
            with super().send(request, **kwargs) as response:
                response._content = body(response, self._service, self._timeout)
        except requests.RequestException as error:
            raise faults.no_answer(error, self._service) from None
        fault = faults.bad_answer(response, self._service, self._now())
        if fault:
            raise fault
        response._content = _plain(response.content)
        return response

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Follow no redirect: neither service documents one, and requests carry secrets."""


def _plain(body: bytes) -> bytes:
    """JSON that spotipy can read, whatever encoding its header names; nothing for anything else."""
    try:
        return json.dumps(answers.told(body)).encode()
    except (ValueError, RecursionError):
        return b""


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keep requests from putting a ~/.netrc entry in the place of the bearer token."""
    return request
