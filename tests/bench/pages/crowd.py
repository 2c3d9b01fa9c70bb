"""Many people at once: each acts at random times, whether the others have been served or not."""

import asyncio
import random
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from statistics import quantiles

from tests.bench.pages.tab import Tab
from tests.bench.stage import Place

SESSIONS, EVERY, LASTS = 50, 10.0, 40.0
_SEED = 20260211


async def waits(places: Sequence[Place]) -> list[float]:
    """Seconds from when each rerun was due to when its run had finished."""
    chance = random.Random(_SEED)
    runs = round(LASTS / EVERY)
    plan = [sorted(chance.uniform(0, LASTS) for _ in range(runs)) for _ in places]
    async with AsyncExitStack() as stack:
        tabs = []
        for place in places:  # each speaks at once, as browsers do
            tabs.append(await stack.enter_async_context(Tab(place)))
            await tabs[-1].run()
        start = time.perf_counter() + 1
        taken = await asyncio.gather(
            *(_act(tab, start, due) for tab, due in zip(tabs, plan, strict=True))
        )
    return [wait for waits in taken for wait in waits]


async def _act(tab: Tab, start: float, due: Sequence[float]) -> list[float]:
    taken = []
    for at in due:
        await asyncio.sleep(max(0, start + at - time.perf_counter()))
        await tab.run()
        taken.append(time.perf_counter() - start - at)
    return taken


def percentiles(waits: Sequence[float]) -> tuple[float, float, float]:
    """The 50th, 95th and 99th."""
    cuts = quantiles(waits, n=100, method="inclusive")
    return cuts[49], cuts[94], cuts[98]
