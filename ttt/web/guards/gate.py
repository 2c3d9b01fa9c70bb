"""The demo Spotify answers only while it stands in for Spotify, or people may look around."""

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ttt.services.context import Context
from ttt.services.spotify import clients


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
        await self._demo(scope, receive, send)
