"""How long people wait for a process that has just been started."""

import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.pages.tab import Tab
from tests.bench.stage import Place, bare_page
from tests.browser.server import Server


@dataclass(frozen=True)
class Starts:
    """Seconds from the command to the first form on an empty data folder, and to /healthz later."""

    form: float
    again: float
    bare: float


async def measure(folder: Path) -> Starts:
    """Start the app twice, and a bare page once."""
    server, started = Server(folder), time.perf_counter()
    with server:
        await _shown(Place(server.url, server.pid), "Username")
        form = time.perf_counter() - started
    started = time.perf_counter()
    with server:
        again = time.perf_counter() - started
    started = time.perf_counter()
    with bare_page(folder) as bare:
        await _shown(bare, "hi")
        return Starts(form, again, time.perf_counter() - started)


async def _shown(place: Place, text: str) -> None:
    async with Tab(place) as tab:
        shown = await tab.run()
    assert any(text in str(message.delta) for message in shown), f"no {text} on the page"
