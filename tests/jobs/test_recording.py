"""Plays are recorded in the background: due ones are looked at, killed looks are made again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from dbos import DBOS, SetEnqueueOptions, SetWorkflowID
from sqlmodel import select

from tests.jobs.conftest import ada, saved
from tests.jobs.workers import eventually, started
from tests.services.demo_spotify import DemoSpotify, connect_demo
from ttt.jobs import database, process, recording, worker
from ttt.models import Play
from ttt.plays import PlaySource, ToldPlay
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.taking import Taker
from ttt.services.recorders import recording as service
from ttt.store.plays import recorders
from ttt.store.plays.derived import pages


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


def test_what_players_send_is_derived_soon_and_once(
    monkeypatch: pytest.MonkeyPatch, on_sqlite: Context
) -> None:
    monkeypatch.setattr(recording, "_TOGETHER", 1)
    context = on_sqlite
    saved(context, 0)
    person = ada(context)
    told = int(datetime.now(UTC).timestamp()) - 1_000
    with context.session() as session:
        taker = Taker(context, person.id, PlaySource.SUBMITTED)
        taker.take(session, [ToldPlay(told, "Song", ("Band",))])
        session.commit()
    with worker.working(context):
        assert process.context() is context
        for _ in range(3):
            recording.derive_soon(context, person.id)
        eventually(lambda: counted(context, person.id) == 1)


def test_without_jobs_what_players_send_is_derived_at_once(on_sqlite: Context) -> None:
    context = Context(
        on_sqlite.settings.model_copy(update={"jobs": "off"}),
        on_sqlite.engine,
        on_sqlite.vault,
    )
    saved(context, 0)
    person = ada(context)
    told = int(datetime.now(UTC).timestamp()) - 1_000
    with context.session() as session:
        taker = Taker(context, person.id, PlaySource.SUBMITTED)
        taker.take(session, [ToldPlay(told, "Song", ("Band",))])
        session.commit()

    recording.derive_soon(context, person.id)

    assert counted(context, person.id) == 1


def enqueue(context: Context, recorder_id: int, user_id: int) -> None:
    options: Any = {"workflow_name": recording.RECORD, "queue_name": recording.RECORD}
    client = database.client(context.settings.jobs_database)
    client.enqueue(options, recorder_id, user_id)
