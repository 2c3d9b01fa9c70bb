"""Processor time and waiting time of one warm run of a page."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from statistics import median

from tests.bench.pages.tab import Tab
from tests.bench.stage import Place, cpu_seconds

WARM_UP, BLOCK, ROUNDS = 8, 10, 7
# Long enough for what a process does after a run, such as collecting garbage.
_SETTLED = 0.15


@dataclass
class Cost:
    """Milliseconds a run, one number a block of runs; `received` in bytes a run."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    received: int = 0


async def measure(places: Mapping[str, Place]) -> dict[str, Cost]:
    """Run all pages in turns, block by block, so that a busy machine slows all of them alike."""
    costs = {name: Cost() for name in places}
    async with AsyncExitStack() as stack:
        tabs = {n: await stack.enter_async_context(Tab(p)) for n, p in places.items()}
        for tab in tabs.values():
            for _ in range(WARM_UP):
                await tab.run()
        for _ in range(ROUNDS):
            for name, tab in tabs.items():
                await _block(tab, costs[name])
    return costs


async def at_rest(place: Place, seconds: float = 10) -> float:
    """Milliseconds of processor time a second while nobody does anything."""
    cpu = cpu_seconds(place.pid)
    await asyncio.sleep(seconds)
    return (cpu_seconds(place.pid) - cpu) / seconds * 1000


async def _block(tab: Tab, cost: Cost) -> None:
    await asyncio.sleep(_SETTLED)
    cpu, received, started = cpu_seconds(tab.place.pid), tab.received, time.perf_counter()
    for _ in range(BLOCK):
        await tab.run()
    cost.wall.append((time.perf_counter() - started) / BLOCK * 1000)
    await asyncio.sleep(_SETTLED)
    cost.cpu.append((cpu_seconds(tab.place.pid) - cpu) / BLOCK * 1000)
    cost.received = (tab.received - received) // BLOCK


def ratio(cost: Cost, to: Cost) -> float:
    """Processor time of one page in units of another's."""
    return median(cost.cpu) / median(to.cpu)
