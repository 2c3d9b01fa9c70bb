"""TCP connections: how many there are, how long one may stand still, how much it may say."""

import asyncio
import socket
from http import HTTPStatus
from typing import Any, NamedTuple

import h11
from uvicorn.config import HTTP_PROTOCOLS
from uvicorn.protocols.http.h11_impl import H11Protocol

from ttt.services.server.watching import descriptors
from ttt.settings import Settings

# Browsers open six connections to a server; people share addresses.
_FOR_REQUESTS = 100
LARGEST_MESSAGE = 4 * 1024**2
"""Bytes of a message over a WebSocket: a pasted list is one, of letters that take four at most."""
_LEAST_A_SECOND = 256  # bytes of a body; the slowest line brings more
_FULL = HTTPStatus.SERVICE_UNAVAILABLE
_REFUSAL = (
    f"HTTP/1.1 {_FULL.value} {_FULL.phrase}\r\ncontent-type: text/plain; charset=utf-8\r\n"
    "retry-after: 60\r\nconnection: close\r\n\r\n"
    "This server is full at the moment. Try again in a few minutes.\n"
).encode()


def bound(settings: Settings) -> None:
    """Let the server that is started next in this process bound its connections.

    Middleware sees requests only: a connection over which none comes has to be ended below it.
    """

    class Bounded(BoundedProtocol):
        most = descriptors.connections(settings)
        # A proxy makes all connections itself, and knows whom it made them for.
        most_from_one = (
            most if settings.trusted_proxies else settings.max_sockets_per_address + _FOR_REQUESTS
        )
        silent_seconds = settings.silent_seconds

    # Streamlit starts the server and leaves no other place to name the protocol.
    HTTP_PROTOCOLS["auto"] = Bounded  # type: ignore[assignment]


def _send_at_once(transport: asyncio.Transport) -> None:
    # asyncio does so itself, but not for the socket that Streamlit makes: the many small messages
    # of a page waited 40 ms for the browser to say that it had the first.
    transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _host(connection: Any) -> str | None:
    return connection.client[0] if connection.client else None


class _Seen(NamedTuple):
    """How a connection stood when it was looked at: its request, and what came and was sent."""

    cycle: Any = None
    brings_body: bool = False
    received: int = 0
    unsent: int = 0


class BoundedProtocol(H11Protocol):
    """uvicorn's HTTP/1.1 that ends connections which are too many, or stand still for long."""

    most: int
    most_from_one: int
    silent_seconds: float

    def __init__(self, config: Any, *arguments: Any, **options: Any) -> None:
        super().__init__(config, *arguments, **options)
        # Streamlit's own bound is for what it sends as well, and a hundred times as high.
        config.ws_max_size = LARGEST_MESSAGE
        self._received = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, or refuse it in words."""
        super().connection_made(transport)
        _send_at_once(transport)
        if self._is_one_too_many():
            transport.write(_REFUSAL)
            transport.close()
        else:
            self._look_later(_Seen())

    def data_received(self, data: bytes) -> None:
        """Count what comes."""
        self._received += len(data)
        super().data_received(data)

    def _is_one_too_many(self) -> bool:
        host = self.client[0] if self.client else None
        from_there = sum(1 for other in self.connections if _host(other) == host)
        return len(self.connections) > self.most or from_there > self.most_from_one

    def _look_later(self, seen: _Seen) -> None:
        self.loop.call_later(self.silent_seconds, self._look, seen)

    def _look(self, seen: _Seen) -> None:
        if self.transport.is_closing() or self.transport.get_protocol() is not self:
            return  # it ended, or has become a WebSocket
        now = self._stands()
        if now.cycle is seen.cycle and self._stood_still(seen, now):
            self.transport.abort()
        else:
            self._look_later(now)

    def _stands(self) -> _Seen:
        # Where we do not read what comes, nobody is slow but us.
        brings_body = self.conn.their_state is h11.SEND_BODY and not self.flow.read_paused
        unsent = self.transport.get_write_buffer_size() if self.flow.write_paused else 0
        return _Seen(self.cycle, brings_body, self._received, unsent)

    def _stood_still(self, seen: _Seen, now: _Seen) -> bool:
        if now.unsent:
            return now.unsent == seen.unsent
        if now.brings_body:
            least = _LEAST_A_SECOND * self.silent_seconds
            return seen.brings_body and now.received - seen.received < least
        waits_for_us = self.cycle is not None and not self.cycle.response_complete
        return not waits_for_us and self.conn.their_state is h11.IDLE
