"""The files of the user interface, compressed once a process and kept by browsers for good.

Streamlit sends them as they are: more than 9 MB before the first chart is seen. Compressing each
answer anew would cost a quarter of a second of CPU a visitor, so what was compressed is kept: all
of it is some 4 MB. Nothing that belongs to a person comes from these folders.
"""

import gzip
import posixpath
import re
from typing import NamedTuple

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ttt.web.shell import drawing

FOLDERS = ("/static/", drawing.FOLDER)
"""Where these files are: the same for everybody."""

_KINDS = ("text/", "application/javascript", "application/json", "image/svg+xml", "font/ttf")
_LEAST = 1_000  # bytes; below, the headers weigh more
# A file whose name holds a hash of what is in it never changes.
_HASHED = re.compile(r"\.[\w-]{8}\.\w+$")
_FOR_GOOD = "public, max-age=31536000, immutable"
# Streamlit's page stands for whatever is not there: a file of another version may be soon.
_NO_FILE = "text/html"
_MOST_KEPT = 300
_LEVEL = 7


class _Kept(NamedTuple):
    headers: list[tuple[bytes, bytes]]
    body: bytes


class CompressedFiles:
    """Middleware that answers requests for such files."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: dict[str, _Kept] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send what is kept, or pass the request on and keep its answer."""
        if not _wanted(scope):
            await self._app(scope, receive, send)
            return
        # A file has one place here, though "//" and "/./" lead to it too.
        path = posixpath.normpath(scope["path"])
        if (kept := self._kept.get(path)) is None:
            await self._app(scope, receive, _Answer(send, path, self._kept))
            return
        await send({"type": "http.response.start", "status": 200, "headers": list(kept.headers)})
        await send({"type": "http.response.body", "body": kept.body})


class _Answer:
    """Holds an answer back until it is whole, and sends it compressed."""

    def __init__(self, send: Send, path: str, kept: dict[str, _Kept]) -> None:
        self._send, self._path, self._kept = send, path, kept
        self._start: Message | None = None
        self._parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            if headers.get("content-type", "").startswith(_NO_FILE):
                headers["cache-control"] = "no-store"
            elif _HASHED.search(self._path) and message["status"] == 200:
                headers["cache-control"] = _FOR_GOOD
            if _compressible(message["status"], headers):
                self._start = message
                return
        if self._start is None:
            await self._send(message)
            return
        self._parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            await self._finish(self._start, b"".join(self._parts))

    async def _finish(self, start: Message, body: bytes) -> None:
        small = await to_thread.run_sync(gzip.compress, body, _LEVEL)
        headers = MutableHeaders(raw=start["headers"])
        headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(small))
        headers.add_vary_header("Accept-Encoding")
        # Of the file as it was; these are other bytes.
        del headers["etag"], headers["accept-ranges"]
        if len(self._kept) < _MOST_KEPT:
            self._kept[self._path] = _Kept(list(headers.raw), small)
        await self._send(start)
        await self._send({"type": "http.response.body", "body": small})


def _wanted(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    headers = Headers(scope=scope)
    return (
        scope["path"].startswith(FOLDERS)
        and "gzip" in headers.get("accept-encoding", "")
        and "range" not in headers
    )


def _compressible(status: int, headers: Headers) -> bool:
    return (
        status == 200
        and headers.get("content-type", "").startswith(_KINDS)
        and not headers.get("content-type", "").startswith(_NO_FILE)
        and "content-encoding" not in headers
        and int(headers.get("content-length", _LEAST)) >= _LEAST
    )
