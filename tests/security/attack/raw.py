"""Requests that no client library would send."""

import socket
from contextlib import suppress
from urllib.parse import urlsplit

PATIENCE = 60


def raw(url: str, request: bytes, patience: float = PATIENCE) -> bytes:
    """Send bytes as they are; return what comes back until the server hangs up or is silent."""
    place, answer = urlsplit(url), b""
    with (
        socket.create_connection((place.hostname, place.port), patience) as connection,
        # The server may hang up first, or wait for what never comes.
        suppress(ConnectionError, TimeoutError),
    ):
        connection.sendall(request)
        while part := connection.recv(65536):
            answer += part
    return answer


def get(url: str, target: str, host: str = "", *lines: str) -> bytes:
    """GET of a target letter by letter; nothing in it is tidied up."""
    head = [f"GET {target} HTTP/1.1", f"Host: {host or urlsplit(url).netloc}", *lines]
    return raw(url, "\r\n".join([*head, "Connection: close", "", ""]).encode("latin-1", "replace"))


def status(answer: bytes) -> int:
    """Status of an answer, 0 when there is none."""
    first = answer.partition(b"\r\n")[0].split()
    return int(first[1]) if len(first) > 1 and first[1].isdigit() else 0
