"""The demo's Web API: the paths that the app uses, as a 2026 development-mode app sees them."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from ttt.demo import ranks, shapes
from ttt.demo.library import Library
from ttt.demo.listeners import Listener, listener
from ttt.demo.refusals import ApiError
from ttt.demo.tokens import Tokens

T = TypeVar("T")

_ANY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


class WebApi:
    """Routes of the Web API over the tracks of one catalogue file."""

    def __init__(self, tokens: Tokens, catalogue: Path, now: Callable[[], datetime]) -> None:
        self._tokens = tokens
        self._catalogue = catalogue
        self._now = now

    @property
    def routes(self) -> list[BaseRoute]:
        """The same paths as under api.spotify.com; plain functions run in worker threads."""
        return [
            Route("/v1/me", self.me),
            Route("/v1/me/", self.me),  # as spotipy asks
            Route("/v1/me/top/tracks", self.top_tracks),
            Route("/v1/me/top/artists", self.top_artists),
            Route("/v1/tracks/{id}", self.track),
            Route("/v1/artists/{id}", self.artist),
            Route("/v1/search", self.search),
            Route("/v1/audio-features", self.closed),
            Route("/v1/audio-features/{id}", self.closed),
            Route("/v1/{path:path}", self.unknown, methods=_ANY_METHOD),
        ]

    def me(self, request: Request) -> Response:
        """The listener."""
        return JSONResponse(shapes.user(self._listener(request), _api(request)))

    def top_tracks(self, request: Request) -> Response:
        """A page of what the listener played most."""
        person = self._listener(request, scope="user-top-read")
        chosen = ranks.top_tracks(self._library, person, _time_range(request), self._week)
        return JSONResponse(_page(request, chosen, shapes.track))

    def top_artists(self, request: Request) -> Response:
        """A page of whom the listener played most."""
        person = self._listener(request, scope="user-top-read")
        chosen = ranks.top_artists(self._library, person, _time_range(request), self._week)
        return JSONResponse(_page(request, chosen, shapes.artist))

    def track(self, request: Request) -> Response:
        """One track."""
        self._listener(request)
        found = self._library.track(_base62_id(request))
        if found is None:
            raise ApiError(404, "Resource not found")
        return JSONResponse(shapes.track(found, _api(request)))

    def artist(self, request: Request) -> Response:
        """One artist."""
        self._listener(request)
        found = self._library.artist(_base62_id(request))
        if found is None:
            raise ApiError(404, "Resource not found")
        return JSONResponse(shapes.artist(found, _api(request)))

    def search(self, request: Request) -> Response:
        """A page of tracks that match."""
        self._listener(request)
        query = request.query_params.get("q", "").strip()
        if not query:
            raise ApiError(400, "No search query")
        if request.query_params.get("type") != "track":
            raise ApiError(400, "Bad search type field")
        found = self._library.search(query)
        return JSONResponse({"tracks": _page(request, found, shapes.track, default=5, most=10)})

    def closed(self, request: Request) -> Response:
        """Audio features, which Spotify closed to new apps in November 2024."""
        self._listener(request)
        raise ApiError(403)

    def unknown(self, request: Request) -> Response:
        """Everything else, and everything that is gone."""
        self._listener(request)
        raise ApiError(404, "Service not found")

    @property
    def _library(self) -> Library:
        return Library.load(self._catalogue)

    @property
    def _week(self) -> int:
        return ranks.iso_week(self._now())

    def _listener(self, request: Request, scope: str | None = None) -> Listener:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if not scheme:
            raise ApiError(401, "No token provided")
        if scheme.lower() != "bearer":
            raise ApiError(400, "Only valid bearer authentication supported")
        given = self._tokens.bearer(token)
        person = listener(given.listener_id)
        if person is None:
            raise ApiError(401, "Invalid access token")
        if scope is not None and scope not in given.scope.split():
            raise ApiError(403, "Insufficient client scope")
        return person


def _api(request: Request) -> str:
    url: URL = request.url
    return f"{url.scheme}://{url.netloc}{request.scope.get('root_path', '')}/v1"


def _time_range(request: Request) -> str:
    time_range = request.query_params.get("time_range", "medium_term")
    if time_range not in ranks.WEEKS:
        raise ApiError(400, "Invalid time range")
    return time_range


def _page(
    request: Request,
    found: Sequence[T],
    shape: Callable[[T, str], shapes.Object],
    *,
    default: int = 20,
    most: int = 50,
) -> shapes.Object:
    limit = _number(request, "limit", default, range(1, most + 1))
    offset = _number(request, "offset", 0, range(1001))
    items = [shape(item, _api(request)) for item in found[offset : offset + limit]]
    return shapes.page(items, len(found), request.url, limit, offset)


def _number(request: Request, name: str, default: int, allowed: range) -> int:
    text = request.query_params.get(name, str(default))
    if not re.fullmatch("[0-9]{1,4}", text) or int(text) not in allowed:
        raise ApiError(400, f"Invalid {name}")
    return int(text)


def _base62_id(request: Request) -> str:
    item_id = str(request.path_params["id"])
    if not re.fullmatch("[0-9A-Za-z]{22}", item_id):
        raise ApiError(400, "Invalid base62 id")
    return item_id
