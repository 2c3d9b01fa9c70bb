"""The one HTML page of the user interface, given a head of ours; other addresses are told apart.

Streamlit answers every address with this page, and shows a box in words of its own where it knows
no page of that name. Here such an address gets a page that says so, with status 404.
"""

import gzip
from collections.abc import Collection
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from urllib.parse import unquote

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ttt.web.shell import drawing, home_screen, parts

# What tells the page from other HTML, such as that of the demo's consent page.
_TITLE = b"<title>Streamlit</title>"
_END = b"</body>"
_LONGEST_SHOWN = 80
_FILES = "static/"
_LEVEL = 6
# Where the server is, what is waited for, what the keyboard can do on every page, how figures come
# to be seen, and what is said of what was not taken and while the server is away.
_SCRIPTS = (
    "early.js",
    "coming.js",
    "focus.js",
    "figures.js",
    "aside.js",
    "marks.js",
    "long.js",
    "copy.js",
    "lost.js",
)


class Shell:
    """Middleware that knows the pages' paths and style; with no paths, every path is one."""

    def __init__(self, app: ASGIApp, pages: Collection[str] = (), sheet: str = "") -> None:
        self._app, self._pages, self._sheet = app, frozenset(pages), sheet

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; change the answer where it is the page."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        path = scope["path"].strip("/")
        if path.startswith(_FILES):
            await self._app(scope, receive, send)
            return
        known = not self._pages or path in self._pages
        # Streamlit would send it compressed, and nothing can be put into it then.
        plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        await self._app(
            {**scope, "headers": plain}, receive, _Answer(send, scope, known, self._sheet)
        )


class _Answer:
    """Holds HTML back until it is whole."""

    def __init__(self, send: Send, scope: Scope, known: bool, sheet: str) -> None:
        self._send, self._scope, self._known, self._sheet = send, scope, known, sheet
        self._start: Message | None = None
        self._parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                await self._finish(self._start, b"".join(self._parts))

    async def _finish(self, start: Message, body: bytes) -> None:
        if _TITLE in body:
            if not self._known:
                answer = HTMLResponse(unknown(self._scope["path"], self._sheet), 404)
                await answer(self._scope, _nothing, self._send)
                return
            body = dressed(body, self._sheet)
            headers = MutableHeaders(raw=start["headers"])
            if "gzip" in Headers(scope=self._scope).get("accept-encoding", ""):
                body = _compressed(body)
                headers["content-encoding"] = "gzip"
            headers["vary"] = "Accept-Encoding"
            headers["content-length"] = str(len(body))
            del headers["etag"]  # of the file as it was
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


@lru_cache(maxsize=2)
def _compressed(page: bytes) -> bytes:
    """Made once: it is the same for every address and everybody."""
    return gzip.compress(page, _LEVEL)


def dressed(page: bytes, sheet: str) -> bytes:
    """The page with our name, icons and colours in its head, our scripts and style at its end."""
    early = parts.links(page.decode())
    ours = f"<title>{home_screen.NAME}</title>{home_screen.head()}{drawing.head()}{early}"
    end = f"<script>{_scripts()}</script><style>{sheet}</style>".encode()
    return page.replace(_TITLE, ours.encode(), 1).replace(_END, end + _END, 1)


@cache
def _scripts() -> str:
    return "".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in _SCRIPTS)


def unknown(path: str, sheet: str) -> str:
    """A page for an address that leads nowhere."""
    shown = unquote(path)
    shown = shown if len(shown) <= _LONGEST_SHOWN else f"{shown[:_LONGEST_SHOWN]}…"
    return _PAGE.format(
        head=home_screen.head(),
        name=home_screen.NAME,
        path=escape(shown),
        sheet=sheet,
    )


def _is_page(start: Message) -> bool:
    headers = MutableHeaders(raw=start["headers"])
    return start["status"] == 200 and headers.get("content-type", "").startswith("text/html")


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>No such page · {name}</title>{head}
<style>{sheet}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center;
  background: var(--ttt-ground); color: var(--ttt-ink);
  font: 16px/1.5 "Source Sans", "Source Sans 3", system-ui, sans-serif; }}
main {{ max-width: 440px; padding: 32px; }}
h1 {{ margin: 0 0 8px; font-size: 32px; line-height: 1.2; }}
p {{ margin: 0 0 24px; color: var(--ttt-quiet); overflow-wrap: anywhere; }}
a {{ display: inline-block; padding: 10px 16px; border-radius: 10px;
  background: var(--ttt-accent); color: var(--ttt-on-accent); font-weight: 600;
  text-decoration: none; }}
a:focus-visible {{ outline: 2px solid var(--ttt-ink); outline-offset: 2px; }}
</style>
</head>
<body>
<main>
<h1>There is no such page</h1>
<p>Nothing is at <b>{path}</b>. The address may be mistyped, or the page has moved.</p>
<a href="/">Go to Home</a>
</main>
</body>
</html>
"""
