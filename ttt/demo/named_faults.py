"""All that Spotify was seen to do wrong, by name, and the routes that switch it on for tests.

`POST /faults` takes {"name": ..., "times": ...}, where `times` may be left out, and may narrow
`path` or set `delay` or `body`; `DELETE /faults` clears.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pydantic import NonNegativeFloat, PositiveInt, validate_call
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from ttt.demo.faults import TOKEN_PATH, Fault, Faults

_API = "/v1/"
_LISTS = "/v1/me/top/"
_PLAYER = "/v1/me/player/"
_RECENT = "/v1/me/player/recently-played"
_HTML = "<!doctype html><title>Error</title><h1>Something went wrong</h1>"
_NOT_REGISTERED = "User not registered in the Developer Dashboard"
_CHECK_DASHBOARD = (
    "Check settings on developer.spotify.com/dashboard, the user may not be registered."
)
_OWNER_PREMIUM = (
    "Active premium subscription required for the owner of the app. When the subscription status"
    " changes, it can take a few hours before requests are allowed again."
)
_LOCAL_ALBUM: dict[str, Any] = {
    "id": None,
    "uri": None,
    "href": None,
    "images": [],
    "release_date": None,
}
_LOCAL_ARTIST = {"id": None, "uri": None, "href": None, "name": "My band", "type": "artist"}
_LOCAL_FILE = {
    "album": {**_LOCAL_ALBUM, "name": "Rehearsals", "artists": [], "type": "album"},
    "artists": [_LOCAL_ARTIST],
    "duration_ms": 215_000,
    "explicit": False,
    "external_ids": {},
    "external_urls": {},
    "href": None,
    "id": None,
    "is_local": True,
    "name": "Take five",
    "type": "track",
    "uri": "spotify:local:My+band:Rehearsals:Take+five:215",
}
_EPISODE = {
    "description": "An hour of talk.",
    "duration_ms": 3_600_000,
    "explicit": False,
    "href": "https://api.spotify.com/v1/episodes/512ojhOuo1ktJprKbVcKyQ",
    "id": "512ojhOuo1ktJprKbVcKyQ",
    "images": [],
    "name": "An episode of a podcast",
    "release_date": "2026-01-05",
    "release_date_precision": "day",
    "type": "episode",
    "uri": "spotify:episode:512ojhOuo1ktJprKbVcKyQ",
}


def routes(faults: Faults) -> list[BaseRoute]:
    """Switches for tests; whoever reaches them can break the demo for everyone."""

    async def switch_on(request: Request) -> Response:
        try:
            wish = await request.json()
            faults.add(named(**wish))
        except (ValueError, TypeError) as error:
            return JSONResponse({"error": str(error)}, status_code=400)
        return Response(status_code=204)

    def clear(_request: Request) -> Response:
        faults.clear()
        return Response(status_code=204)

    return [
        Route("/faults", switch_on, methods=["POST"]),
        Route("/faults", clear, methods=["DELETE"]),
    ]


@validate_call
def named(
    name: str,
    times: PositiveInt | None = None,
    path: str | None = None,
    delay: NonNegativeFloat | None = None,
    body: str | None = None,
) -> Fault:
    """The fault of this name, good for `times` requests; ValueError for what cannot be."""
    if name not in NAMED:
        raise ValueError(f"no fault is named {name!r}")
    given = {"path": path, "delay": delay, "body": body}
    changes: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    return replace(NAMED[name], times=times, **changes)


def _error(status: int, message: str, reason: str | None = None, **headers: str) -> Fault:
    error = {"status": status, "message": message} | ({"reason": reason} if reason else {})
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fault(_API, status, json.dumps({"error": error}), headers=names)


def _player(status: int, message: str, reason: str) -> Fault:
    return replace(_error(status, f"Player command failed: {message}", reason), path=_PLAYER)


def _text(status: int, text: str, content_type: str = "text/plain") -> Fault:
    return Fault(_API, status, text, content_type=content_type)


def _grant(grant_type: str, description: str) -> Fault:
    body = {"error": "invalid_grant", "error_description": description}
    return Fault(f"{TOKEN_PATH}/{grant_type}", 400, json.dumps(body))


def _rows(change: Callable[[dict[str, Any]], Any], path: str = _LISTS) -> Fault:
    """Every tenth row changed, the first one included."""

    def changed(page: dict[str, Any]) -> dict[str, Any]:
        items = page.get("tracks", page).get("items", [])
        items[::10] = [change(row) for row in items[::10]]
        return page

    return Fault(path, change=changed)


def _every_other_play(page: dict[str, Any]) -> dict[str, Any]:
    return page | {"items": page["items"][::2]}


def _no_plays(page: dict[str, Any]) -> dict[str, Any]:
    return page | {"items": [], "next": None, "cursors": None}


def _without_items(page: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in page.items() if name not in {"items", "tracks"}}


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("id", "name", "type", "uri")}


def _odd(row: dict[str, Any]) -> dict[str, Any]:
    """Fields as they came early in 2024, and others that come as null."""
    album = {**row["album"], "images": [{"url": None, "width": 300.0}], "release_date": None}
    length = float(row["duration_ms"])
    return {**row, "album": album, "duration_ms": length, "explicit": None, "external_ids": None}


NAMED = {
    "accounts_down": Fault(TOKEN_PATH, 503, "upstream connect error", content_type="text/plain"),
    "accounts_html": Fault(TOKEN_PATH, 200, _HTML, content_type="text/html"),
    "accounts_no_token": Fault(TOKEN_PATH, 200, '{"token_type": "Bearer", "expires_in": 3600}'),
    "code_refused": _grant("authorization_code", "Invalid authorization code"),
    "client_refused": Fault(
        TOKEN_PATH,
        400,
        '{"error": "invalid_client", "error_description": "Invalid client secret"}',
    ),
    "token_revoked": _grant("refresh_token", "Refresh token revoked"),
    "six_months": _grant("refresh_token", "Refresh token expired"),
    "unauthorized": _error(401, "The access token expired"),
    "not_allowed": _error(403, _NOT_REGISTERED),
    "not_allowed_text": _text(403, _CHECK_DASHBOARD),
    "owner_without_premium": _text(403, _OWNER_PREMIUM),
    "forbidden": Fault(_API, 403, '{"error": {"status": 403}}'),
    "not_found": _error(404, "Resource not found"),
    "rate_limited": _error(429, "API rate limit exceeded", retry_after="30"),
    "quota_exceeded": _error(429, "Too many requests", "QUOTA_EXCEEDED", retry_after="43200"),
    "rate_limited_bare": Fault(_API, 429),
    "server_error": _error(500, "Server error."),
    "bad_gateway": _text(502, _HTML, "text/html"),
    "unavailable": _error(503, "Service unavailable"),
    "slow": Fault(_API, delay=30.0),
    "cut": Fault(_API, cut=True),
    "cut_after": Fault(_API, cut=True, carried_out=True),
    "no_active_device": _player(404, "No active device found", "NO_ACTIVE_DEVICE"),
    "not_premium": _player(403, "Premium required", "PREMIUM_REQUIRED"),
    "restricted_device": _player(403, "Restricted device", "UNKNOWN"),
    "broken_json": Fault(_API, 200, '{"items": [{"id": "4iV5W9uYEdYUVa79Axb7Rh", "na'),
    "json_list": Fault(_API, change=lambda right: [right]),
    "items_missing": Fault(_LISTS, change=_without_items),
    "rows_null": _rows(lambda _row: None),
    "rows_local": _rows(lambda _row: _LOCAL_FILE),
    "rows_episode": _rows(lambda _row: _EPISODE),
    "fields_odd": _rows(_odd),
    "fields_missing": _rows(_bare),
    "insufficient_scope": replace(_error(403, "Insufficient client scope"), path=_RECENT),
    "plays_empty": Fault(_RECENT, change=_no_plays),
    "plays_missing": Fault(_RECENT, change=_every_other_play),
    "plays_null": _rows(lambda _row: None, _RECENT),
    "plays_local": _rows(lambda row: row | {"track": _LOCAL_FILE}, _RECENT),
    "plays_without_track": _rows(lambda row: row | {"track": None}, _RECENT),
    "plays_bare": _rows(lambda row: {"played_at": row["played_at"]}, _RECENT),
}
