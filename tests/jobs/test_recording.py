"""Plays are recorded in the background: due ones are looked at, killed looks are made again."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count as count_from
from types import SimpleNamespace
from typing import Any

import pytest
from dbos import DBOS, SetEnqueueOptions, SetWorkflowID
from sqlmodel import select

from tests.jobs.conftest import ada, saved
from tests.jobs.workers import eventually, started
from tests.services.demo_spotify import DemoSpotify, connect_demo
from ttt.jobs import database, recording, worker
from ttt.models import Play, Relay, User
from ttt.plays import PlaySource, ToldPlay
from ttt.providers.relayed.listenbrainz import Sent
from ttt.services.context import Context
from ttt.services.person import Person, as_person
from ttt.services.plays.deriving import deriving
from ttt.services.plays.taking import Taker
from ttt.services.recorders import recording as service
from ttt.services.recorders.players import relaying
from ttt.store.plays import recorders
from ttt.store.plays.derived import pages
from ttt.store.plays.players import relays


@pytest.fixture
def person(context: Context) -> Person:
    saved(context, 0)
    return ada(context)


@contextmanager
def demo_of(context: Context) -> Iterator[DemoSpotify]:
    with DemoSpotify.served(context, lambda: datetime.now(UTC)) as demo:
        yield demo


def counted(context: Context, user_id: int) -> int:
    with context.session() as session:
        return sum(page.plays for page in pages.read(session, user_id))


def kept(context: Context) -> int:
    with context.session() as session:
        return len(session.exec(select(Play)).all())


def run(workflow: Any, scheduled: datetime | None = None) -> None:
    now = scheduled or datetime.now(UTC)
    DBOS.start_workflow(workflow, now, None).get_result(polling_interval_sec=0.05)


def test_whoever_is_connected_is_looked_at_and_what_is_new_counts(
    context: Context, person: Person
) -> None:
    with demo_of(context) as demo, worker.working(context):
        connect_demo(context, person)
        run(recording.start_recording)
        eventually(lambda: counted(context, person.id) > 0)
        eventually(lambda: kept(context) == 50)
        run(recording.start_recording)

        assert demo.asked.count("/v1/me/player/recently-played") == 1


def test_a_look_that_waits_is_not_put_on_the_queue_again(context: Context, person: Person) -> None:
    with demo_of(context) as demo, worker.working(context):
        connect_demo(context, person)
        waiting = f"recorder-{service.of(context, person)}-20260101-0000"
        with SetWorkflowID(waiting), SetEnqueueOptions(delay_seconds=3600):
            DBOS.enqueue_workflow(recording.RECORD, recording.record, 1, person.id)
        run(recording.start_recording)
        looks = DBOS.list_workflows(queue_name=recording.RECORD)
        assert [look.workflow_id for look in looks] == [waiting]
        assert demo.asked.count("/v1/me/player/recently-played") == 0


def test_a_look_that_is_killed_is_made_again_and_nothing_counts_twice(
    context: Context, person: Person
) -> None:
    with demo_of(context) as demo:
        connect_demo(context, person)
        recorder_id = service.of(context, person)
        demo.hold(1)
        with started(context.settings) as killed:
            enqueue(context, recorder_id, person.id)
            demo.wait_until_held()
            killed.kill()
            killed.join()
        demo.let_go()
        assert kept(context) == 0
        with started(context.settings):
            eventually(lambda: counted(context, person.id) > 0)

    assert kept(context) == 50
    with context.session() as session:
        found = recorders.get(session, recorder_id)
    assert found is not None
    assert found.plays == 50


def sent(context: Context, *people: Person) -> None:
    """Have a player of each send a play that nobody judged yet."""
    told = int(datetime.now(UTC).timestamp()) - 1_000
    for person in people:
        with context.session() as session:
            taker = Taker(context, person.id, PlaySource.SUBMITTED)
            taker.take(session, [ToldPlay(told, "Song", ("Band",))])
            session.commit()


def of_one_share(context: Context, first: Person, count: int) -> list[Person]:
    """Somebody, and others whose plays are derived by the same job."""
    number = count_from(first.id + recording._SHARES, recording._SHARES)
    with context.session() as session:
        users = [
            User(
                id=next(number),
                username=f"person{n}",
                name="",
                password_hash="x",
                created_at=context.now(),
            )
            for n in range(count - 1)
        ]
        session.add_all(users)
        session.commit()
        return [first, *(as_person(user) for user in users)]


def jobs_of_sending(context: Context) -> int:
    return len(DBOS.list_workflows(queue_name=recording.DERIVE))


def test_what_players_send_is_derived_soon_and_by_one_job_for_many(
    monkeypatch: pytest.MonkeyPatch, context: Context, person: Person
) -> None:
    monkeypatch.setattr(recording, "_TOGETHER", 3_600)
    nearly_over = time.time() // 3_600 * 3_600 + 3_599
    monkeypatch.setattr(recording, "time", SimpleNamespace(time=lambda: nearly_over))
    people = of_one_share(context, person, 4)
    with worker.working(context):
        for who in people * 2:
            sent(context, who)
            recording.derive_soon(context, who.id)
        assert jobs_of_sending(context) == 1
        eventually(lambda: all(counted(context, who.id) == 1 for who in people))


def test_a_job_of_the_version_before_named_a_person_and_is_done(
    context: Context, person: Person
) -> None:
    people = of_one_share(context, person, 2)
    sent(context, *people)
    with worker.working(context):
        DBOS.enqueue_workflow(recording.DERIVE, recording.derive, people[1].id)
        eventually(lambda: counted(context, people[1].id) == 1)


def test_whoever_cannot_be_derived_keeps_nobody_waiting(
    monkeypatch: pytest.MonkeyPatch, context: Context, person: Person
) -> None:
    people = of_one_share(context, person, 4)
    sent(context, *people)
    plainly = deriving.derive

    def derive(context: Context, user_id: int) -> deriving.Derived:
        if user_id == people[1].id:
            raise ValueError("a fault of ours")
        return plainly(context, user_id)

    monkeypatch.setattr(deriving, "derive", derive)
    with worker.working(context):
        job = DBOS.enqueue_workflow(recording.DERIVE, recording.derive, person.id)
        with pytest.raises(ValueError, match="a fault of ours"):
            job.get_result(polling_interval_sec=0.05)
    assert [counted(context, who.id) for who in people] == [1, 0, 1, 1]


def test_plays_of_a_process_that_died_before_it_asked_are_derived_all_the_same(
    context: Context, person: Person
) -> None:
    sent(context, person)
    with worker.working(context):
        run(recording.start_recording)
        eventually(lambda: counted(context, person.id) == 1)
        run(recording.start_recording, datetime(2026, 1, 1, tzinfo=UTC))
        assert jobs_of_sending(context) == 1


def test_without_jobs_what_players_send_is_derived_at_once(on_sqlite: Context) -> None:
    context = Context(
        on_sqlite.settings.model_copy(update={"jobs": "off"}),
        on_sqlite.engine,
        on_sqlite.vault,
    )
    saved(context, 0)
    person = ada(context)
    sent(context, person)

    recording.derive_soon(context, person.id)

    assert counted(context, person.id) == 1


def enqueue(context: Context, recorder_id: int, user_id: int) -> None:
    options: Any = {"workflow_name": recording.RECORD, "queue_name": recording.RECORD}
    client = database.client(context.settings.jobs_database)
    client.enqueue(options, recorder_id, user_id)


def test_what_players_send_is_passed_on_in_the_background(
    context: Context, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []

    class Elsewhere:
        def send(self, _token: str, listens: list[bytes]) -> Sent:
            sent.append(len(listens))
            return Sent.TAKEN

    monkeypatch.setattr(relaying, "_service", lambda _context: Elsewhere())
    monkeypatch.setattr(recording, "_BETWEEN_PAGES", 0.01)
    now, sealed = context.now(), context.vault.encrypt("token")
    with context.session() as session:
        named = {"account": "ada_lb", "token_encrypted": sealed}
        relays.add(session, Relay(user_id=person.id, **named, started_at=now, next_at=now))
        relays.wait(session, person.id, [b"{}"] * 101)
        session.commit()
    with worker.working(context):
        run(recording.start_recording)
        eventually(lambda: relaying.due(context) == [])
        run(recording.start_recording, datetime(2026, 1, 1, tzinfo=UTC))

    assert sent == [100, 1]
