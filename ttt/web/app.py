"""What the ASGI app has besides Streamlit: routes, middleware and what happens at start."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager
from threading import Event
from typing import Any
from urllib.parse import urlsplit

from anyio import create_task_group, to_thread
from sqlalchemy.exc import OperationalError
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute

from ttt.errors import StoreError
from ttt.services.accounts import accounts
from ttt.services.context import Context, prepare
from ttt.services.explain import explain
from ttt.services.server import maintenance, marker, supervisor
from ttt.services.server.watching import descriptors
from ttt.settings import Settings
from ttt.web.guards.crowd import Crowd
from ttt.web.guards.gate import FilesOfSomebody
from ttt.web.guards.hosts import KnownHostsOnly
from ttt.web.guards.loopback import OneName
from ttt.web.guards.security import HEADERS, SecurityHeaders
from ttt.web.guards.websocket import BytesOnly, OwnPagesOnly
from ttt.web.routes import listenbrainz, openid, recaps, sessions, uploads
from ttt.web.shell import drawing, home_screen
from ttt.web.shell.compression import CompressedFiles
from ttt.web.shell.page import Shell
from ttt.web.watching import health, log, metrics

Lifespan = Callable[[Any], AbstractAsyncContextManager[None]]
_TRY_AGAIN_AFTER = 5.0
_RETRY_AFTER = "30"
_LONGEST_TURN = 15.0
_log = logging.getLogger("ttt")


def routes(context: Context) -> list[BaseRoute]:
    """Health, session routes, the way in for plays, recaps by a link, and what pages need."""
    return [
        *health.routes(context),
        *metrics.routes(context),
        *sessions.routes(context),
        *openid.routes(context),
        *listenbrainz.routes(context),
        *uploads.routes(context),
        *recaps.routes(context),
        *home_screen.routes(),
        *drawing.routes(),
    ]


def middleware(context: Context, pages: Collection[str] = (), sheet: str = "") -> list[Middleware]:
    """Request log, security headers, checks of host and origin, from outside in.

    `pages` are the paths of the user interface, "" for its start, and `sheet` is its style.
    """
    settings = context.settings
    return [
        Middleware(log.RequestLog),
        Middleware(metrics.Counted),
        Middleware(SecurityHeaders, https=settings.https),
        Middleware(KnownHostsOnly, allowed_hosts=_hosts(settings), www_redirect=False),
        Middleware(OneName, settings=settings),
        Middleware(OwnPagesOnly, base_url=settings.base_url),
        Middleware(BytesOnly),
        Middleware(Crowd, settings=settings),
        Middleware(FilesOfSomebody, context=context),
        Middleware(CompressedFiles),
        Middleware(Shell, pages=pages, sheet=sheet),
    ]


def exception_handlers() -> dict[Any, Any]:
    """Error pages without details."""

    def failed(_request: Request, error: Exception) -> Response:
        _log.error("request failed: %s", type(error).__name__)
        # This answer is made outside of all middleware.
        headers = HEADERS | {"x-request-id": log.request_id.get()}
        return PlainTextResponse("Something went wrong. Try again later.", 500, headers)

    def waits(_request: Request, error: StoreError) -> Response:
        _log.error("request failed: %s", type(error).__name__)
        return PlainTextResponse(str(explain(error)), 503, {"retry-after": _RETRY_AFTER})

    return {500: failed, Exception: failed, StoreError: waits}


def lifespan(context: Context) -> Lifespan:
    """At start: bring the database up to date and open the first account when there is none."""

    @asynccontextmanager
    async def run(_app: Any) -> AsyncIterator[None]:
        log.configure(context.settings.log_level, context.settings.log_format)
        descriptors.raise_limit()
        prepare(context)
        marker.keep(context)
        _open_first_account(context)
        with ExitStack() as stack:
            async with create_task_group() as tasks:
                over = Event()
                if context.settings.jobs == "app":
                    tasks.start_soon(to_thread.run_sync, _start_jobs, context, stack, over)
                beats = _beats(asyncio.get_running_loop())
                with maintenance.kept(context), supervisor.ready(beats):
                    yield
                over.set()
            # DBOS starts and stops only where no event loop runs.
            await to_thread.run_sync(stack.close)

    return run


def _open_first_account(context: Context) -> None:
    password = accounts.add_first_admin(context)
    if password is not None:
        # The one time that a password is shown: nobody could sign in otherwise.
        print(  # noqa: T201
            f'\n  Sign in as "admin" with the password {password}'
            "\n  It is not shown again; change it on the Account page.\n",
            flush=True,
        )


def _beats(loop: asyncio.AbstractEventLoop) -> Callable[[], bool]:
    """Whether the event loop, which everybody waits for, still takes turns."""

    def is_alive() -> bool:
        turn = Event()
        loop.call_soon_threadsafe(turn.set)
        return turn.wait(_LONGEST_TURN)

    return is_alive


def _start_jobs(context: Context, stack: ExitStack, over: Event) -> None:
    # Loaded while the server already answers: it takes a second.
    from ttt.jobs.waits import Ended  # noqa: PLC0415
    from ttt.jobs.worker import working  # noqa: PLC0415

    while not over.is_set():
        try:
            stack.enter_context(working(context, over))
        except Ended:
            return
        except (OperationalError, StoreError):
            _log.warning("background work cannot start: the database is away")
            over.wait(_TRY_AGAIN_AFTER)
        else:
            return


def _hosts(settings: Settings) -> list[str]:
    public = urlsplit(settings.base_url).hostname or "127.0.0.1"
    return [public, "127.0.0.1", "localhost", "[::1]"]
