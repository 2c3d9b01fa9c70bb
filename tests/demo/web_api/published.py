"""What Spotify's published schema says of requests, cut to what the demo keeps of it."""

from functools import cache
from typing import Any

import pytest

from ttt.settings import PROJECT

SCHEMA = PROJECT.parent / "shared" / "spotify-web-api.yml"
OPERATIONS = [
    *("GET /me", "GET /me/top/tracks", "GET /me/top/artists", "GET /tracks/{id}"),
    *("GET /artists/{id}", "GET /search", "GET /audio-features", "GET /audio-features/{id}"),
    *("GET /me/playlists", "POST /me/playlists", "GET /playlists/{playlist_id}"),
    *("GET /playlists/{playlist_id}/items", "POST /playlists/{playlist_id}/items"),
    *("GET /me/player", "GET /me/player/devices", "GET /me/player/currently-playing"),
    *("GET /me/player/recently-played", "PUT /me/player/play", "PUT /me/player/pause"),
    "POST /me/player/next",
]
_KEPT = {"type", "enum", "items", "minimum", "maximum", "required", "properties"}


@cache
def document() -> Any:
    """The schema as a whole."""
    yaml = pytest.importorskip("yaml")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(SCHEMA.read_text(encoding="utf-8"), Loader=loader)


def requests() -> dict[str, dict[str, Any]]:
    """Query and body of each operation, in the shape of ttt/demo/web_api/schema.json."""
    return {operation: _request(*operation.split()) for operation in OPERATIONS}


def _request(method: str, path: str) -> dict[str, Any]:
    said = document()["paths"][path][method.lower()]
    about = [_found(parameter) for parameter in said.get("parameters", [])]
    asked = [parameter for parameter in about if parameter["in"] == "query"]
    request: dict[str, Any] = {"query": {p["name"]: _cut(p["schema"]) for p in asked}}
    if required := [p["name"] for p in asked if p.get("required")]:
        request["required"] = required
    if "requestBody" in said:
        request["body"] = _cut(said["requestBody"]["content"]["application/json"]["schema"])
    if said.get("deprecated"):
        request["deprecated"] = True
    return request


def _found(parameter: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in parameter:
        return parameter
    name = parameter["$ref"].rpartition("/")[2]
    found: dict[str, Any] = document()["components"]["parameters"][name]
    return found


def _cut(schema: dict[str, Any]) -> dict[str, Any]:
    kept = {word: said for word, said in schema.items() if word in _KEPT}
    if isinstance(kept.get("properties"), dict):
        kept["properties"] = {name: _cut(inner) for name, inner in kept["properties"].items()}
    if isinstance(kept.get("items"), dict):
        kept["items"] = _cut(kept["items"])
    return kept
