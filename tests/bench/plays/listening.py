"""Pages of listening over time: reruns, first visits, other ranges, and sixty people at once."""

import asyncio
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.bench.pages import crowd, reruns
from tests.bench.pages.tab import Tab
from tests.bench.plays import heard
from tests.bench.stage import Place, bare_page, cpu_seconds, place
from tests.browser.people import People
from tests.browser.server import Server
from ttt.services import context as services
from ttt.services.person import Person

LONG, MILLION = 200_000, 1_000_000
PEOPLE = 60
PAGES = ("/listening", "/mood", "/my-charts", "/discoveries", "/recap")
LIVES = ("/track?id=1", "/artist?name=Invented Artist 1", "/album?id=1", "/genre?name=rock")
HOME = "/"
_RANGED = ("/listening", "/mood", "/discoveries", "/recap")
_RANGES = ("2019", "6m", "2021", "2023-05", "2020", "2018-01-01..2020-06-30", "4w", "2022", "all")
_SEED = 20260211
_SETTLED = 0.15


@dataclass(frozen=True)
class Crowd:
    """Seconds from when each act was due to its end; bytes of the process before and after."""

    waits: Sequence[float]
    before: int
    after: int


@contextmanager
def somebody(folder: Path, plays: int) -> Iterator[tuple[Server, People, Person]]:
    """A server, not started, on which one person has heard so much."""
    folder.mkdir()
    server = Server(folder)
    with People(server) as people:
        services.prepare(people.context)
        person = people.add()
        heard.much(people.context, person, plays)
        yield server, people, person


def warm(folder: Path, plays: int) -> dict[str, reruns.Cost]:
    """Reruns of every page by somebody with so many plays, and of a bare page ("")."""
    with somebody(folder, plays) as (server, people, person), server, bare_page(folder) as bare:
        places = {"": bare}
        places |= {path: place(server, people, person, path) for path in (HOME, *PAGES, *LIVES)}
        return asyncio.run(reruns.measure(places))


def cold(folder: Path, plays: int) -> dict[str, float]:
    """Seconds until each page is there in a process that has shown nothing before."""
    found = {}
    with somebody(folder, plays) as (server, people, person):
        for path in (HOME, *PAGES, *LIVES):
            with server:
                found[path] = asyncio.run(_first(place(server, people, person, path)))
    return found


async def _first(there: Place) -> float:
    async with Tab(there) as tab:
        started = time.perf_counter()
        await tab.run()
        return time.perf_counter() - started


def ranges(folder: Path, plays: int) -> dict[str, list[float]]:
    """Milliseconds of processor time that a change to each of some ranges costs, by page."""
    with somebody(folder, plays) as (server, people, person), server:
        there = {path: place(server, people, person, path) for path in _RANGED}
        return {path: asyncio.run(_changes(one)) for path, one in there.items()}


async def _changes(there: Place) -> list[float]:
    taken = []
    async with Tab(there) as tab:
        for _ in range(3):
            await tab.run()
        for each in _RANGES:
            await asyncio.sleep(_SETTLED)
            before = cpu_seconds(there.pid)
            await tab.run(f"range={each}")
            taken.append((cpu_seconds(there.pid) - before) * 1000)
    return taken


def many(folder: Path, plays: int = LONG, people_count: int = PEOPLE) -> Crowd:
    """So many people, each acting every ten seconds: half of the acts choose another range."""
    with somebody(folder, plays) as (server, people, person):
        others = [people.add() for _ in range(people_count - 1)]
        heard.the_same(people.context, person, others)
        with server:
            # The process as it is once somebody without plays has seen a page.
            asyncio.run(_first(place(server, people, people.add(), HOME)))
            before = _memory(server.pid)
            paths = (*PAGES, HOME, LIVES[0], LIVES[1])
            places = [
                place(server, people, each, paths[n % len(paths)])
                for n, each in enumerate((person, *others))
            ]
            waits = asyncio.run(_act_together(places))
            return Crowd(waits, before, _memory(server.pid))


async def _act_together(places: Sequence[Place]) -> list[float]:
    chance = random.Random(_SEED)
    acts = round(crowd.LASTS / crowd.EVERY)
    plans = [sorted(chance.uniform(0, crowd.LASTS) for _ in range(acts)) for _ in places]
    async with AsyncExitStack() as stack:
        tabs = []
        for each in places:
            tabs.append(await stack.enter_async_context(Tab(each)))
            await tabs[-1].run()
        start = time.perf_counter() + 1
        runs = (_act(tab, start, plan) for tab, plan in zip(tabs, plans, strict=True))
        taken = await asyncio.gather(*runs)
    return [wait for waits in taken for wait in waits]


async def _act(tab: Tab, start: float, plan: Sequence[float]) -> list[float]:
    taken = []
    ranged = tab.place.path in _RANGED
    for n, at in enumerate(plan):
        await asyncio.sleep(max(0, start + at - time.perf_counter()))
        await tab.run(f"range={_RANGES[n]}" if ranged and n % 2 else None)
        taken.append(time.perf_counter() - start - at)
    return taken


def _memory(pid: int) -> int:
    return int(psutil.Process(pid).memory_info().rss)
