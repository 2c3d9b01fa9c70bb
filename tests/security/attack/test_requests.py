import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import CloseCode
from websockets.sync.client import connect
from websockets.typing import Origin

from tests.browser.people import People
from tests.browser.server import Server
from tests.security.attack.raw import get, raw, status
from tests.security.attack.tab import PATIENCE, Tab
from tests.surroundings.conversation import stream
from ttt.settings import PROJECT

SEED = 20261123
SILENCE = 0.5  # seconds after which a server that waits for more is left alone
ROUTES = (
    "/",
    "/account",
    "/admin",
    "/auth/finish",
    "/auth/sign-out",
    "/healthz",
    "/static",
    "/media",
    "/component",
    "/_stcore",
    "/demo-spotify",
    "/demo-spotify/v1",
    "/pages",
    "/app/static",
)
TRICKS = (
    "/../../../../../../etc/passwd",
    "/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/%252e%252e/%252e%252e/etc/passwd",
    "/..\\..\\..\\etc\\passwd",
    "/..%5c..%5cdata%5csecret.key",
    "/../data/secret.key",
    "//data//secret.key",
    "/data/ttt.sqlite3",
    "/.env",
    "/.git/config",
    "/.streamlit/secrets.toml",
    "/app.py",
    "/pages/admin.py",
    "/ttt/services/keys/vault.py",
    "/%00",
    "/secret.key%00.css",
    "/index.html%0d%0aSet-Cookie:%20ttt_session=mine",
    "/;/../admin",
    "/" + "a" * 10_000,
    "/" + "../" * 300,
    "/%ff%fe%c0%ae%c0%ae/",
    "/?t=" + "%41" * 3000,
    "//evil.example/%2e%2e",
    "/file:///etc/passwd",
)
METHODS = (
    b"GET",
    b"POST",
    b"PUT",
    b"DELETE",
    b"OPTIONS",
    b"TRACE",
    b"CONNECT",
    b"PRI",
    b"\x00",
    b"",
)
FOREIGN_HOSTS = (
    "evil.example",
    "127.0.0.1.evil.example",
    "evil.example:8501",
    "evil.example@127.0.0.1",
    "127.0.0.1@evil.example",
    "localhost.",
    "[::2]",
    "%31%32%37.0.0.1",
    " ",
)


@pytest.mark.parametrize("route", ROUTES)
def test_no_path_leads_out_of_the_app(server: Server, route: str) -> None:
    secret = (server.settings.data_dir / "secret.key").read_bytes().strip()
    source = (PROJECT / "pages" / "admin.py").read_bytes()[:60]
    for trick in TRICKS:
        answer = get(server.url, route.rstrip("/") + trick)
        assert 200 <= status(answer) < 500, (trick, answer[:200])
        for stolen in (secret, source, b":0:0:", b"SQLite format 3", b"[core]"):
            assert stolen not in answer, trick
        head = answer.partition(b"\r\n\r\n")[0].lower()
        assert b"set-cookie: ttt_session=mine" not in head, trick
        assert b"\r\nlocation: //" not in head, trick
        assert b"\r\nlocation: http://evil" not in head, trick


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_foreign_host_is_refused(server: Server, host: str) -> None:
    for route in ("/", "/auth/finish", "/healthz", "/demo-spotify/authorize"):
        answer = get(server.url, route, host)
        assert status(answer) == 400, (route, answer[:200])
        assert b"evil" not in answer


def test_a_second_host_or_a_forwarded_one_changes_no_address(server: Server) -> None:
    for line in (
        "Host: evil.example",
        "X-Forwarded-Host: evil.example",
        "Forwarded: host=evil.example",
        "X-Original-URL: http://evil.example/",
        "X-Forwarded-Proto: https",
    ):
        answer = get(server.url, "/auth/finish", "", line)
        assert status(answer) < 500
        assert b"evil.example" not in answer
    answer = get(server.url, "http://evil.example/auth/finish")
    assert status(answer) < 500
    assert b"location: http://evil" not in answer.lower()


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://127.0.0.1.evil.example", "null", "http://127.0.0.1:1"],
)
def test_a_page_of_another_site_gets_no_websocket(server: Server, origin: str) -> None:
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(stream(server.url), origin=Origin(origin), proxy=None),
    ):
        pass
    assert refused.value.response.status_code == 403


