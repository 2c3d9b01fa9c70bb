"""Page runs while a history comes in: those of somebody else, on the process that reads it."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from tests.bench.pages.tab import Tab
from tests.bench.plays import history
from tests.bench.stage import Place, place, settle
from tests.browser.people import People
from tests.browser.server import Server
from ttt.jobs import plays
from ttt.services.plays.bringing import uploads
from ttt.services.plays.bringing.uploads import State

ROWS = 200_000
_RUNS, _BETWEEN, _WARM_UP = 60, 0.1, 8
_WITHIN = 300.0


@dataclass(frozen=True, slots=True)
class Beside:
    """Milliseconds of a warm run at rest and while plays come in: the median, one in twenty."""

    at_rest: tuple[float, float]
    meanwhile: tuple[float, float]
    runs: int
    seconds: float


def measure(folder: Path, rows: int = ROWS) -> Beside:
    """Runs of Top tracks at rest, then until somebody else's plays are imported by the same app."""
    data = history.file(rows)
    with Server(folder) as server, People(server) as people:
        looking, bringing = people.add(), people.add()
        settle(people, looking)
        brought = history.upload(people.context, bringing, data)
        where = place(server, people, looking, "/top-tracks")

        def begin() -> None:
            plays.start(people.context, bringing, brought.id)

        def is_done() -> bool:
            state = uploads.find(people.context, bringing, brought.id).state
            assert state in {State.WAITING, State.READING, State.DONE}
            return state is State.DONE

        return asyncio.run(_measured(where, begin, is_done))


async def _measured(where: Place, begin: Callable[[], None], is_done: Callable[[], bool]) -> Beside:
    async with Tab(where) as tab:
        for _ in range(_WARM_UP):
            await tab.run()
        at_rest = [await _time(tab) for _ in range(_RUNS)]
        begin()
        began, meanwhile = time.monotonic(), list[float]()
        while not await asyncio.to_thread(is_done):
            assert time.monotonic() - began < _WITHIN
            meanwhile.append(await _time(tab))
    return Beside(_of(at_rest), _of(meanwhile), len(meanwhile), time.monotonic() - began)


async def _time(tab: Tab) -> float:
    started = time.perf_counter()
    await tab.run()
    taken = time.perf_counter() - started
    await asyncio.sleep(_BETWEEN)
    return taken * 1000


def _of(taken: list[float]) -> tuple[float, float]:
    return median(taken), quantiles(taken, n=20)[-1]
