"""python -m tests.operations.soak [MINUTES] [FOLDER]: eight hours of use by a faster clock.

100 people look at pages, send plays, bring histories and have Spotify recorded, on two processes
and a worker behind nginx, on one PostgreSQL. One of the processes and the worker are killed in
turns. Memory, descriptors, the database's size and waits are drawn into FOLDER/soak.svg.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

import psutil
import psycopg
import typer

from tests.browser.people import People
from tests.jobs.interrupted.test_importing import history
from tests.operations import drawing, faster
from tests.operations.crowd import Someone, bring, look_around, play_music
from tests.operations.fleet import Fleet
from tests.operations.kills import people_of
from tests.surroundings.outages import Outages
from ttt.services.recorders import recording

HOURS, PEOPLE, LOOK, RECORDED = 8.0, 100, 40, 20
_LOOKED_AT, _KILLS = 60, 11
_DRAINED_WITHIN = 180.0
_OLDEST, _OLDEST_AFTERWARDS = 120.0, 15.0
"""Seconds that a job may have waited while people use the app, and once they stopped: others take
the machine as well, and what starts others comes every few seconds."""
_KILLED = ("app 2", "worker")
_COUNTED = {
    "plays": "SELECT count(*) FROM play",
    "jobs kept": "SELECT count(*) FROM dbos.workflow_status",
    "jobs done": "SELECT count(*) FROM dbos.workflow_status WHERE status = 'SUCCESS'",
    "jobs failed": "SELECT count(*) FROM dbos.workflow_status WHERE status = 'ERROR'",
    "jobs waiting": "SELECT count(*) FROM dbos.workflow_status WHERE status = 'ENQUEUED'",
    "seconds the oldest waits": "SELECT coalesce(max(extract(epoch FROM now()) - greatest("
    "created_at, coalesce(delay_until_epoch_ms, 0)) / 1000), 0) FROM dbos.workflow_status"
    # Requests to services, Spotify's top lists among them, keep to a pace and wait by intention.
    " WHERE status = 'ENQUEUED' AND queue_name <> 'snapshot' AND queue_name NOT LIKE 'ask %'",
    "changes not judged": "SELECT count(*) FROM play_change WHERE NOT judged",
    "looks waiting": "SELECT count(*) FROM dbos.workflow_status"
    " WHERE status = 'ENQUEUED' AND workflow_uuid LIKE 'recorder-%'",
    "pieces of uploads": "SELECT count(*) FROM upload_part",
    "rows of the trail": "SELECT count(*) FROM audit_event",
    "sessions": "SELECT count(*) FROM user_session",
}


class _Faster(Fleet):
    program = "tests.operations.faster"


@dataclass
class Seen:
    """What was measured, over minutes since the start."""

    memory: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    descriptors: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    database: list[tuple[float, float]] = field(default_factory=list)
    waits: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    jobs: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    counts: list[dict[str, int]] = field(default_factory=list)
    kills: list[float] = field(default_factory=list)
    looks_while_used: int = 0
    drained_after: float = 0.0
    """Seconds after people stopped, 0 when work was left over."""


def _look(fleet: Fleet, people: list[Someone], seen: Seen, at: float) -> None:
    for name, member in fleet.members.items():
        if name == "nginx":
            continue
        try:
            process = psutil.Process(member.pid)
            memory, opened = process.memory_info().rss / 2**20, process.num_fds()
        except psutil.NoSuchProcess:
            continue
        seen.memory.setdefault(name, []).append((at, memory))
        seen.descriptors.setdefault(name, []).append((at, opened))
    waits = [wait for who in people for wait in who.waits]
    for who in people:
        who.waits.clear()
    if len(waits) > 1:
        cuts = quantiles(waits, n=20, method="inclusive")
        for name, place in (("half", 9), ("95 of 100", 18)):
            seen.waits.setdefault(name, []).append((at, cuts[place]))
    with psycopg.connect(fleet.outages.url.replace("+psycopg", "")) as connection:
        size = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        counted = {name: connection.execute(query).fetchone() for name, query in _COUNTED.items()}
    seen.database.append((at, size[0] / 2**20 if size else 0))
    seen.counts.append({name: int(row[0]) if row else 0 for name, row in counted.items()})
    for name in ("jobs waiting", "seconds the oldest waits"):
        seen.jobs.setdefault(name, []).append((at, seen.counts[-1][name]))


async def _watch(fleet: Fleet, people: list[Someone], seen: Seen, minutes: float) -> None:
    began, every = time.monotonic(), minutes * 60 / _LOOKED_AT
    kill_every, killed = minutes * 60 / (_KILLS + 1), 0
    while (past := time.monotonic() - began) < minutes * 60:
        await asyncio.to_thread(_look, fleet, people, seen, past / 60)
        if past > (killed + 1) * kill_every:
            fleet.members[_KILLED[killed % len(_KILLED)]].kill()
            seen.kills.append(past / 60)
            killed += 1
        await asyncio.sleep(every)


async def _bring_now_and_then(
    people: list[Someone], url: str, over: Callable[[], bool], every: float
) -> int:
    data, brought = history(), 0
    for number, who in enumerate(people):
        if over():
            break
        await bring(who, url, f"history-{number}.zip", data)
        brought += 1
        await asyncio.sleep(every)
    return brought


async def _use(fleet: Fleet, people: list[Someone], seen: Seen, minutes: float) -> int:
    ends = time.monotonic() + minutes * 60
    first = int(faster.clock().timestamp()) - 60 * 86_400

    def over() -> bool:
        return time.monotonic() > ends

    imports = asyncio.gather(_bring_now_and_then(people[LOOK:], fleet.url, over, minutes * 60 / 30))
    await asyncio.gather(
        *(look_around(who, fleet.url, over, 8.0) for who in people[:LOOK]),
        *(play_music(who, fleet.url, over, 10.0, first) for who in people),
        _watch(fleet, people, seen, minutes),
    )
    return sum(await imports)


def _recorded(fleet: Fleet, people: list[Someone]) -> None:
    with People(fleet) as helper:  # type: ignore[arg-type]
        for who in people[:RECORDED]:
            helper.connect(who.person)
            recording.of(helper.context, who.person)


def main(minutes: float, folder: Path) -> None:
    """Do it, draw and print; fails when something grows that should not."""
    os.environ["SOAK_BEGAN"] = str(time.time())
    os.environ["SOAK_SPEED"] = str(HOURS * 60 / minutes)
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ttt-soak-")))
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix="ttt-outages-"))
        outages = Outages(data)
        stack.callback(outages.end)
        fleet = stack.enter_context(_Faster(place, outages, 2).running())
        people = people_of(fleet, PEOPLE)
        _recorded(fleet, people)
        seen = Seen()
        imports = asyncio.run(_use(fleet, people, seen, minutes))
        _drain(fleet, people, seen, minutes)
    folder.mkdir(parents=True, exist_ok=True)
    panels = {
        "memory, MB": seen.memory,
        "open descriptors": seen.descriptors,
        "database, MB": {"size": seen.database},
        "a run of a page, seconds": seen.waits,
        "jobs": seen.jobs,
    }
    (folder / "soak.svg").write_text(drawing.svg(panels, seen.kills, "minutes"))
    _report(people, seen, imports)


def _drain(fleet: Fleet, people: list[Someone], seen: Seen, minutes: float) -> None:
    """Wait until what people left to be done is done, but not for ever."""
    began, seen.looks_while_used = time.monotonic(), len(seen.counts)
    while (past := time.monotonic() - began) < _DRAINED_WITHIN and not seen.drained_after:
        _look(fleet, people, seen, minutes + past / 60)
        if _is_drained(seen.counts[-1]):
            seen.drained_after = past
        time.sleep(1)


def _is_drained(count: dict[str, int]) -> bool:
    return (
        not count["pieces of uploads"]
        and not count["changes not judged"]
        and count["seconds the oldest waits"] < _OLDEST_AFTERWARDS
        and count["jobs waiting"] < 10  # what starts others runs every few seconds
    )


def _report(people: list[Someone], seen: Seen, imports: int) -> None:
    last = seen.counts[-1]
    sent = sum(len(who.acknowledged) for who in people)
    absences = [seconds for who in people for seconds in who.absences]
    typer.echo(f"{sent} plays sent, {imports} histories brought, {len(seen.kills)} kills")
    typer.echo(f"cut off {len(absences)} times, away {max(absences, default=0):.1f} s at most")
    for name, line in seen.memory.items():
        opened = [y for _, y in seen.descriptors[name]]
        half = [y for _, y in line[len(line) // 2 :]]
        typer.echo(
            f"{name}: {line[0][1]:.0f} MB at first, {max(y for _, y in line):.0f} at most,"
            f" {half[0]:.0f} to {half[-1]:.0f} in the second half; {max(opened):.0f} descriptors"
        )
    typer.echo(f"database: {seen.database[0][1]:.0f} to {seen.database[-1][1]:.0f} MB; {last}")
    for name, line in seen.waits.items():
        typer.echo(f"waits, {name}: {max(y for _, y in line) * 1000:.0f} ms at most")
    stays = seen.memory["app 1"]
    middle = max(y for x, y in stays if x < stays[-1][0] * 0.6)
    assert stays[-1][1] < middle * 1.25, "the process that was never killed grows"
    assert max(y for _, y in seen.descriptors["app 1"]) < 600
    _judge_jobs(seen)


def _judge_jobs(seen: Seen) -> None:
    used = seen.counts[: seen.looks_while_used]
    most, oldest = (
        max(count[name] for count in used) for name in ("jobs waiting", "seconds the oldest waits")
    )
    typer.echo(
        f"jobs: {seen.counts[-1]['jobs done']} done, {seen.counts[-1]['jobs failed']} failed;"
        f" {most} waited at most, {oldest} s at most;"
        f" all done {seen.drained_after:.0f} s after the end"
    )
    assert oldest < _OLDEST, "jobs come faster than they are done"
    assert seen.drained_after, "work is left over"
    assert not seen.counts[-1]["jobs failed"]


if __name__ == "__main__":
    main(
        float(sys.argv[1]) if len(sys.argv) > 1 else 8.0,
        Path(sys.argv[2] if len(sys.argv) > 2 else "test-results"),
    )
