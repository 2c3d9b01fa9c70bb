"""The demo Spotify as one ASGI app, to be mounted at settings.DEMO_PATH."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.middleware import Middleware

from ttt.demo import named_faults, refusals
from ttt.demo.accounts import apps as known_apps
from ttt.demo.accounts.accounts import Accounts
from ttt.demo.accounts.apps import Apps, DemoApp
from ttt.demo.accounts.tokens import Tokens
from ttt.demo.faults import FaultInjection, Faults
from ttt.demo.history import export
from ttt.demo.web_api.published import AsPublished
from ttt.demo.web_api.web_api import WebApi
from ttt.settings import Settings


def _utc_now() -> datetime:
    return datetime.now(UTC)


def create(
    settings: Settings,
    *,
    key: Callable[[], bytes],
    now: Callable[[], datetime] = _utc_now,
    faults: Faults | None = None,
    others: Iterable[DemoApp] = (),
) -> Starlette:
    """Build the app; `key` seals its codes and tokens and has to be the same in all processes.

    It is asked for with the first of them. `others` are apps beside the demo's own.
    """
    faults = faults or Faults()
    apps = Apps(settings.redirect_uri, others)
    tokens = Tokens(key, now, apps)
    return Starlette(
        routes=[
            *Accounts(tokens, apps).routes,
            *WebApi(tokens, settings.catalogue_file, now).routes,
            *export.routes(settings.catalogue_file, now),
            *(named_faults.routes(faults) if settings.demo_faults else ()),
            *(known_apps.routes(apps) if settings.demo_faults else ()),
        ],
        middleware=[
            Middleware(FaultInjection, faults=faults),
            Middleware(AsPublished, tokens=tokens),
        ],
        exception_handlers={refusals.Refusal: refusals.answer},
    )
