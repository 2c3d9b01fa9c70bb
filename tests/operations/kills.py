"""python -m tests.operations.kills [pgbouncer]: what runs behind nginx is killed while it is used.

Four of the app, a worker and nginx itself die one after the other, by SIGKILL, at times from a
fixed seed. Afterwards everything that was acknowledged has to be there once, and everybody back.
"""

import asyncio
import itertools
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import psycopg
import typer
from sqlmodel import select

from tests.browser.people import People
from tests.jobs.interrupted.test_importing import history
from tests.operations.crowd import Someone, bring, look_around, play_music
from tests.operations.fleet import Fleet
from tests.operations.pooler import pooled
from tests.surroundings.outages import Outages
from ttt.models import Play
from ttt.plays import PlaySource
from ttt.services.accounts import passwords
from ttt.services.plays.bringing import uploads
from ttt.services.recorders.players import tokens

PEOPLE, LASTS, PAUSE = 24, 120.0, (1.0, 5.0)
_SEED = 20261128
_IMPORTED_WITHIN = 120.0


def people_of(fleet: Fleet, count: int) -> list[Someone]:
    """Accounts, each with a browser that is signed in and a player."""
    found = []
    passwords.ROUNDS = 4  # hashing is not what is looked at
    with People(fleet) as people:  # type: ignore[arg-type]
        for number in range(1, count + 1):
            person = people.add()
            cookie = f"{fleet.settings.cookie_name}={people.session(person)}"
            made = tokens.make(people.context, person, "player")
            found.append(Someone(person, cookie, made.token, f"127.1.0.{number}"))
    return found


async def _kill(fleet: Fleet, killed: Counter[str], ends: float) -> None:
    """Kill one after the other, then any, and every third time two at once."""
    chance, names = random.Random(_SEED), list(reversed(fleet.members))
    for number in itertools.count():
        await asyncio.sleep(chance.uniform(*PAUSE))
        if time.monotonic() > ends:
            return
        chosen = [names[number]] if number < len(names) else [chance.choice(names)]
        chosen += [chance.choice(names)] if number % 3 == 2 else []
        for name in set(chosen):
            fleet.members[name].kill()
            killed[name] += 1
        await asyncio.to_thread(fleet.wait_until_all_answer)


async def _used(fleet: Fleet, people: list[Someone], first: int) -> tuple[Counter[str], list[int]]:
    killed: Counter[str] = Counter()
    ends = time.monotonic() + LASTS
    settled = ends + 20

    def over() -> bool:
        return time.monotonic() > settled

    def sent() -> bool:
        return time.monotonic() > ends

    data = history()
    importing = asyncio.gather(
        *(bring(who, fleet.url, f"history-{n}.zip", data) for n, who in enumerate(people[:3]))
    )
    await asyncio.gather(
        *(look_around(who, fleet.url, over, 4.0) for who in people),
        *(play_music(who, fleet.url, sent, 2.5, first) for who in people[3:]),
        _kill(fleet, killed, ends),
    )
    return killed, list(await importing)


def _kept(fleet: Fleet, who: Someone) -> list[int]:
    with fleet.services().session() as session:
        told = select(Play.told_at).where(
            Play.user_id == who.person.id, Play.source == PlaySource.SUBMITTED
        )
        return sorted(int(at.timestamp()) for at in session.exec(told))


def _imports(fleet: Fleet, people: list[Someone], ids: list[int]) -> list[tuple[str, int]]:
    """State and added plays of each import, when all have ended or the time is up."""
    ends, context = time.monotonic() + _IMPORTED_WITHIN, fleet.services()
    while True:
        found = [uploads.find(context, who.person, i) for who, i in zip(people, ids, strict=False)]
        if time.monotonic() > ends or all(upload.state == "done" for upload in found):
            return [(upload.state, upload.counts.get("added", 0)) for upload in found]
        time.sleep(0.5)


def _through(pooler: str, outages: Outages) -> dict[str, str]:
    """What the processes are set to, as docs/operations.md says, and the limits of their role."""
    with psycopg.connect(outages.url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("ALTER ROLE postgres SET statement_timeout = '30s'")
        connection.execute("ALTER ROLE postgres SET lock_timeout = '15s'")
    address = pooler.replace("+psycopg", "")
    direct = outages.url.replace("+psycopg", "")
    return {"TTT_DATABASE_URL": address, "TTT_DATABASE_DIRECT_URL": direct}


def main(pool: bool) -> None:
    """Do it and print; fails when anything was lost or anybody stayed away."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ttt-kills-")))
        data = stack.enter_context(tempfile.TemporaryDirectory(prefix="ttt-outages-"))
        outages = Outages(data)
        stack.callback(outages.end)
        environment = (
            _through(stack.enter_context(pooled(outages.url, 20)), outages) if pool else {}
        )
        fleet = stack.enter_context(Fleet(folder, outages, **environment).running())
        people = people_of(fleet, PEOPLE)
        first = int(fleet.services().now().timestamp()) - 30 * 86_400
        killed, ids = asyncio.run(_used(fleet, people, first))
        imports = _imports(fleet, people, ids)
        _report(fleet, people, killed, imports)


def _report(
    fleet: Fleet, people: list[Someone], killed: Counter[str], imports: list[tuple[str, int]]
) -> None:
    absences = sorted(seconds for who in people for seconds in who.absences)
    acknowledged = sum(len(who.acknowledged) for who in people)
    kept = {who.address: Counter(_kept(fleet, who)) for who in people}
    lost = sum((Counter(who.acknowledged) - kept[who.address]).total() for who in people)
    more = sum((kept[who.address] - Counter(who.acknowledged)).total() for who in people)
    runs = sum(len(who.waits) for who in people)
    typer.echo(f"killed: {dict(killed)}")
    typer.echo(
        f"{len(people)} people, {runs} runs, {len(absences)} times cut off, back after"
        f" {median(absences):.1f} s (median), {absences[-1]:.1f} s at most"
    )
    typer.echo(f"plays acknowledged: {acknowledged}; lost: {lost}, stored besides: {more}")
    typer.echo(f"imports: {imports}")
    typer.echo(f"pages that did not know who was signed in: {sum(w.strangers for w in people)}")
    assert (lost, more) == (0, 0)
    assert all(state == "done" for state, _ in imports)
    assert len({added for _, added in imports}) == 1
    assert sum(who.strangers for who in people) == 0
    assert absences[-1] < _IMPORTED_WITHIN


if __name__ == "__main__":
    main("pgbouncer" in sys.argv[1:])
