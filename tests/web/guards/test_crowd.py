import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocket, WebSocketDisconnect

from ttt.settings import load
from ttt.web.guards.crowd import STREAM, Crowd

reached: list[str] = []


async def echo(socket: WebSocket) -> None:
    reached.append(socket.url.path)
    await socket.accept(subprotocol="streamlit")
    try:
        while True:
            await socket.send_bytes(await socket.receive_bytes())
    except WebSocketDisconnect:
        pass


def visitor(**bounds: object) -> TestClient:
    settings = load(trusted_proxies=1, **bounds)
    routes = [WebSocketRoute(STREAM, echo), WebSocketRoute("/elsewhere", echo)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(Crowd, settings=settings)]))


@pytest.fixture(autouse=True)
def nobody_yet() -> None:
    reached.clear()


def by(address: str) -> dict[str, str]:
    return {"x-forwarded-for": address}


def test_what_is_said_first_and_later_passes() -> None:
    with visitor().websocket_connect(STREAM, subprotocols=["streamlit", "x"]) as socket:
        assert socket.accepted_subprotocol == "streamlit"
        for words in (b"one", b"two"):
            socket.send_bytes(words)
            assert socket.receive_bytes() == words


def test_a_socket_that_says_nothing_is_ended_and_never_costs_a_session() -> None:
    with (
        visitor(silent_seconds=0.05).websocket_connect(STREAM) as socket,
        pytest.raises(WebSocketDisconnect) as ended,
    ):
        socket.receive_bytes()
    assert ended.value.code == 1008
    assert reached == []


@pytest.mark.slow
def test_a_socket_that_has_spoken_may_be_silent() -> None:
    # Not less: on a busy machine the first word would come too late.
    with visitor(silent_seconds=2).websocket_connect(STREAM) as socket:
        socket.send_bytes(b"one")
        assert socket.receive_bytes() == b"one"
        time.sleep(2.1)
        socket.send_bytes(b"two")
        assert socket.receive_bytes() == b"two"


def test_one_address_gets_its_share_and_others_theirs() -> None:
    client = visitor(max_sockets_per_address=2)
    with (
        client.websocket_connect(STREAM, headers=by("192.0.2.1")),
        client.websocket_connect(STREAM, headers=by("192.0.2.1")) as second,
        client.websocket_connect(STREAM, headers=by("192.0.2.2")),
    ):
        assert refused(client, "192.0.2.1") == (429, "Too many pages of this app are open")
        second.close()
        with let_in_at_last(client, "192.0.2.1"):
            assert refused(client, "192.0.2.1")[0] == 429


def test_an_ipv6_network_is_one_address() -> None:
    client = visitor(max_sockets_per_address=1)
    with client.websocket_connect(STREAM, headers=by("2001:db8::1")):
        assert refused(client, "2001:db8::2")[0] == 429
        with client.websocket_connect(STREAM, headers=by("2001:db8:0:1::1")):
            pass


def test_a_full_server_refuses_everybody_in_words() -> None:
    client = visitor(max_sockets=2)
    with (
        client.websocket_connect(STREAM, headers=by("192.0.2.1")),
        client.websocket_connect(STREAM, headers=by("192.0.2.2")),
    ):
        assert refused(client, "192.0.2.3") == (503, "This server is full at the moment.")


def test_other_websockets_are_none_of_its_business() -> None:
    with visitor(silent_seconds=0.05).websocket_connect("/elsewhere") as socket:
        socket.send_bytes(b"one")
        assert socket.receive_bytes() == b"one"


@contextmanager
def let_in_at_last(client: TestClient, address: str) -> Iterator[None]:
    """A WebSocket that is opened as soon as the end of another has been noticed."""
    with ExitStack() as stack:
        while True:
            try:
                stack.enter_context(client.websocket_connect(STREAM, headers=by(address)))
                break
            except WebSocketDenialResponse:
                time.sleep(0.01)
        yield


def refused(client: TestClient, address: str) -> tuple[int, str]:
    with pytest.raises(WebSocketDenialResponse) as refusal:
        client.websocket_connect(STREAM, headers=by(address)).__enter__()
    text = refusal.value.text.partition(" from ")[0]
    return refusal.value.status_code, text.partition(" Try")[0].strip()
