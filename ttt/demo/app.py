"""The demo Spotify as one ASGI app, to be mounted at settings.DEMO_PATH."""

from collections.abc import Callable
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.middleware import Middleware

from ttt.demo import named_faults, refusals
from ttt.demo.accounts import Accounts
from ttt.demo.api import WebApi
from ttt.demo.faults import FaultInjection, Faults
from ttt.demo.history import export
from ttt.demo.published import AsPublished
from ttt.demo.tokens import Tokens
from ttt.settings import Settings


def _utc_now() -> datetime:
    return datetime.now(UTC)


def create(
    settings: Settings,
    *,
    key: Callable[[], bytes],
    now: Callable[[], datetime] = _utc_now,
    faults: Faults | None = None,
) -> Starlette:
    """Build the app; `key` seals its codes and tokens and has to be the same in all processes.

    It is asked for with the first of them.
    """
    faults = faults or Faults()
    tokens = Tokens(key, now)
    return Starlette(
        routes=[
            *Accounts(tokens, settings.redirect_uri).routes,
            *WebApi(tokens, settings.catalogue_file, now).routes,
            *export.routes(settings.catalogue_file, now),
            *(named_faults.routes(faults) if settings.demo_faults else ()),
        ],
        middleware=[
            Middleware(FaultInjection, faults=faults),
            Middleware(AsPublished, tokens=tokens),
        ],
        exception_handlers={refusals.Refusal: refusals.answer},
    )
