"""The demo Spotify answers only as long as it stands in for somebody's Spotify."""

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ttt.services.context import Context
from ttt.services.spotify import clients


class WhileInUse:
    """Round the demo: nobody reaches it while the server goes by client IDs of Spotify's."""

    def __init__(self, demo: ASGIApp, context: Context) -> None:
        self._demo = demo
        self._context = context

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as ASGI apps do."""
        if scope["type"] == "http" and await run_in_threadpool(clients.real, self._context):
            await PlainTextResponse("Not Found", 404)(scope, receive, send)
            return
        await self._demo(scope, receive, send)
