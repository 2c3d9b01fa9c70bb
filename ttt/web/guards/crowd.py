"""How many WebSockets are open at once, in all and from one address, and who has to speak."""

import asyncio
import logging
from collections import Counter

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ttt.services.accounts.throttle import network
from ttt.services.server.watching import descriptors
from ttt.services.server.watching.numbers import numbers
from ttt.settings import Settings
from ttt.web import incoming

STREAM = "/_stcore/stream"
_SILENT = 1008
_FULL = (503, "This server is full at the moment. Try again in a few minutes.")
_TOO_MANY = (429, "Too many pages of this app are open from your address. Close some, then reload.")
_log = logging.getLogger("ttt.crowd")


class Crowd:
    """Middleware that refuses the WebSocket that is one too many, and ends those that say nothing.

    Streamlit makes a session with three descriptors for a WebSocket as soon as it is open. So it
    hears of one only after the first message, which a browser sends at once.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._open: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything else on."""
        if scope["type"] != "websocket" or scope["path"] != STREAM:
            await self._app(scope, receive, send)
            return
        found = incoming.address(self._settings, HTTPConnection(scope))
        address = network(found) if found else ""
        refusal = self._refusal(address)
        if refusal is not None:
            numbers().refused.labels("address" if refusal is _TOO_MANY else "all").inc()
            _log.warning("a WebSocket was refused: %s are open", self._open.total())
            await _refuse(send, *refusal)
            return
        self._open[address] += 1
        numbers().tabs.inc()
        try:
            await self._serve(scope, receive, send)
        finally:
            numbers().tabs.dec()
            self._open[address] -= 1
            self._open += Counter()  # drops addresses that have none any more

    def _refusal(self, address: str) -> tuple[int, str] | None:
        if self._open.total() >= descriptors.tabs(self._settings):
            return _FULL
        if self._open[address] >= self._settings.max_sockets_per_address:
            return _TOO_MANY
        return None

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        connect = await receive()
        offered = scope.get("subprotocols") or [None]
        await send({"type": "websocket.accept", "subprotocol": offered[0] or None})
        try:
            async with asyncio.timeout(self._settings.silent_seconds):
                first = await receive()
        except TimeoutError:
            await send({"type": "websocket.close", "code": _SILENT})
            return
        if first["type"] == "websocket.receive":
            await self._app(scope, incoming.again([connect, first], receive), _accepted(send))


def _accepted(send: Send) -> Send:
    async def send_but_accept(message: Message) -> None:
        if message["type"] != "websocket.accept":
            await send(message)

    return send_but_accept


async def _refuse(send: Send, status: int, words: str) -> None:
    body = f"{words}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"retry-after", b"60")]
    start = {"type": "websocket.http.response.start", "status": status, "headers": headers}
    await send(start)
    await send({"type": "websocket.http.response.body", "body": body})
