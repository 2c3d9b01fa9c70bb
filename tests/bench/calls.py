"""How many requests pages make: to Spotify, counted where the demo answers, and to anyone else."""

import asyncio
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.pages.tab import Tab
from tests.bench.stage import place, settle
from tests.browser.people import People
from tests.browser.server import Server

_SPOTIFY = re.compile(r" (?:GET|POST|PUT|DELETE) /demo-spotify/v1/")
_JOBS_START_WITHIN = 2.0
PAGES = ("/", "/top-tracks", "/trending", "/discover", "/builder", "/spotify", "/account", "/admin")


@dataclass(frozen=True)
class Calls:
    """Requests while a page was opened."""

    spotify: int
    elsewhere: int


async def count(folder: Path) -> tuple[Calls, Calls]:
    """Calls of the first view of Top tracks, which fetches all periods, and of later views."""
    with _elsewhere() as (address, knocks):
        through = {"HTTP_PROXY": address, "HTTPS_PROXY": address, "NO_PROXY": "127.0.0.1"}
        with Server(folder, **through) as server, People(server) as people:
            person = people.add()
            people.connect(person)

            async def view(path: str) -> Calls:
                before = Calls(len(_SPOTIFY.findall(server.console)), len(knocks))
                async with Tab(place(server, people, person, path)) as tab:
                    await tab.run()
                    await tab.run()
                await asyncio.sleep(_JOBS_START_WITHIN)
                return Calls(
                    len(_SPOTIFY.findall(server.console)) - before.spotify,
                    len(knocks) - before.elsewhere,
                )

            cold = await view("/top-tracks")
            settle(people, person)
            warm = [await view(path) for path in PAGES]
    return cold, Calls(sum(c.spotify for c in warm), sum(c.elsewhere for c in warm))


@contextmanager
def _elsewhere() -> Iterator[tuple[str, list[bytes]]]:
    """A proxy that notes each request which would leave this machine, and answers none."""
    knocks: list[bytes] = []

    class Note(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            knocks.append(self.rfile.readline())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Note) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{proxy.server_address[1]}", knocks
        proxy.shutdown()
