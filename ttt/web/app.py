"""What the ASGI app has besides Streamlit: routes, middleware and what happens at start."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from anyio import create_task_group, to_thread
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from ttt.services.accounts import accounts
from ttt.services.context import Context, prepare
from ttt.services.server import health
from ttt.settings import Settings
from ttt.web import listenbrainz, log, openid, sessions, uploads
from ttt.web.compression import CompressedFiles
from ttt.web.loopback import OneName
from ttt.web.security import HEADERS, SecurityHeaders
from ttt.web.websocket import BytesOnly, OwnPagesOnly

Lifespan = Callable[[Any], AbstractAsyncContextManager[None]]
_log = logging.getLogger("ttt")


def routes(context: Context) -> list[BaseRoute]:
    """Health, session routes, and the way in for plays."""

    def healthz(_request: Request) -> Response:
        ready = health.database_ready(context)
        status = "ok" if ready else "unavailable"
        return JSONResponse({"status": status}, 200 if ready else 503)

    return [
        Route("/healthz", healthz),
        *sessions.routes(context),
        *openid.routes(context),
        *listenbrainz.routes(context),
        *uploads.routes(context),
    ]


def middleware(settings: Settings) -> list[Middleware]:
    """Request log, security headers, checks of host and origin, from outside in."""
    return [
        Middleware(log.RequestLog),
        Middleware(SecurityHeaders, https=settings.https),
        Middleware(TrustedHostMiddleware, allowed_hosts=_hosts(settings), www_redirect=False),
        Middleware(OneName, settings=settings),
        Middleware(OwnPagesOnly),
        Middleware(BytesOnly),
        Middleware(CompressedFiles),
    ]


def exception_handlers() -> dict[Any, Any]:
    """Error pages without details."""

    def failed(_request: Request, error: Exception) -> Response:
        _log.error("request failed: %s", type(error).__name__)
        # This answer is made outside of all middleware.
        headers = HEADERS | {"x-request-id": log.request_id.get()}
        return PlainTextResponse("Something went wrong. Try again later.", 500, headers)

    return {500: failed, Exception: failed}


def lifespan(context: Context) -> Lifespan:
    """At start: bring the database up to date and open the first account when there is none."""

    @asynccontextmanager
    async def run(_app: Any) -> AsyncIterator[None]:
        log.configure(context.settings.log_level)
        prepare(context)
        password = accounts.add_first_admin(context)
        if password is not None:
            # The one time that a password is shown: nobody could sign in otherwise.
            print(  # noqa: T201
                f'\n  Sign in as "admin" with the password {password}'
                "\n  It is not shown again; change it on the Account page.\n",
                flush=True,
            )
        with ExitStack() as stack:
            async with create_task_group() as tasks:
                if context.settings.jobs == "app":
                    tasks.start_soon(to_thread.run_sync, _start_jobs, context, stack)
                yield
            # DBOS starts and stops only where no event loop runs.
            await to_thread.run_sync(stack.close)

    return run


def _start_jobs(context: Context, stack: ExitStack) -> None:
    # Loaded while the server already answers: it takes a second.
    from ttt.jobs.worker import working  # noqa: PLC0415

    stack.enter_context(working(context))


def _hosts(settings: Settings) -> list[str]:
    public = urlsplit(settings.base_url).hostname or "127.0.0.1"
    return [public, "127.0.0.1", "localhost", "[::1]"]
