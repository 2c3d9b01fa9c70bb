"""The demo's Web API: the paths that the app uses, as a 2026 development-mode app sees them."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from ttt.demo import ranks
from ttt.demo.accounts.tokens import Tokens
from ttt.demo.library import Library
from ttt.demo.listeners import Listener
from ttt.demo.refusals import ApiError
from ttt.demo.web_api import asked, shapes
from ttt.demo.web_api.player import Players
from ttt.demo.web_api.player_endpoints import PlayerApi
from ttt.demo.web_api.playlist_endpoints import PlaylistApi
from ttt.demo.web_api.playlists import Playlists
from ttt.demo.web_api.recent import RecentApi

_ANY_METHOD = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


class WebApi:
    """Routes of the Web API over the tracks of one catalogue file."""

    def __init__(self, tokens: Tokens, catalogue: Path, now: Callable[[], datetime]) -> None:
        self._tokens = tokens
        self._catalogue = catalogue
        self._now = now
        self._playlists = Playlists()
        self._players = Players(now)

    @property
    def routes(self) -> list[BaseRoute]:
        """The same paths as under api.spotify.com; plain functions run in worker threads."""
        return [
            Route("/v1/me", self.me),
            Route("/v1/me/top/tracks", self.top_tracks),
            Route("/v1/me/top/artists", self.top_artists),
            Route("/v1/tracks/{id}", self.track),
            Route("/v1/artists/{id}", self.artist),
            Route("/v1/search", self.search),
            Route("/v1/audio-features", self.closed),
            Route("/v1/audio-features/{id}", self.closed),
            *PlaylistApi(self._tokens, self._playlists, self._catalogue, self._now).routes,
            *PlayerApi(self._tokens, self._players, self._catalogue).routes,
            *RecentApi(self._tokens, self._catalogue, self._now).routes,
            Route("/v1/{path:path}", self.unknown, methods=_ANY_METHOD),
        ]

    def me(self, request: Request) -> Response:
        """The listener."""
        return JSONResponse(shapes.user(self._listener(request), asked.api(request)))

    def top_tracks(self, request: Request) -> Response:
        """A page of what the listener played most."""
        person = self._listener(request, scope="user-top-read")
        chosen = ranks.top_tracks(self._library, person, _time_range(request), self._week)
        return JSONResponse(asked.page(request, chosen, shapes.track))

    def top_artists(self, request: Request) -> Response:
        """A page of whom the listener played most."""
        person = self._listener(request, scope="user-top-read")
        chosen = ranks.top_artists(self._library, person, _time_range(request), self._week)
        return JSONResponse(asked.page(request, chosen, shapes.artist))

    def track(self, request: Request) -> Response:
        """One track."""
        self._listener(request)
        found = self._library.track(asked.base62_id(request))
        if found is None:
            raise ApiError(404, "Resource not found")
        return JSONResponse(shapes.track(found, asked.api(request)))

    def artist(self, request: Request) -> Response:
        """One artist."""
        self._listener(request)
        found = self._library.artist(asked.base62_id(request))
        if found is None:
            raise ApiError(404, "Resource not found")
        return JSONResponse(shapes.artist(found, asked.api(request)))

    def search(self, request: Request) -> Response:
        """A page of tracks that match."""
        self._listener(request)
        query = request.query_params.get("q", "").strip()
        if not query:
            raise ApiError(400, "No search query")
        if request.query_params.get("type") != "track":
            raise ApiError(400, "Bad search type field")
        found = self._library.search(query)
        return JSONResponse(
            {"tracks": asked.page(request, found, shapes.track, default=5, most=10)}
        )

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
        return asked.whose(self._tokens, request, scope)


def _time_range(request: Request) -> str:
    time_range = request.query_params.get("time_range", "medium_term")
    if time_range not in ranks.WEEKS:
        raise ApiError(400, "Invalid time range")
    return time_range
