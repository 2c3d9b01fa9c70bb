from dataclasses import replace

import pytest
from httpx import Headers
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from tests.web.conftest import browser
from ttt.services.context import Context
from ttt.web.guards.security import CONTENT_SECURITY_POLICY, SecurityHeaders

POLICY = dict(part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))


def served_as(path: str, kind: str) -> Headers:
    """Headers of an answer of this type at this path."""
    answer = Route(path, lambda _request: Response("", media_type=kind))
    app = Starlette(routes=[answer], middleware=[Middleware(SecurityHeaders, https=False)])
    return TestClient(app).get(path).headers


@pytest.mark.parametrize(
    "kind", ["default-src", "script-src", "style-src", "font-src", "form-action", "connect-src"]
)
def test_pages_take_nothing_from_elsewhere_but_covers(kind: str) -> None:
    assert "//" not in POLICY[kind]
    assert "*" not in POLICY[kind]
    assert "'self'" in POLICY[kind]


def test_covers_come_from_spotify_and_the_charts() -> None:
    foreign = [source for source in POLICY["img-src"].split() if "//" in source]
    assert foreign
    hosts = (".scdn.co", ".spotifycdn.com", ".dzcdn.net", ".mzstatic.com")
    assert all(source.endswith(hosts) for source in foreign)


def test_pages_speak_to_this_server_only() -> None:
    assert POLICY["connect-src"] == "'self'"


def test_other_sites_embed_nothing_of_ours(client: TestClient) -> None:
    assert client.get("/healthz").headers["cross-origin-resource-policy"] == "same-origin"


def test_the_app_neither_frames_nor_is_framed(client: TestClient) -> None:
    assert POLICY["frame-src"] == POLICY["frame-ancestors"] == POLICY["object-src"] == "'none'"
    assert client.get("/healthz").headers["x-frame-options"] == "DENY"


def test_browsers_are_told_what_no_page_of_ours_needs(client: TestClient) -> None:
    headers = client.get("/healthz").headers
    told = {
        "referrer-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
        "cross-origin-opener-policy": "same-origin",
        "x-permitted-cross-domain-policies": "none",
    }
    assert {name: headers[name] for name in told} == told


@pytest.mark.parametrize("path", ["/auth/finish", "/healthz", "/stream", "/own-policy"])
def test_no_browser_and_no_proxy_keeps_what_is_one_persons(client: TestClient, path: str) -> None:
    assert client.get(path).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/static/nothing.js", "/drawing/nothing.js"])
def test_what_is_the_same_for_all_may_be_kept(client: TestClient, path: str) -> None:
    assert "cache-control" not in client.get(path).headers


@pytest.mark.parametrize("kind", ["application/javascript", "text/css", "font/woff2"])
def test_a_part_of_a_page_comes_without_what_is_said_of_pages(kind: str) -> None:
    headers = served_as("/static/part", kind)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "content-security-policy" not in headers


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/static/page", "text/html; charset=utf-8"),
        ("/static/image", "image/svg+xml"),
        ("/elsewhere", "application/javascript"),
    ],
)
def test_all_else_comes_with_the_policy(path: str, kind: str) -> None:
    assert "content-security-policy" in served_as(path, kind)


def test_no_script_is_made_from_text() -> None:
    assert "'unsafe-eval'" not in POLICY["script-src"].split()


def test_a_stricter_policy_of_an_answers_own_is_kept(client: TestClient) -> None:
    answer = client.get("/own-policy")
    assert answer.headers.get_list("content-security-policy") == ["default-src 'none'"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_only_over_https_browsers_are_told_to_stay_there(context: Context) -> None:
    public = {"public_url": "https://music.example.org"}
    secure = replace(context, settings=context.settings.model_copy(update=public))
    assert "strict-transport-security" not in browser(context).get("/healthz").headers
    answer = browser(secure).get("/healthz")
    assert answer.headers["strict-transport-security"].startswith("max-age=")


def test_a_websocket_passes_as_it_is() -> None:
    async def echo(socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_text(await socket.receive_text())
        await socket.close()

    app = SecurityHeaders(Starlette(routes=[WebSocketRoute("/", echo)]), https=False)
    with TestClient(app).websocket_connect("/") as socket:
        socket.send_text("hello")
        assert socket.receive_text() == "hello"