def test_a_thousand_malformed_requests_do_no_harm(server: Server) -> None:
    chance = random.Random(SEED)
    requests = [malformed(chance) for _ in range(1000)]
    with ThreadPoolExecutor(32) as pool:
        answers = list(pool.map(lambda request: raw(server.url, request, SILENCE), requests))
    assert [answer[:300] for answer in answers if status(answer) >= 500] == []
    assert {status(answer) for answer in answers} >= {200, 400, 405}


def test_nonsense_on_the_websocket_ends_that_socket_only(server: Server) -> None:
    chance = random.Random(SEED)
    with Tab(server.url) as honest:
        nonsense = [chance.randbytes(chance.randrange(1, 2000)) for _ in range(50)]
        ends = {ended(server.url, bytes_) for bytes_ in [*nonsense, b""]}
        honest.run()
    assert ends >= {CloseCode.UNSUPPORTED_DATA, CloseCode.PROTOCOL_ERROR}


def test_a_body_without_end_is_not_read_to_the_end(server: Server, people: People) -> None:
    for route in ("/auth/finish", "/auth/sign-out", "/demo-spotify/api/token"):
        body = b"t=" + b"a" * 30_000_000
        head = f"POST {route} HTTP/1.1\r\nHost: {server.url[7:]}\r\nContent-Length: {len(body)}\r\n"
        form = "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n"
        answer = raw(server.url, (head + form).encode() + body)
        assert status(answer) < 500, route


def ended(url: str, nonsense: bytes) -> int | None:
    """How the server ended a WebSocket on which bytes came that mean nothing, then a text."""
    with (
        connect(stream(url), origin=Origin(url), proxy=None, max_size=None) as socket,
        suppress(ConnectionClosed),
    ):
        socket.send(nonsense)
        socket.send("text where bytes belong")
        while True:
            socket.recv(PATIENCE)
    return socket.close_code


def malformed(chance: random.Random) -> bytes:
    """A request that is wrong in one of many ways."""
    target = chance.choice(ROUTES).encode() + chance.choice([b"", b"?", b"?t=%", b"/\xff", b" "])
    method = chance.choice(METHODS)
    line = method + b" " + target + b" " + chance.choice([b"HTTP/1.1", b"HTTP/9.9", b"", b"HTTQ"])
    headers = chance.choice(
        [
            b"Host: 127.0.0.1\r\n",
            b"",
            b"Host: 127.0.0.1\r\nContent-Length: -1\r\n",
            b"Host: 127.0.0.1\r\nContent-Length: 10\r\nTransfer-Encoding: chunked\r\n",
            b"Host: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n",
            b"Host: 127.0.0.1\r\nCookie: " + b"a=b; " * 500 + b"\r\n",
            b"Host: 127.0.0.1\r\nCookie: ttt_session=\xff\x00\xfe\r\n",
            b"Host: 127.0.0.1\r\nX-Forwarded-For: " + b"1, " * 500 + b"\r\n",
            b"Host: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n",
            b"Host: 127.0.0.1\r\n" + b"X-A: b\r\n" * 300,
            b"Host: 127.0.0.1\r\nX-A: " + b"b" * 70_000 + b"\r\n",
            b"Host 127.0.0.1\r\n",
            b"Host: 127.0.0.1\r\n folded: line\r\n",
            b"Host: 127.0.0.1\r\nRange: bytes=9-1,,-\r\nIf-None-Match: \xff\r\n",
            b"Host: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=\r\n",
        ]
    )
    body = chance.choice([b"", b"zz\r\n", chance.randbytes(chance.randrange(200)), b"t=%ff&t=%00"])
    whole = line + b"\r\n" + headers + b"\r\n" + body
    kind = chance.randrange(4)
    if kind == 0:
        return whole[: chance.randrange(1, len(whole))]
    if kind == 1:
        position = chance.randrange(len(whole))
        return whole[:position] + chance.randbytes(3) + whole[position:]
    return whole


@pytest.mark.parametrize(
    "way",
    ["POST /plays/uploads", "POST /plays/uploads/1/0", f"PUT /_stcore/upload_file/{'a' * 36}/1"],
)
def test_a_stranger_is_refused_before_the_body_is_there(server: Server, way: str) -> None:
    host = server.url.removeprefix("http://")
    head = f"{way} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 1000000\r\n\r\n"
    assert status(raw(server.url, head.encode())) == 401
