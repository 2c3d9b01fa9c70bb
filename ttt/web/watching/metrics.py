"""/metrics for Prometheus, closed unless a token or a network opens it."""

import hmac
import time
from ipaddress import ip_address

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ttt.services.context import Context
from ttt.services.server.watching.gathering import Gathering
from ttt.services.server.watching.numbers import numbers
from ttt.settings import Settings
from ttt.web import incoming
from ttt.web.threads import in_thread
from ttt.web.watching.log import HUNG_UP

PATH = "/metrics"


def routes(context: Context) -> list[Route]:
    """The route; none while the settings let nobody in."""
    if not context.settings.metrics:
        return []
    numbers().watch(context.engine)
    looked_up = CollectorRegistry()
    looked_up.register(Gathering(context))

    async def metrics(request: Request) -> Response:
        if not _is_let_in(context, request):
            return PlainTextResponse("Not Found", 404)
        text = await in_thread(_written, looked_up)
        return Response(text, media_type=CONTENT_TYPE_LATEST)

    return [Route(PATH, metrics)]


class Counted:
    """Middleware that counts requests and how long they take."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        except ClientDisconnect:
            status = HUNG_UP
            raise
        finally:
            numbers().requests.labels(f"{status // 100}xx").inc()
            numbers().request_seconds.observe(time.perf_counter() - started)


def _written(looked_up: CollectorRegistry) -> bytes:
    return generate_latest(numbers().registry) + generate_latest(looked_up)


def _is_let_in(context: Context, request: Request) -> bool:
    return _has_token(context.settings, request) or _is_near(context, request)


def _has_token(settings: Settings, request: Request) -> bool:
    token = settings.metrics_token.get_secret_value()
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(token.encode(), given.encode())


def _is_near(context: Context, request: Request) -> bool:
    try:
        found = ip_address(incoming.address(context.settings, request) or "")
    except ValueError:
        return False
    return any(found in network for network in context.settings.metrics_networks)
