"""TCP connections: how many there are at once, and how long one may say nothing."""

import asyncio
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.config import HTTP_PROTOCOLS
from uvicorn.protocols.http.h11_impl import H11Protocol

from ttt.services.server.watching import descriptors
from ttt.settings import Settings

# Browsers open six connections to a server; people share addresses.
_FOR_REQUESTS = 100
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


def _host(connection: Any) -> str | None:
    return connection.client[0] if connection.client else None


class BoundedProtocol(H11Protocol):
    """uvicorn's HTTP/1.1 that ends connections which are too many, or ask nothing for long."""

    most: int
    most_from_one: int
    silent_seconds: float

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, or refuse it in words."""
        super().connection_made(transport)
        if self._is_one_too_many():
            transport.write(_REFUSAL)
            transport.close()
        else:
            self._look_later(None)

    def _is_one_too_many(self) -> bool:
        host = self.client[0] if self.client else None
        from_there = sum(1 for other in self.connections if _host(other) == host)
        return len(self.connections) > self.most or from_there > self.most_from_one

    def _look_later(self, seen: Any) -> None:
        self.loop.call_later(self.silent_seconds, self._look, seen)

    def _look(self, seen: Any) -> None:
        if self.transport.is_closing() or self.transport.get_protocol() is not self:
            return  # it ended, or has become a WebSocket
        waits_for_us = self.cycle is not None and not self.cycle.response_complete
        if not waits_for_us and self.cycle is seen and self.conn.their_state is h11.IDLE:
            self.transport.close()
        else:
            self._look_later(self.cycle)
