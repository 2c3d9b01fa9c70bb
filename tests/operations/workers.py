"""python -m tests.operations.workers: twenty workers share a queue of 20,000 look-ups.

Each is a process with a loopback address of its own, as if on a machine of its own, and all have
one PostgreSQL. The service counts what it is asked, from where and when: nothing twice, and never
faster than its rate.
"""

import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import psycopg
import typer

from tests.jobs.conftest import saved
from tests.jobs.workers import started
from tests.surroundings.answering import Services
from tests.surroundings.outages import Outages
from ttt.jobs import queue
from ttt.services.context import Context, open_context
from ttt.settings import Settings
from ttt.store import engine as store_engine
from ttt.store import migrate

WORKERS, TRACKS, TOGETHER, RATE = 20, 20_000, 500, 10
_CONNECTIONS = 600
_WITHIN = 300.0


def _settings(folder: Path, services: Services, outages: Outages) -> Settings:
    return Settings(
        _env_file=None,
        data_dir=folder,
        database_url=outages.url,
        feature_providers="reccobeats",
        popularity_providers="off",
        genre_providers="off",
        reccobeats_url=services.url,
        rates=f"reccobeats={RATE}",
        daily_budgets=f"reccobeats={TRACKS}",
    )


def _put_on_the_queue(context: Context) -> list[str]:
    """Jobs of some tracks each, and some that ask for the same tracks again; their names."""
    ids = saved(context, TRACKS)
    shares = [ids[start : start + TOGETHER] for start in range(0, TRACKS, TOGETHER)]
    shares += [ids[start :: len(shares)] for start in range(4)]
    names = [f"job-{number}" for number in range(len(shares))]
    for name, share in zip(names, shares, strict=True):
        queue.start(context, None, share, name)
    return names


def _wait(context: Context, names: list[str]) -> float:
    """Seconds until all jobs were done."""
    began = time.monotonic()
    waiting = list(names)
    while waiting:
        if time.monotonic() - began > _WITHIN:
            raise TimeoutError(f"{len(waiting)} jobs are not done")
        time.sleep(1)
        waiting = [name for name in waiting if not queue.find(context, name).ended]
    return time.monotonic() - began


def _report(services: Services, seconds: float) -> None:
    times = [at for at, _ in services.came]
    took = times[-1] - times[0]
    most = max(sum(1 for t in times if at <= t < at + 10) for at in times) / 10
    by = Counter(address for _, address in services.came)
    twice = sum(count > 1 for count in services.asked.values())
    soonest = min(later - earlier for earlier, later in pairwise(times))
    typer.echo(
        f"{WORKERS} workers, {TRACKS:,} look-ups in {len(times)} requests: {seconds:.0f} s,"
        f" {len(times) / took:.2f} requests a second, in ten seconds {most:.1f} a second at most"
        f" (allowed {RATE}), the next one after {soonest * 1000:.0f} ms at least"
    )
    typer.echo(
        f"asked twice: {twice}; from {len(by)} addresses, {min(by.values())} to"
        f" {max(by.values())} requests each"
    )
    assert sorted(number for _, number in services.asked) == list(range(TRACKS))
    assert twice == 0
    assert most <= RATE * 1.1
    # Who is quick takes more; that some are too late for any is no fault.
    assert len(by) > WORKERS / 2


def main() -> None:
    """Do it and print; fails when anything was asked twice or too fast."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ttt-workers-")))
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix="ttt-outages-"))
        outages = Outages(data)
        stack.callback(outages.end)
        url = outages.url.replace("+psycopg", "")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"ALTER SYSTEM SET max_connections = {_CONNECTIONS}")
        outages.restart()
        migrate.upgrade(store_engine.connect(outages.url))
        services = stack.enter_context(Services.served())
        settings = _settings(folder, services, outages)
        context = open_context(settings)
        names = _put_on_the_queue(context)
        for number in range(1, WORKERS + 1):
            stack.enter_context(started(settings, address=f"127.2.0.{number}", looks_every=4.0))
        _report(services, _wait(context, names))


if __name__ == "__main__":
    main()
