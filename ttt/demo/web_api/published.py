"""Refuses what Spotify's published schema refuses: queries and bodies of the wrong shape.

schema.json holds of that schema (github.com/sonallux/spotify-web-api, MIT) what these need.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from ttt.demo import bodies
from ttt.demo.accounts.tokens import Tokens
from ttt.demo.refusals import ApiError, Refusal
from ttt.demo.web_api.asked import whose

_SCHEMA = Path(__file__).parent / "schema.json"
_NUMBER = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_TYPES: Mapping[str, type] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
}
_WRONG = {"type": "Bad search type field"}
_MISSING = {"q": "No search query", **_WRONG}
Schema = Mapping[str, Any]


class AsPublished:
    """ASGI middleware that answers 400 in the place of the app."""

    def __init__(self, app: ASGIApp, tokens: Tokens) -> None:
        self._app = app
        self._tokens = tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as ASGI apps do."""
        asked = _operation(scope) if scope["type"] == "http" else None
        if asked is None:
            await self._app(scope, receive, send)
            return
        body = await Request(scope, receive).body()
        query = dict(parse_qsl(scope["query_string"].decode("ascii", "replace"), True))
        wrong = problem(asked, query, body)
        if wrong is None:
            await self._app(scope, bodies.replay(body, receive), send)
        else:
            await self._refusal(scope, wrong).response()(scope, receive, send)

    def _refusal(self, scope: Scope, wrong: str) -> Refusal:
        try:
            whose(self._tokens, Request(scope))
        except Refusal as stranger:
            return stranger
        return ApiError(400, wrong)


def problem(asked: Schema, query: Mapping[str, str], body: bytes) -> str | None:
    """What is wrong with a request, in words like Spotify's; None when nothing is."""
    missing = [name for name in asked.get("required", ()) if not query.get(name)]
    if missing:
        return _MISSING.get(missing[0], f"Missing required parameter: {missing[0]}")
    for name, text in query.items():
        rule = asked["query"].get(name)
        if rule is not None and not _fits(_read(text, rule), rule):
            return _WRONG.get(name, f"Invalid {name}")
    if "body" not in asked or not body:
        return "Missing required field: name" if asked.get("body", {}).get("required") else None
    try:
        said = json.loads(body)
    except ValueError:
        return "Error parsing JSON."
    return next(_faults(said, asked["body"], ""), None)


def _operation(scope: Scope) -> Schema | None:
    path = str(scope["path"]).removeprefix(scope.get("root_path", ""))
    return next(
        (rule for pattern, rule in _operations() if pattern.fullmatch(f"{scope['method']} {path}")),
        None,
    )


@cache
def _operations() -> list[tuple[re.Pattern[str], Schema]]:
    said: dict[str, Schema] = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    return [(_pattern(operation), rule) for operation, rule in said.items()]


def _pattern(operation: str) -> re.Pattern[str]:
    method, path = operation.split()
    parts = (re.sub(r"^\{.*\}$", "[^/]+", part) for part in path.split("/"))
    return re.compile(f"{method} /v1{'/'.join(parts)}")


def _read(text: str, rule: Schema) -> object:
    match rule.get("type"):
        case "integer":
            return int(text) if _NUMBER.fullmatch(text) else text
        case "array":
            return text.split(",")
    return text


def _fits(value: object, rule: Schema) -> bool:
    return next(_faults(value, rule, ""), None) is None


def _faults(value: Any, rule: Schema, place: str) -> Iterator[str]:
    wanted = _TYPES.get(rule.get("type", ""))
    if wanted is not None and (type(value) is not wanted):
        yield f"Invalid {place or 'request body'}: expected {rule['type']}"
        return
    if "enum" in rule and value not in rule["enum"]:
        yield f"Invalid {place}"
    if isinstance(value, int) and not _within(value, rule):
        yield f"Invalid {place}"
    if isinstance(value, dict):
        yield from _faults_within(value, rule)
    if isinstance(value, list):
        for one in value:
            yield from _faults(one, rule.get("items", {}), place)


def _within(value: int, rule: Schema) -> bool:
    return bool(rule.get("minimum", value) <= value <= rule.get("maximum", value))


def _faults_within(value: Mapping[str, Any], rule: Schema) -> Iterator[str]:
    for name in rule.get("required", ()):
        if name not in value:
            yield f"Missing required field: {name}"
    for name, inner in rule.get("properties", {}).items():
        if name in value:
            yield from _faults(value[name], inner, name)
