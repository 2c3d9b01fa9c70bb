"""Faults of the demo Spotify: wrong answers in place of, or made from, the right ones."""

import asyncio
import contextlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ttt.demo import bodies

TOKEN_PATH = "/api/token"  # noqa: S105 # nosec B105  # a path, no token


@dataclass(frozen=True)
class Fault:
    """What happens to requests whose path starts with `path`, `times` times or until cleared.

    First `delay` seconds pass. Then `status`, `headers` and `body` are the answer; without a
    `status` the right answer goes out, as `change` makes it when it is JSON and well. With `cut`
    the connection ends in the middle of an answer, and with `carried_out` that happens after the
    request was. Paths of the token endpoint go on with the grant type, such as
    /api/token/refresh_token.
    """

    path: str
    status: int | None = None
    body: str = ""
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    cut: bool = False
    carried_out: bool = False
    change: Callable[[Any], Any] | None = None
    times: int | None = None


class Faults:
    """The faults that are on; the one switched on first that fits a request is used."""

    def __init__(self) -> None:
        self._on: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Switch a fault on."""
        self._on.append(fault)

    def clear(self) -> None:
        """Switch all faults off."""
        self._on.clear()

    def take(self, path: str) -> Fault | None:
        """The fault for a request, counted as used."""
        for place, fault in enumerate(self._on):
            if path.startswith(fault.path):
                if fault.times == 1:
                    del self._on[place]
                elif fault.times is not None:
                    self._on[place] = replace(fault, times=fault.times - 1)
                return fault
        return None


class FaultInjection:
    """ASGI middleware that lets faults come before the app."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as ASGI apps do."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = await Request(scope, receive).body()
        fault = self._faults.take(_path(scope, body))
        if fault is not None:
            await _wait(fault.delay, receive)
        if fault is None or (fault.status is None and not fault.cut and fault.change is None):
            await self._app(scope, bodies.replay(body, receive), send)
        elif fault.cut:
            if fault.carried_out:
                await self._app(scope, bodies.replay(body, receive), _nowhere)
            await _cut(send)
        elif fault.status is not None:
            await _response(fault)(scope, receive, send)
        else:
            await self._changed(fault, scope, bodies.replay(body, receive), send)

    async def _changed(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        await self._app(scope, receive, keep)
        if fault.change is not None and messages[0]["status"] == 200:
            right = json.loads(b"".join(message["body"] for message in messages[1:]))
            await JSONResponse(fault.change(right))(scope, receive, send)
        else:
            for message in messages:
                await send(message)


def _path(scope: Scope, body: bytes) -> str:
    path = str(scope["path"]).removeprefix(scope.get("root_path", ""))
    if path == TOKEN_PATH:
        grants = parse_qs(body.decode("utf-8", "replace")).get("grant_type", [""])
        return f"{path}/{grants[0]}"
    return path


def _response(fault: Fault) -> Response:
    headers = {"content-type": fault.content_type, **fault.headers}
    return Response(fault.body, status_code=fault.status or 200, headers=headers)


async def _wait(seconds: float, receive: Receive) -> None:
    """Let time pass, but no longer than the client stays."""
    if seconds <= 0:
        return
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while (await receive())["type"] != "http.disconnect":
                pass


async def _nowhere(_message: Message) -> None:
    """Let nobody know."""


async def _cut(send: Send) -> None:
    # More is announced than sent; the server closes the connection when the app ends so.
    headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"items": [', "more_body": True})
