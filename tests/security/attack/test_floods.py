"""Floods of idle WebSockets and connections: everybody else is served throughout."""

import asyncio
import re
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psutil
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.bench import stage
from tests.bench.pages.tab import Tab
from tests.browser.people import People
from tests.browser.server import Server
from tests.security.attack.flood import Flood, addresses, words
from tests.surroundings.conversation import Conversation, stream
from tests.surroundings.loopback import client
from ttt.web.guards.connections import LARGEST_MESSAGE

SOCKETS = 2_000
SILENT = 15.0
ROUNDS = 5
MEGABYTE = 1_000_000
TOO_MANY = "Too many pages of this app are open from your address"
FULL = "This server is full at the moment"
# A slow machine that does much else; an idle one answers in 10 ms.
PATIENCE = 25.0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server of its own for each flood, with the bounds that it has by itself."""
    with Server(tmp_path, TTT_SILENT_SECONDS=str(SILENT)) as server:
        yield server


@pytest.mark.parametrize("sources", [1, 200])
def test_two_thousand_idle_sockets_leave_health_and_a_persons_page_alone(
    server: Server, sources: int
) -> None:
    with People(server) as people:
        place = stage.place(server, people, people.add(), "/account")
        flood = asyncio.run(_flooded(server, place, addresses(sources)))
    assert sum(flood.answers.values()) == SOCKETS
    assert flood.answers[0] == 0
    allowed = min(sources * 100, 1_000)
    # On a busy machine the first are ended while the last still come, and leave their places.
    turns = 1 + int(flood.seconds // SILENT)
    assert min(allowed, 100) <= flood.answers[101] <= allowed * turns
    refused = {words(refusal).partition(".")[0] for refusal in flood.refusals}
    # Connections of one address are bounded as well, a little later and in the other words.
    assert refused <= ({TOO_MANY, FULL} if sources == 1 else {FULL})
    # So fast that more than are allowed would be open at once, before the first are ended.
    if flood.seconds * allowed < SILENT * SOCKETS:
        assert (TOO_MANY if sources == 1 else FULL) in refused
    assert len(server.console.encode()) < MEGABYTE
    assert "Traceback" not in server.console


async def _flooded(server: Server, place: stage.Place, sources: list[str]) -> Flood:
    flood, served = Flood(server.url), 0
    async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as client, Tab(place) as tab:
        await tab.run()
        flooding = asyncio.create_task(flood.open(sources, SOCKETS))
        while served < ROUNDS or not flooding.done():
            answer = await client.get(f"{server.url}/healthz")
            assert answer.json() == {"status": "ok"}
            await asyncio.wait_for(tab.run(), PATIENCE)
            served += 1
            await asyncio.sleep(0.2)
        await flooding
        # uvicorn ends those that answer no ping as well, but after 40 seconds.
        assert await flood.until_ended(4 * PATIENCE) < SILENT + 20
        await flood.stop()
    return flood


def test_sessions_that_ended_give_their_descriptors_back(tmp_path: Path) -> None:
    with (
        Server(tmp_path, STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL="1") as server,
        People(server) as people,
    ):
        place = stage.place(server, people, people.add(), "/account")
        asyncio.run(_visit(place, 1))
        process = psutil.Process(server.pid)
        before = process.num_fds()
        asyncio.run(_visit(place, 40))
        deadline = time.monotonic() + PATIENCE
        # Of three each that sessions hold, 120 would stay; on a busy machine the pool of the
        # database grows meanwhile.
        while process.num_fds() > before + 20 and time.monotonic() < deadline:
            time.sleep(0.1)
        assert process.num_fds() <= before + 20


async def _visit(place: stage.Place, count: int) -> None:
    for _ in range(count):
        async with Tab(place) as tab:
            await tab.run()


def test_connections_that_ask_nothing_are_ended(server: Server) -> None:
    with client() as visitor:
        idle = [socket.create_connection(("127.0.0.1", server.settings.port)) for _ in range(50)]
        for connection in idle:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: ")
            connection.settimeout(PATIENCE)
        assert [connection.recv(1) for connection in idle] == [b""] * len(idle)
        assert visitor.get(f"{server.url}/healthz").is_success


def test_a_body_that_does_not_come_is_not_waited_for(tmp_path: Path) -> None:
    with Server(tmp_path, TTT_SILENT_SECONDS="1") as server:
        head = f"Host: {urlsplit(server.url).netloc}\r\nOrigin: {server.url}\r\n"
        half = f"POST /auth/finish HTTP/1.1\r\n{head}Content-Length: 4000\r\n\r\nticket="
        steady = socket.create_connection(("127.0.0.1", server.settings.port))
        stuck = [socket.create_connection(("127.0.0.1", server.settings.port)) for _ in range(20)]
        for connection in (steady, *stuck):
            connection.sendall(half.encode())
            connection.settimeout(PATIENCE)
        for _ in range(8):
            steady.sendall(b"x" * 490)
            for connection in stuck[:10]:  # the others say nothing at all
                with suppress(OSError):
                    connection.sendall(b"x")
            time.sleep(0.5)
        assert [connection.recv(1) for connection in stuck] == [b""] * len(stuck)
        steady.sendall(b"x" * (4000 - 7 - 8 * 490))
        assert steady.recv(12) == b"HTTP/1.1 303"


def test_an_answer_that_nobody_reads_is_not_held(tmp_path: Path) -> None:
    with Server(tmp_path, TTT_SILENT_SECONDS="1") as server, client() as visitor:
        page = visitor.get(server.url).text
        whole = re.search(r'data-whole="([^"]+)"', page)
        assert whole
        answer = visitor.get(f"{server.url}{whole[1]}", headers={"Accept-Encoding": "identity"})
        deaf = socket.socket()
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.connect(("127.0.0.1", server.settings.port))
        deaf.sendall(
            f"GET {whole[1]} HTTP/1.1\r\nHost: {urlsplit(server.url).netloc}\r\n\r\n".encode()
        )
        time.sleep(4)
        deaf.settimeout(PATIENCE)
        came = 0
        with suppress(ConnectionError):
            while part := deaf.recv(1 << 20):
                came += len(part)
        assert came < len(answer.content)


def test_a_message_larger_than_any_ends_its_socket_before_it_is_held(server: Server) -> None:
    with connect(stream(server.url), origin=Origin(server.url), proxy=None) as tab:
        tab.send(Conversation(server.url, "/").ask())
        with pytest.raises(ConnectionClosed):
            hear_and_send(tab, LARGEST_MESSAGE, 10)
        # Who writes on meanwhile may miss why; one that was held would end as no BackMsg.
        assert tab.close_code in {CloseCode.MESSAGE_TOO_BIG, CloseCode.ABNORMAL_CLOSURE}


def hear_and_send(tab: ClientConnection, size: int, pieces: int) -> None:
    """Send one message in pieces, then hear what comes of it."""
    tab.send(b"x" * size for _ in range(pieces))
    while True:
        tab.recv(PATIENCE)
