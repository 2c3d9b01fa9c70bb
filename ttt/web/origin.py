"""Which pages may open a WebSocket: this app's own, and no other on the same machine either."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send


class OwnPagesOnly:
    """Middleware that refuses a WebSocket (403) unless it comes from a page of this address.

    Streamlit compares host names only, and cookies know no ports: a page of another program on
    the same machine could act as whoever is signed in here.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything else on; programs that are no browsers name no origin."""
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            if origin is not None and not _same(origin, headers.get("host", "")):
                await send({"type": "websocket.close", "code": 1008})
                return
        await self._app(scope, receive, send)


def _same(origin: str, host: str) -> bool:
    return urlsplit(origin).netloc.casefold() == host.casefold()
