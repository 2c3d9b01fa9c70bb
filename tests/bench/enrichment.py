"""Look-ups: how many requests unknown tracks cost, and how long a person's own file takes."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.pages.tab import Tab
from tests.bench.stage import place, settle
from tests.browser.people import People
from tests.browser.server import Server
from tests.surroundings.answering import Services, song
from ttt.found import Kind, Source
from ttt.jobs import queue
from ttt.services.accounts import accounts
from ttt.services.context import Context, open_context, prepare
from ttt.services.lists import own_values
from ttt.services.person import Person
from ttt.services.values import enrich
from ttt.settings import Settings
from ttt.store.tracks import tracks

SIZES = (50, 500, 5_000)
ROWS = 5_000
RUNS = 40
_BETWEEN, _JOB_STARTS_WITHIN = 0.1, 3.0
_HEADER = "Track URI,Energy,Valence,Tempo,Key,Mode,Danceability,Loudness,Popularity"


@dataclass(frozen=True, slots=True)
class Cost:
    """Requests to ReccoBeats for the features of unknown tracks, and seconds with its answers."""

    tracks: int
    first: int
    second: int
    seconds: float


def requests(folder: Path) -> list[Cost]:
    """What a first and a second look-up cost, by the number of tracks."""
    return [_requests(folder / str(size), size) for size in SIZES]


def file_seconds(folder: Path) -> float:
    """Time to take the values of ROWS tracks from a person's file."""
    context = _opened(folder)
    operator = accounts.operator(context)
    person = accounts.add(context, operator, "importer", "correct horse battery")
    content = _file()
    started = time.perf_counter()
    receipt = own_values.import_(context, person, content)
    taken = time.perf_counter() - started
    assert receipt.tracks == ROWS
    context.engine.dispose()
    return taken


def page_times(folder: Path) -> tuple[float, float]:
    """Milliseconds of a warm run of Top tracks, at rest and while unknown tracks are looked up."""
    with Services.served() as services:
        asked = {"TTT_FEATURE_PROVIDERS": "reccobeats", "TTT_RECCOBEATS_URL": services.url}
        with Server(folder, **asked) as server, People(server) as people:
            person = people.add()
            settle(people, person)
            taken = asyncio.run(_times(server, people, person))
        assert services.requests
        return taken


async def _times(server: Server, people: People, person: Person) -> tuple[float, float]:
    context = people.context
    with context.session() as session:
        unknown = map(song, range(SIZES[-1]))
        ids = list(tracks.save(session, unknown, Source.SPOTIFY, context.now()))
        session.commit()
    async with Tab(place(server, people, person, "/top-tracks")) as tab:
        at_rest = await _time(tab)
        queue.start(context, None, ids, "bench")
        await asyncio.sleep(_JOB_STARTS_WITHIN)
        fetching = await _time(tab)
    assert not queue.find(context, "bench").ended
    return at_rest, fetching


async def _time(tab: Tab) -> float:
    taken = []
    for _ in range(RUNS):
        started = time.perf_counter()
        await tab.run()
        taken.append(time.perf_counter() - started)
        await asyncio.sleep(_BETWEEN)
    return median(taken[RUNS // 4 :]) * 1000


def _requests(folder: Path, size: int) -> Cost:
    with Services.served() as services:
        asked = {"feature_providers": "reccobeats", "reccobeats_url": services.url}
        context = _opened(folder, **asked)
        with context.session() as session:
            ids = tracks.save(session, map(song, range(size)), Source.SPOTIFY, context.now())
            session.commit()
        started = time.perf_counter()
        _look_up(context, list(ids))
        taken, first = time.perf_counter() - started, len(services.requests)
        _look_up(context, list(ids))
        second = len(services.requests) - first
    context.engine.dispose()
    return Cost(size, first, second, taken)


def _look_up(context: Context, spotify_ids: Sequence[str]) -> None:
    """Without a job, whose rate would be all that is measured."""
    kind, source = Kind.FEATURES, Source.RECCOBEATS
    for batch in enrich.due_batches(context, kind, source, spotify_ids):
        enrich.ask(context, kind, source, batch, None)


def _opened(folder: Path, **settings: str) -> Context:
    context = open_context(Settings(_env_file=None, data_dir=folder, **settings))
    prepare(context)
    return context


def _file() -> bytes:
    rows = [
        f"{song(n).uri},{n % 100 / 100},0.5,{80 + n % 90}.25,{n % 12},{n % 2},0.7,-6.5,{n % 101}"
        for n in range(ROWS)
    ]
    return "\n".join([_HEADER, *rows]).encode()
