"""The apps that the demo Spotify knows: its own for everybody, and others for tests.

Those are as Spotify keeps them in development mode: known by their redirect URIs, with five people
on their list, and with an owner who needs Premium.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from ttt.demo.refusals import ApiError, PlainRefusal
from ttt.settings import DEMO_CLIENT_ID

_MOST_LISTED = 5
_NOT_REGISTERED = "User not registered in the Developer Dashboard"
_CHECK_DASHBOARD = (
    "Check settings on developer.spotify.com/dashboard, the user may not be registered."
)
_OWNER_PREMIUM = (
    "Active premium subscription required for the owner of the app. When the subscription status"
    " changes, it can take a few hours before requests are allowed again."
)


@dataclass(frozen=True)
class DemoApp:
    """An app; `listed` are the listeners it may serve, None for all, and an empty secret is any.

    `plain` says its refusals as plain text, as Spotify does at times.
    """

    client_id: str
    redirect_uris: tuple[str, ...]
    secret: str = ""
    listed: tuple[str, ...] | None = None
    premium: bool = True
    plain: bool = False

    def __post_init__(self) -> None:
        """Take no sixth person."""
        if self.listed is not None and len(self.listed) > _MOST_LISTED:
            raise ValueError(f"at most {_MOST_LISTED} people can be on the list of an app")


class Apps:
    """All apps by their client IDs."""

    def __init__(self, redirect_uri: str, others: Iterable[DemoApp] = ()) -> None:
        known = (DemoApp(DEMO_CLIENT_ID, (redirect_uri,)), *others)
        self._known = {app.client_id: app for app in known}

    def find(self, client_id: str | None) -> DemoApp | None:
        """The app of a client ID."""
        return self._known.get(client_id or "")

    def put(self, app: DemoApp) -> None:
        """Make an app known, or change it."""
        self._known[app.client_id] = app

    def require(self, client_id: str, listener_id: str) -> None:
        """Raise what the Web API says unless the app may ask on behalf of a listener."""
        app = self.find(client_id)
        if app is None:
            raise ApiError(401, "Invalid access token")
        if not app.premium:
            raise PlainRefusal(403, _OWNER_PREMIUM)
        if app.listed is not None and listener_id not in app.listed:
            raise (
                PlainRefusal(403, _CHECK_DASHBOARD) if app.plain else ApiError(403, _NOT_REGISTERED)
            )


def routes(apps: Apps) -> list[BaseRoute]:
    """`POST /apps` makes an app known, for tests that reach the demo over HTTP only."""
    reads: TypeAdapter[Any] = TypeAdapter(DemoApp)

    async def put(request: Request) -> Response:
        try:
            apps.put(reads.validate_json(await request.body()))
        except ValidationError as error:
            return JSONResponse({"error": str(error)}, status_code=400)
        return Response(status_code=204)

    return [Route("/apps", put, methods=["POST"])]
