"""What is closed to some: the demo Spotify, and the way in for files of a page."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ttt.services.context import Context
from ttt.services.spotify import clients
from ttt.web import incoming
from ttt.web.threads import in_thread

FILES = "/_stcore/upload_file/"
"""Where Streamlit takes the files of its pages."""
_LARGEST_QUESTION = 1024**2
"""Bytes of what the demo is sent, which reads all that comes; rows of a playlist are kilobytes."""


class WhileInUse:
    """Round the demo: nobody reaches it where nobody has a use for it."""

    def __init__(self, demo: ASGIApp, context: Context) -> None:
        self._demo = demo
        self._context = context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as ASGI apps do."""
        used = await run_in_threadpool(clients.demo_in_use, self._context)
        if scope["type"] == "http" and not used:
            await PlainTextResponse("Not Found", 404)(scope, receive, send)
            return
        asks = scope["type"] == "http"
        body = await incoming.body(Request(scope, receive), _LARGEST_QUESTION) if asks else b""
        if body is None:
            await PlainTextResponse("Too long", 413)(scope, receive, send)
            return
        said: Message = {"type": "http.request", "body": body}
        await self._demo(scope, incoming.again([said], receive), send)


class FilesOfSomebody:
    """Middleware: who brings a file to a page has to be signed in.

    Streamlit asks for an open tab only, which the form to sign in is too, and holds all that
    comes in memory until that tab goes.
    """

    def __init__(self, app: ASGIApp, context: Context) -> None:
        self._app = app
        self._context = context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer before anything of the file is read, or pass on."""
        brings = scope["type"] == "http" and scope["path"].startswith(FILES)
        if brings and not await in_thread(incoming.person, self._context, Request(scope)):
            await PlainTextResponse("Sign in first.", 401)(scope, receive, send)
            return
        await self._app(scope, receive, send)
