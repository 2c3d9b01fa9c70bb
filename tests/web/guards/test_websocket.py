from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from ttt.web.guards.websocket import BytesOnly, OwnPagesOnly

HOST = "music.example.org"


async def welcome(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("welcome")


async def echo(socket: WebSocket) -> None:
    await socket.accept()
    try:
        while True:
            await socket.send_bytes(await socket.receive_bytes())
    except WebSocketDisconnect:
        await socket.send_bytes(b"too late")


@pytest.fixture
def visitor() -> Iterator[TestClient]:
    app = Starlette(
        routes=[WebSocketRoute("/", welcome), WebSocketRoute("/echo", echo)],
        middleware=[Middleware(OwnPagesOnly, base_url=f"https://{HOST}"), Middleware(BytesOnly)],
    )
    with TestClient(app, f"http://{HOST}") as client:
        yield client


@pytest.mark.parametrize("origin", [f"https://{HOST}", f"HTTPS://{HOST.upper()}"])
def test_the_apps_own_pages_may_open_a_websocket(visitor: TestClient, origin: str) -> None:
    with visitor.websocket_connect("/", headers={"origin": origin, "host": HOST}) as socket:
        assert socket.receive_text() == "welcome"


def test_who_is_no_browser_may(visitor: TestClient) -> None:
    with visitor.websocket_connect("/") as socket:
        assert socket.receive_text() == "welcome"


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        f"http://{HOST}",
        f"https://{HOST}:8501",
        f"https://{HOST}.evil.example",
        f"https://a@{HOST}",
    ],
)
def test_no_other_page_may(visitor: TestClient, origin: str) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        visitor.websocket_connect("/", headers={"origin": origin, "host": HOST}),
    ):
        pass


def test_bytes_pass_and_text_ends_it(visitor: TestClient) -> None:
    with visitor.websocket_connect("/echo") as socket:
        socket.send_bytes(b"\x00")
        assert socket.receive_bytes() == b"\x00"
        socket.send_text("text where bytes belong")
        with pytest.raises(WebSocketDisconnect) as ended:
            socket.receive_bytes()
    assert ended.value.code == 1003


@pytest.mark.parametrize(
    ("origin", "ok"),
    [("http://127.0.0.1:8501", True), ("https://127.0.0.1:8501", False), ("http://x", False)],
)
def test_another_name_of_this_machine_is_reached_as_the_connection_says(
    visitor: TestClient, origin: str, ok: bool
) -> None:
    headers = {"origin": origin, "host": "127.0.0.1:8501"}
    if ok:
        with visitor.websocket_connect("/", headers=headers) as socket:
            assert socket.receive_text() == "welcome"
        return
    with pytest.raises(WebSocketDisconnect), visitor.websocket_connect("/", headers=headers):
        pass
