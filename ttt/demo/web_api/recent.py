"""What the demo listeners played lately, told as Spotify tells it: newest first, and not quite so.

A time is mostly the end of a play and at times its start; some plays are missing, some come late,
some under the id of another market; most of what was skipped is left out, and private sessions
always are. Only the newest 50 can be had, whatever the cursor.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from ttt.demo.accounts.tokens import Tokens
from ttt.demo.history.plays import Plays, played_lately
from ttt.demo.library import Library, Track, made_up_id, relinked
from ttt.demo.listeners import Listener
from ttt.demo.ranks import Bools, Floats
from ttt.demo.refusals import ApiError
from ttt.demo.web_api import asked, shapes

MOST = 50
SCOPE = "user-read-recently-played"
_LOOKED_AT = 600
_MISSING, _RELINKED, _BY_START = 0.03, 0.06, 0.26
_SKIPS_TOLD = 0.1
_NO_CONTEXT = 0.3
_LATE = 0.97


class Told(NamedTuple):
    """A play in the list; `played_at` in milliseconds of UTC since 1970."""

    played_at: int
    track: Track
    context: str | None
    """The id of a playlist."""


class RecentApi:
    """The route of what was played lately."""

    def __init__(self, tokens: Tokens, catalogue: Path, now: Callable[[], datetime]) -> None:
        self._tokens = tokens
        self._catalogue = catalogue
        self._now = now

    @property
    def routes(self) -> list[BaseRoute]:
        """The same path as under api.spotify.com."""
        return [Route("/v1/me/player/recently-played", self.recent, methods=["GET"])]

    def recent(self, request: Request) -> Response:
        """A page of the newest plays."""
        person = asked.whose(self._tokens, request, SCOPE)
        limit = asked.number(request, "limit", 20, range(1, MOST + 1))
        after, before = _moment(request, "after"), _moment(request, "before")
        if after is not None and before is not None:
            raise ApiError(400, "Only one of after and before may be given")
        found = newest(Library.load(self._catalogue), person, self._now())
        shown = [told for told in found if (after or -1) < told.played_at < (before or 1e15)]
        return JSONResponse(_page(request, shown[:limit], limit))


def newest(library: Library, listener: Listener, now: datetime) -> list[Told]:
    """The newest MOST plays that are told by `now`, newest first."""
    plays = played_lately(library, listener, now).where(slice(-_LOOKED_AT, None))
    plays = plays.where(_told(plays, int(now.timestamp() * 1000)))
    at = np.where(_between(plays.luck, _RELINKED, _BY_START), plays.start, plays.end)
    order = np.argsort(-at, kind="stable")[:MOST]
    return [_row(library, listener, plays, int(row), int(at[row])) for row in order]


def _told(plays: Plays, now: int) -> Bools:
    heard = (plays.ms >= 30_000) | (_other(plays.luck, 131) < _SKIPS_TOLD)
    late = _other(plays.luck, 7919)
    delay = 20_000 + 100_000 * late + 3_600_000 * 3 * np.maximum(late - _LATE, 0) / (1 - _LATE)
    told: Bools = heard & ~plays.private & (plays.luck >= _MISSING) & (plays.end + delay <= now)
    return told


def _row(library: Library, listener: Listener, plays: Plays, row: int, at: int) -> Told:
    luck = float(plays.luck[row])
    track = library.tracks[plays.track[row]]
    other = float(_other(plays.luck[row], 997))
    playlist = made_up_id("playlist", f"{listener.id} {int(other * 10)}")
    return Told(
        at,
        relinked(track) if _MISSING <= luck < _RELINKED else track,
        None if other < _NO_CONTEXT else playlist,
    )


def _between(luck: Floats, low: float, high: float) -> Bools:
    inside: Bools = (luck >= low) & (luck < high)
    return inside


def _other(luck: Floats, factor: int) -> Floats:
    """Another number from 0 to 1 that goes with the same play."""
    other: Floats = luck * factor % 1.0
    return other


def _moment(request: Request, name: str) -> int | None:
    text = request.query_params.get(name)
    if text is None:
        return None
    if not re.fullmatch("[0-9]{1,14}", text):
        raise ApiError(400, f"Invalid {name}")
    return int(text)


def _page(request: Request, shown: list[Told], limit: int) -> shapes.Object:
    api = asked.api(request)
    following = None
    if len(shown) == limit:
        url = request.url.remove_query_params("after")
        following = str(url.include_query_params(before=shown[-1].played_at, limit=limit))
    ends = {"after": str(shown[0].played_at), "before": str(shown[-1].played_at)} if shown else None
    return {
        "items": [_shape(told, api) for told in shown],
        "next": following,
        "cursors": ends,
        "limit": limit,
        "href": str(request.url),
    }


def _shape(told: Told, api: str) -> shapes.Object:
    moment = datetime.fromtimestamp(told.played_at / 1000, UTC)
    return {
        "track": shapes.track(told.track, api),
        "played_at": f"{moment:%Y-%m-%dT%H:%M:%S}.{told.played_at % 1000:03}Z",
        "context": None if told.context is None else _context(told.context, api),
    }


def _context(playlist: str, api: str) -> shapes.Object:
    return {
        "type": "playlist",
        "href": f"{api}/playlists/{playlist}",
        "external_urls": {"spotify": f"https://open.spotify.com/playlist/{playlist}"},
        "uri": f"spotify:playlist:{playlist}",
    }
