import logging
from collections.abc import Iterator

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from tests.services.conftest import (
    ada,
    bob,
    cheap_bcrypt,
    clock,
    context,
    migrated_sqlite,
    settings,
)
from ttt.services.context import Context
from ttt.web import app as web

__all__ = ["ada", "bob", "cheap_bcrypt", "clock", "context", "migrated_sqlite", "settings"]

_portals: list[BlockingPortal] = []
SECRET = "a token that is nobody's business"


def crash(_request: Request) -> Response:
    raise RuntimeError(SECRET)


def stream(_request: Request) -> Response:
    return StreamingResponse(iter(["one", "two"]))


def own_policy(_request: Request) -> Response:
    return PlainTextResponse("", headers={"content-security-policy": "default-src 'none'"})


def browser(context: Context) -> TestClient:
    """Somebody who visits the app at its address; redirects are not followed."""
    routes = [
        *web.routes(context),
        Route("/crash", crash),
        Route("/stream", stream),
        Route("/own-policy", own_policy),
    ]
    app = Starlette(
        routes=routes,
        middleware=web.middleware(context),
        exception_handlers=web.exception_handlers(),
    )
    base_url = context.settings.base_url
    client = TestClient(app, base_url, raise_server_exceptions=False, follow_redirects=False)
    client.portal = _portals[-1] if _portals else None
    return client


@pytest.fixture(autouse=True, scope="session")
def one_loop() -> Iterator[None]:
    """Let all requests be answered in one event loop, which else each starts for itself."""
    with start_blocking_portal() as portal:
        _portals.append(portal)
        yield
        _portals.remove(portal)


@pytest.fixture
def client(context: Context) -> TestClient:
    return browser(context)


@pytest.fixture
def own_logging() -> Iterator[None]:
    """What a test does to loggers is undone after it."""
    ours = ("ttt", "dbos", "spotipy", "urllib3", "httpx", "httpcore")
    streamlits = ("uvicorn", "uvicorn.access", "uvicorn.asgi", "uvicorn.error", "websockets")
    names = {*ours, *streamlits, *map(str, logging.root.manager.loggerDict)}
    before = {name: dict(vars(logging.getLogger(name))) for name in names}
    kept = {name: list(logging.getLogger(name).handlers) for name in names}
    yield
    for name in names:
        logger = logging.getLogger(name)
        vars(logger).update(before[name])
        logger.handlers[:] = kept[name]
        logger.setLevel(logger.level)  # loggers remember which levels are on
