"""The demo's player endpoints; each refusal carries Spotify's reason."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from ttt.demo.accounts.tokens import Tokens
from ttt.demo.library import Library, Track
from ttt.demo.listeners import Listener
from ttt.demo.refusals import ApiError
from ttt.demo.web_api import asked, shapes
from ttt.demo.web_api.player import Device, Players, devices

# More made a body that Spotify was seen to refuse.
_MOST_PLAYED = 700
_CHANGE = "user-modify-playback-state"
_READ = "user-read-playback-state"


class PlayerApi:
    """Routes over what plays in `players`."""

    def __init__(self, tokens: Tokens, players: Players, catalogue: Path) -> None:
        self._tokens = tokens
        self._players = players
        self._catalogue = catalogue

    @property
    def routes(self) -> list[BaseRoute]:
        """The same paths as under api.spotify.com."""
        return [
            Route("/v1/me/player", self.state, methods=["GET"]),
            Route("/v1/me/player/devices", self.devices, methods=["GET"]),
            Route("/v1/me/player/currently-playing", self.current, methods=["GET"]),
            Route("/v1/me/player/play", self.play, methods=["PUT"]),
            Route("/v1/me/player/pause", self.pause, methods=["PUT"]),
            Route("/v1/me/player/next", self.next, methods=["POST"]),
        ]

    def devices(self, request: Request) -> Response:
        """The listener's devices."""
        person = asked.whose(self._tokens, request, _READ)
        active = self._players.active(person)
        shown = [shapes.device(device, device == active) for device in devices(person)]
        return JSONResponse({"devices": shown})

    def state(self, request: Request) -> Response:
        """What plays where; nothing at all without an active device."""
        person = asked.whose(self._tokens, request, _READ)
        playing = self._players.playing(person)
        if playing is None:
            return Response(status_code=204)
        more = {
            "device": shapes.device(playing.device, True),
            "repeat_state": "off",
            "shuffle_state": False,
        }
        return JSONResponse(shapes.playing(playing, asked.api(request)) | more)

    def current(self, request: Request) -> Response:
        """What plays."""
        person = asked.whose(self._tokens, request, "user-read-currently-playing")
        playing = self._players.playing(person)
        if playing is None:
            return Response(status_code=204)
        return JSONResponse(shapes.playing(playing, asked.api(request)))

    async def play(self, request: Request) -> Response:
        """Play the given tracks, or go on with what was paused."""
        said = await asked.body(request)
        person = asked.whose(self._tokens, request, _CHANGE)
        uris = said.get("uris", []) if isinstance(said, dict) else None
        if not isinstance(uris, list):
            raise ApiError(400, "Malformed json")
        if len(uris) > _MOST_PLAYED:
            raise ApiError(413, "Payload too large")
        device = self._device(request, person)
        self._players.play(person, device, [self._track(uri) for uri in uris])
        return Response(status_code=204)

    def pause(self, request: Request) -> Response:
        """Pause."""
        person = asked.whose(self._tokens, request, _CHANGE)
        self._device(request, person)
        if not self._players.pause(person):
            raise ApiError(403, "Player command failed: Restriction violated", "UNKNOWN")
        return Response(status_code=204)

    def next(self, request: Request) -> Response:
        """Go on with the next track."""
        person = asked.whose(self._tokens, request, _CHANGE)
        self._device(request, person)
        self._players.next(person)
        return Response(status_code=204)

    def _device(self, request: Request, person: Listener) -> Device:
        wanted = request.query_params.get("device_id")
        if wanted is None:
            device = self._players.active(person)
            if device is None:
                message = "Player command failed: No active device found"
                raise ApiError(404, message, "NO_ACTIVE_DEVICE")
            return device
        found = {device.id: device for device in devices(person)}
        if wanted not in found:
            raise ApiError(404, "Device not found")
        if found[wanted].restricted:
            raise ApiError(403, "Player command failed: Restricted device", "UNKNOWN")
        return found[wanted]

    def _track(self, uri: object) -> Track:
        track_id = uri.removeprefix("spotify:track:") if isinstance(uri, str) else ""
        found = Library.load(self._catalogue).track(track_id)
        if found is None:
            raise ApiError(400, f"Invalid track uri: {uri}")
        return found
