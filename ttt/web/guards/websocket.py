"""Who may open a WebSocket, and what may come over it."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_REFUSED, _UNSUPPORTED = 1008, 1003


class OwnPagesOnly:
    """Middleware that refuses a WebSocket (403) unless it comes from a page of this address.

    Streamlit compares host names only, and cookies know no ports: a page of another program on
    the same machine could act as whoever is signed in here. Nor do they all know schemes: a page
    that came over HTTP, which anybody on the way may have written, is none of an HTTPS address.
    """

    def __init__(self, app: ASGIApp, base_url: str) -> None:
        self._app = app
        self._base_url = base_url.casefold()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything else on; programs that are no browsers name no origin."""
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            origin = headers.get("origin")
            if origin is not None and not self._is_own(origin.casefold(), headers, scope):
                await send({"type": "websocket.close", "code": _REFUSED})
                return
        await self._app(scope, receive, send)

    def _is_own(self, origin: str, headers: Headers, scope: Scope) -> bool:
        host = headers.get("host", "").casefold()
        if host == urlsplit(self._base_url).netloc:
            return origin == self._base_url
        # Another name of this machine, by which it is reached as the connection says.
        scheme = "https" if scope.get("scheme") == "wss" else "http"
        return origin == f"{scheme}://{host}"


class BytesOnly:
    """Middleware that ends a WebSocket (1003) over which text comes.

    Streamlit takes bytes only, and a stranger's text would leave a long traceback in the log.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything else on; after the end nothing is sent any more."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        ended = False

        async def receive_bytes() -> Message:
            nonlocal ended
            message = await receive()
            if message["type"] != "websocket.receive" or message.get("bytes") is not None:
                return message
            ended = True
            await send({"type": "websocket.close", "code": _UNSUPPORTED})
            return {"type": "websocket.disconnect", "code": _UNSUPPORTED}

        async def send_before_the_end(message: Message) -> None:
            if not ended:
                await send(message)

        await self._app(scope, receive_bytes, send_before_the_end)
