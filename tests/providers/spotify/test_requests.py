"""Every request that the app can make of the Web API, against what is published of it."""

import inspect
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from tests.demo.web_api import published
from tests.providers.scripted import Asked, Server
from ttt.errors import SpotifyError
from ttt.providers.spotify import Spotify

ID = "11dFghVXANMlKmJXsNCbNl"
URIS = [f"spotify:track:{number:022}" for number in range(100)]
CALLS: dict[str, Callable[[Spotify], object]] = {
    "me": lambda spotify: spotify.me(),
    "top_tracks": lambda spotify: spotify.top_tracks("long_term", offset=50),
    "track": lambda spotify: spotify.track(ID),
    "search": lambda spotify: spotify.search("cut & feeling"),
    "recent": lambda spotify: spotify.recent(),
    "audio_features": lambda spotify: spotify.audio_features([ID] * 100),
    "playlists": lambda spotify: spotify.playlists(50),
    "create_playlist": lambda spotify: spotify.create_playlist("TTT_1", "about"),
    "playlist_rows": lambda spotify: spotify.playlist_rows(ID, 50),
    "add_to_playlist": lambda spotify: spotify.add_to_playlist(ID, URIS),
    "devices": lambda spotify: spotify.devices(),
    "now_playing": lambda spotify: spotify.now_playing(),
    "play": lambda spotify: spotify.play(URIS, "a1"),
    "pause": lambda spotify: spotify.pause(),
    "next": lambda spotify: spotify.next(),
}
# Closed to newer apps, and asked for the older ones.
DEPRECATED = {"audio_features"}
KEPT = Path(__file__).parents[3] / "ttt" / "demo" / "web_api" / "schema.json"


def asked_by(spotify: Spotify, server: Server, method: str) -> Asked:
    """The one request of a call, whatever becomes of it."""
    with pytest.raises(SpotifyError):
        CALLS[method](spotify)  # the server has no answer
    (asked,) = server.asked
    return asked


def operation(asked: Asked) -> dict[str, Any]:
    """What is published of a request's address and method; fails for one that is not."""
    path = asked.path.removeprefix("/web-api/v1")
    said: dict[str, dict[str, Any]] = json.loads(KEPT.read_text(encoding="utf-8"))
    for name, rule in said.items():
        method, pattern = name.split()
        if method == asked.method and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pattern), path):
            return rule
    pytest.fail(f"{asked.method} {path} is not published")


def problems(value: object, schema: dict[str, Any]) -> list[str]:
    return [error.message for error in Draft4Validator(schema).iter_errors(value)]


def in_type(text: str, schema: dict[str, Any]) -> object:
    kind = schema.get("type")
    return int(text) if kind == "integer" else text.split(",") if kind == "array" else text


@pytest.mark.parametrize("method", CALLS)
def test_a_request_is_as_published(spotify: Spotify, server: Server, method: str) -> None:
    asked = asked_by(spotify, server, method)
    rule = operation(asked)
    assert rule.get("deprecated", False) is (method in DEPRECATED)
    assert asked.query.keys() >= set(rule.get("required", ()))
    assert asked.query.keys() <= rule["query"].keys()
    for name, text in asked.query.items():
        assert problems(in_type(text, rule["query"][name]), rule["query"][name]) == []
    if "body" in rule:
        assert asked.headers["Content-Type"] == "application/json"
        body = json.loads(asked.body)
        assert problems(body, rule["body"]) == []
        assert body.keys() <= rule["body"]["properties"].keys()
    else:
        assert asked.body == ""


def test_every_call_is_looked_at() -> None:
    methods = {name for name, _ in inspect.getmembers(Spotify, inspect.isfunction)}
    assert {name for name in methods if not name.startswith("_")} == {*CALLS}


@pytest.mark.skipif(not published.SCHEMA.exists(), reason="the schema is not here")
def test_what_is_kept_of_the_schema_is_what_is_published() -> None:
    assert json.loads(KEPT.read_text(encoding="utf-8")) == published.requests()
