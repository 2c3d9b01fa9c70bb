"""A server on loopback that answers as told and remembers what it was asked."""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from typing import Any, Literal
from urllib.parse import parse_qsl, urlsplit

from requests.structures import CaseInsensitiveDict

Fault = Literal["stall", "stall midway", "trickle", "cut", "cut midway"]
PATIENCE = 5.0  # So that a client without a time-out fails its test instead of hanging it.


@dataclass(frozen=True)
class Reply:
    """An answer; `body` that is no text or bytes is JSON, a `fault` breaks the connection."""

    status: int = 200
    body: Any = ""
    headers: dict[str, str] = field(default_factory=dict)
    fault: Fault | None = None

    @property
    def content(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return (self.body if isinstance(self.body, str) else json.dumps(self.body)).encode()


@dataclass(frozen=True)
class Asked:
    """A request as the server saw it."""

    method: str
    path: str
    query: dict[str, str]
    form: dict[str, str]
    headers: CaseInsensitiveDict[str]
    body: str = ""


class Server(ThreadingHTTPServer):
    """Answers with `replies` in their order, then with 418; or with what `answer` says."""

    answer: Callable[[Asked], Reply] | None = None

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.replies: deque[Reply] = deque()
        self.asked: list[Asked] = []
        self.released = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def will(self, *replies: Reply) -> None:
        self.replies.extend(replies)


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self._record()
        self._answer(self._reply())

    def do_POST(self) -> None:
        self.do_GET()

    def do_PUT(self) -> None:
        self.do_GET()

    def _reply(self) -> Reply:
        if self.server.answer is not None:
            return self.server.answer(self.server.asked[-1])
        return self.server.replies.popleft() if self.server.replies else Reply(418)

    def _record(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        query, form = dict(parse_qsl(parts.query)), dict(parse_qsl(body))
        headers = CaseInsensitiveDict(self.headers.items())
        self.server.asked.append(Asked(self.command, parts.path, query, form, headers, body))

    def _answer(self, reply: Reply) -> None:
        if reply.fault == "stall":
            self.server.released.wait(PATIENCE)
        if reply.fault in {"stall", "cut"}:
            return
        missing = 1000 if reply.fault else 0
        self.send_response(reply.status)
        for name, value in {"Content-Type": "application/json", **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.content) + missing))
        self.end_headers()
        self.wfile.write(reply.content)
        if reply.fault == "stall midway":
            self.server.released.wait(PATIENCE)
        if reply.fault == "trickle":
            self._trickle()

    def _trickle(self) -> None:
        # Ends before it is whole: who waits for all of it is told of no time that was up.
        ends = monotonic() + PATIENCE
        with suppress(OSError):  # the client had enough
            while monotonic() < ends and not self.server.released.wait(0.01):
                self.wfile.write(b" ")

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[Server]:
    """A server that answers as told."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.released.set()
        server.shutdown()
        thread.join()
