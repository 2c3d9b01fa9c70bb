"""ReccoBeats and Deezer on loopback: they know every track, and count what they are asked."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from ttt.found import FoundArtist, FoundTrack

DEADLINE = 300.0


def spotify_id(number: int) -> str:
    return f"{number:022}"


def isrc(number: int) -> str:
    return f"GBAYE{number:07}"


def song(number: int) -> FoundTrack:
    """A track as Spotify describes it."""
    artists = (FoundArtist("Band"),)
    return FoundTrack(spotify_id(number), f"Song {number}", artists, isrc=isrc(number))


class Services(ThreadingHTTPServer):
    """Tracks are counted together with what they were asked for: features, deezer, popularity."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: Counter[tuple[str, int]] = Counter()
        self.answered: set[tuple[str, int]] = set()
        self.requests: list[list[tuple[str, int]]] = []
        self.came: list[tuple[float, str]] = []
        """When each request came, on a clock that only runs, and from which address."""
        self.unknown: set[int] = set()
        self.answers: dict[str, tuple[int, str, dict[str, str]]] = {}
        self._lock = threading.Lock()
        self._hold_at = 0
        self._held = threading.Event()
        self._let_go = threading.Event()

    @classmethod
    @contextmanager
    def served(cls) -> Iterator[Self]:
        with cls() as services:
            thread = threading.Thread(target=services.serve_forever, args=(0.01,))
            thread.start()
            yield services
            services.let_go()
            services.shutdown()
            thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def hold(self, request: int) -> None:
        """Leave a request, counted from 1, without an answer until `let_go`."""
        self._held.clear()
        self._let_go.clear()
        self._hold_at = request

    def wait_until_held(self) -> list[tuple[str, int]]:
        """Wait for the request that is held, and return what it asks for."""
        assert self._held.wait(DEADLINE)
        return self.requests[self._hold_at - 1]

    def let_go(self) -> None:
        self._hold_at = 0
        self._let_go.set()

    def count(self, about: list[tuple[str, int]]) -> bool:
        """Note a request; whether it is to be answered."""
        with self._lock:
            self.requests.append(about)
            self.asked.update(about)
            hold = len(self.requests) == self._hold_at
        if hold:
            self._held.set()
            self._let_go.wait(DEADLINE)
        else:
            self.answered.update(about)
        return not hold


class _Handler(BaseHTTPRequestHandler):
    server: Services
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # in one packet, or every answer waits 40 ms for the first one's receipt

    def do_GET(self) -> None:
        self.server.came.append((time.monotonic(), self.client_address[0]))
        parts = urlsplit(self.path)
        what, numbers, answer = self._understood(parts.path, parse_qs(parts.query))
        if not self.server.count([(what, number) for number in numbers]):
            self.close_connection = True
            return
        status, body, headers = self.server.answers.get(what, (200, json.dumps(answer), {}))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def _understood(self, path: str, query: dict[str, list[str]]) -> tuple[str, list[int], Any]:
        if path.startswith("/track/isrc:"):
            number = int(path[-7:])
            return "deezer", [number], self._deezer(number)
        numbers = [int(i) for i in query["ids"][0].split(",")]
        known = [n for n in numbers if n not in self.server.unknown]
        if path == "/v1/audio-features":
            return "features", numbers, {"content": [_features(n) for n in reversed(known)]}
        return "popularity", numbers, {"content": [_popularity(n) for n in reversed(known)]}

    def _deezer(self, number: int) -> dict[str, Any]:
        if number in self.server.unknown:
            return {"error": {"type": "DataException", "message": "no data", "code": 800}}
        return {"id": number + 1, "bpm": 100 + number % 50, "rank": 500_000 + number}

    def log_message(self, format: str, *args: object) -> None:
        pass


def _row(number: int) -> dict[str, Any]:
    link = f"https://open.spotify.com/track/{spotify_id(number)}"
    return {"id": f"reccobeats-{number}", "href": link}


def _features(number: int) -> dict[str, Any]:
    # Without a tempo, so that Deezer is asked for it.
    return _row(number) | {"energy": number % 100 / 100, "valence": 0.5, "key": 5, "mode": 1}


def _popularity(number: int) -> dict[str, Any]:
    return _row(number) | {"popularity": number % 101}
