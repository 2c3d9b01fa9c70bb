"""The demo's playlist endpoints, under the names that they have had since February 2026."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from starlette.datastructures import URL
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from ttt.demo.accounts.tokens import Tokens
from ttt.demo.library import Library, Track
from ttt.demo.listeners import Listener
from ttt.demo.refusals import ApiError
from ttt.demo.web_api import asked, shapes
from ttt.demo.web_api.playlists import Playlist, Playlists

_MOST_ADDED = 100
_FARTHEST = 100_000
_URI = "spotify:track:"


class PlaylistApi:
    """Routes over the playlists that are kept in `playlists`."""

    def __init__(
        self,
        tokens: Tokens,
        playlists: Playlists,
        catalogue: Path,
        now: Callable[[], datetime],
    ) -> None:
        self._tokens = tokens
        self._playlists = playlists
        self._catalogue = catalogue
        self._now = now

    @property
    def routes(self) -> list[BaseRoute]:
        """The same paths as under api.spotify.com."""
        return [
            Route("/v1/me/playlists", self.listed, methods=["GET"]),
            Route("/v1/me/playlists", self.create, methods=["POST"]),
            Route("/v1/playlists/{id}", self.one, methods=["GET"]),
            Route("/v1/playlists/{id}/items", self.items, methods=["GET"]),
            Route("/v1/playlists/{id}/items", self.add, methods=["POST"]),
        ]

    def listed(self, request: Request) -> Response:
        """A page of the listener's own and followed playlists."""
        person = asked.whose(self._tokens, request, "playlist-read-private")
        found = self._playlists.of(person, self._library)
        return JSONResponse(asked.page(request, found, shapes.playlist, farthest=_FARTHEST))

    async def create(self, request: Request) -> Response:
        """A new playlist."""
        said = await asked.body(request)
        private = isinstance(said, dict) and said.get("public") is False
        scope = f"playlist-modify-{'private' if private else 'public'}"
        person = asked.whose(self._tokens, request, scope)
        name = said.get("name") if isinstance(said, dict) else None
        if not isinstance(name, str) or not name:
            raise ApiError(400, "Missing required field: name")
        description = said.get("description") or ""
        made = self._playlists.create(person, name, str(description), not private)
        return JSONResponse(self._whole(request, person, made), status_code=201)

    def one(self, request: Request) -> Response:
        """A playlist, with its first items for its owner only."""
        person = asked.whose(self._tokens, request)
        return JSONResponse(self._whole(request, person, self._found(request)))

    def items(self, request: Request) -> Response:
        """A page of a playlist's items, for its owner only."""
        person = asked.whose(self._tokens, request, "playlist-read-private")
        playlist = self._own(request, person)
        return JSONResponse(
            asked.page(request, playlist.rows, shapes.playlist_row, farthest=_FARTHEST)
        )

    async def add(self, request: Request) -> Response:
        """Insert at most 100 tracks, at the end unless told otherwise."""
        said = await asked.body(request)
        person = asked.whose(self._tokens, request, "playlist-modify-private")
        playlist = self._own(request, person)
        uris = said.get("uris") if isinstance(said, dict) else said
        if not isinstance(uris, list) or not uris:
            raise ApiError(400, "No uris provided")
        if len(uris) > _MOST_ADDED:
            raise ApiError(400, f"You can add a maximum of {_MOST_ADDED} tracks per request.")
        tracks = [self._track(uri) for uri in uris]
        end = len(playlist.rows)
        place = said.get("position", end) if isinstance(said, dict) else end
        place = asked.number(request, "position", place, range(end + 1))
        self._playlists.add(playlist, tracks, place, self._now())
        return JSONResponse({"snapshot_id": playlist.snapshot_id}, status_code=201)

    @property
    def _library(self) -> Library:
        return Library.load(self._catalogue)

    def _found(self, request: Request) -> Playlist:
        found = self._playlists.find(asked.base62_id(request), self._library)
        if found is None:
            raise ApiError(404, "Resource not found")
        return found

    def _own(self, request: Request, person: Listener) -> Playlist:
        found = self._found(request)
        if found.owner is not person:
            raise ApiError(403, "Forbidden")
        return found

    def _whole(self, request: Request, person: Listener, playlist: Playlist) -> shapes.Object:
        shown = shapes.playlist(playlist, asked.api(request))
        if playlist.owner is not person:
            return {name: value for name, value in shown.items() if name != "items"}
        url = URL(shown["items"]["href"])
        rows = [shapes.playlist_row(row, asked.api(request)) for row in playlist.rows[:100]]
        return shown | {"items": shapes.page(rows, len(playlist.rows), url, 100, 0)}

    def _track(self, uri: object) -> Track:
        track_id = uri.removeprefix(_URI) if isinstance(uri, str) else ""
        found = self._library.track(track_id)
        if found is None:
            raise ApiError(400, f"Payload contains a non-existing ID: {track_id}")
        return found
