"""How requests go out to the providers of values: bounded in time and size, and nowhere else."""

import ssl
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property
from http import HTTPStatus
from time import monotonic
from typing import Any

import httpx
import stamina

from ttt import __version__
from ttt.errors import (
    ProviderBlocked,
    ProviderError,
    ProviderNonsense,
    ProviderRefused,
    ProviderUnavailable,
)
from ttt.providers import answers
from ttt.providers.answers import PACKING, BadlyPacked, unpacked
from ttt.providers.clock import Clock, blocked_until, utc_now
from ttt.providers.logs import keep_quiet
from ttt.settings import Settings
from ttt.text import cleaned

CONNECT_SECONDS = 3.0
READ_SECONDS = 5.0
LARGEST_ANSWER = 2 * 1024**2
_ATTEMPTS = 2
_Raw = tuple[int, str, bytes]  # status, Retry-After, body


class _BadGateway(Exception):
    """502: the service itself did not get the request."""


class _TooLarge(Exception):
    """No answer to what the app asks is that long."""


# Over before an answer began or ended, and likely to go well the next moment.
_PASSING = (_BadGateway, httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError)


@cache
def _certificates() -> ssl.SSLContext:
    # Reading them takes longer than all the rest of a request, and needs to be done once.
    return httpx.create_ssl_context()


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and body of an answer that is no failure by its status."""

    source: str
    status: int
    body: bytes

    def fields(self) -> dict[str, Any]:
        """Read a JSON object; ProviderNonsense for HTML, broken JSON and anything else."""
        try:
            said = cleaned(answers.told(self.body))
        except (ValueError, RecursionError):
            raise ProviderNonsense(self.source) from None
        if not isinstance(said, dict):
            raise ProviderNonsense(self.source)
        return said


class Client:
    """One pool of connections to all services; every failure is a ProviderError."""

    def __init__(
        self,
        settings: Settings,
        now: Clock = utc_now,
        *,
        connect_seconds: float = CONNECT_SECONDS,
        read_seconds: float = READ_SECONDS,
        attempts: int = _ATTEMPTS,
    ) -> None:
        keep_quiet("httpx", "httpcore")
        self._contact = settings.public_url or "self-hosted"
        self._now = now
        self._timeout = httpx.Timeout(read_seconds, connect=connect_seconds)
        self._seconds = connect_seconds + read_seconds
        self._retrying = stamina.RetryingCaller(
            attempts=attempts,
            timeout=self._seconds,
            wait_initial=0.2,
            wait_max=0.5,
            wait_jitter=0.1,
        ).on(_PASSING)

    def get(
        self,
        source: str,
        url: str,
        params: Mapping[str, str] | None = None,
        answers: Collection[int] = (HTTPStatus.OK,),
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Make a request, once more after a passing fault; `answers` are statuses of no failure.

        No redirect is followed, so `headers` go to this address only.
        """

        def send() -> _Raw:
            return self._send("GET", url, params=params, headers=headers)

        return self._answer(source, lambda: self._retrying(send), answers)

    def post(
        self,
        source: str,
        url: str,
        body: str | bytes,
        headers: Mapping[str, str],
        answers: Collection[int] = (HTTPStatus.OK,),
    ) -> Answer:
        """Send a body, once only: what it holds may be good once.

        `answers` are statuses of no failure.
        """

        def send() -> _Raw:
            return self._send("POST", url, content=body, headers=headers)

        return self._answer(source, send, answers)

    def _answer(self, source: str, send: Callable[[], _Raw], answers: Collection[int]) -> Answer:
        try:
            status, retry_after, body = send()
        except httpx.TimeoutException:
            raise ProviderUnavailable(source, timed_out=True) from None
        except (_BadGateway, httpx.TransportError, httpx.InvalidURL):
            raise ProviderUnavailable(source) from None
        except (_TooLarge, BadlyPacked, httpx.HTTPError):
            raise ProviderNonsense(source) from None
        if status not in answers:
            raise self._fault(source, status, retry_after)
        return Answer(source, status, body)

    def blocked(self, source: str, seconds: float) -> ProviderBlocked:
        """Make the error for a service that asks for a pause in words of its own."""
        return ProviderBlocked(source, self._now() + timedelta(seconds=seconds))

    def close(self) -> None:
        """Close the connections that were opened."""
        if "_http" in vars(self):
            self._http.close()

    @cached_property
    def _http(self) -> httpx.Client:
        agent = f"TopTrackTracker/{__version__} ({self._contact})"
        headers = {"User-Agent": agent, "Accept": "application/json", "Accept-Encoding": PACKING}
        return httpx.Client(headers=headers, timeout=self._timeout, verify=_certificates())

    def _send(self, method: str, url: str, **content: Any) -> _Raw:
        ends = monotonic() + self._seconds
        body = bytearray()
        with self._http.stream(method, url, **content) as response:
            if response.status_code == HTTPStatus.BAD_GATEWAY:
                raise _BadGateway
            packing = response.headers.get("Content-Encoding", "")
            for chunk in unpacked(response.iter_raw(), packing, LARGEST_ANSWER):
                body += chunk
                if len(body) > LARGEST_ANSWER:
                    raise _TooLarge
                if monotonic() > ends:
                    raise httpx.ReadTimeout("The answer trickles in.")
            return response.status_code, response.headers.get("Retry-After", ""), bytes(body)

    def _fault(self, source: str, status: int, retry_after: str) -> ProviderError:
        match status:
            case HTTPStatus.TOO_MANY_REQUESTS | HTTPStatus.SERVICE_UNAVAILABLE:
                return ProviderBlocked(source, blocked_until(retry_after, self._now()))
            case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
                return ProviderRefused(source)
        return ProviderUnavailable(source) if status >= 500 else ProviderNonsense(source)
