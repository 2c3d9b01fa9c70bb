"""A process that ends does not wait for what DBOS would try again later."""

import sqlite3
from contextlib import suppress
from threading import Event, Thread, current_thread

import pytest
from dbos import DBOS, SetWorkflowID
from dbos._dbos import _get_dbos_instance
from dbos._sys_db import db_retry
from sqlalchemy.exc import OperationalError

from tests.jobs.workers import eventually
from ttt.jobs import worker
from ttt.jobs.waits import Ended
from ttt.services.context import Context

FOR_EVER = 3600.0  # seconds, which no test waits
ENDS_WITHIN = 60.0
tried: list[Thread] = []
away = Event()


@DBOS.step(retries_allowed=True, interval_seconds=FOR_EVER, max_attempts=5)
def needs_the_database() -> str:
    tried.append(current_thread())
    if away.is_set():
        raise no_database()
    return "done"


@DBOS.workflow(name="works though the database was away")
def work() -> str:
    return needs_the_database()


@pytest.fixture(autouse=True)
def outage() -> None:
    tried.clear()
    away.set()


def no_database() -> OperationalError:
    return OperationalError("", {}, sqlite3.OperationalError("database is locked"))


def ends(thread: Thread) -> bool:
    thread.join(ENDS_WITHIN)
    return not thread.is_alive()


def test_work_that_waits_to_be_tried_again_ends_with_its_process_and_goes_on_later(
    on_sqlite: Context,
) -> None:
    with worker.working(on_sqlite):
        with SetWorkflowID("one"):
            DBOS.start_workflow(work)
        eventually(lambda: tried)
    assert ends(tried[0])
    away.clear()
    with worker.working(on_sqlite):
        assert DBOS.retrieve_workflow("one").get_result() == "done"


# An exit, which a thread goes without a word; only pytest has one.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_waits_for_the_database_ends_with_its_process(
    on_sqlite: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    with worker.working(on_sqlite):
        _asks_in_vain(monkeypatch, "list_queues")
        _asks_in_vain(monkeypatch, "dequeue_scopes")
        eventually(lambda: {kind(thread) for thread in tried} == {"queue_thread", "queues"})
    assert all(ends(thread) for thread in tried)


def kind(thread: Thread) -> str:
    return "queues" if thread.name.startswith("queue-worker") else thread.name.split("(")[1][:-1]


def _asks_in_vain(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    @db_retry(initial_backoff=FOR_EVER)
    def ask(*_: object, **__: object) -> None:
        tried.append(current_thread())
        raise no_database()

    monkeypatch.setattr(_get_dbos_instance()._sys_db, name, ask)


def test_who_looks_at_work_beside_it_is_not_ended_with_it(on_sqlite: Context) -> None:
    answers: list[str] = []
    asked = Event()

    @db_retry(initial_backoff=0.05)
    def look() -> str:
        asked.set()
        if away.is_set():
            raise no_database()
        return "found"

    beside = Thread(target=lambda: answers.append(look()))
    with worker.working(on_sqlite):
        beside.start()
        asked.wait()
    away.clear()
    assert ends(beside)
    assert answers == ["found"]


def test_a_start_that_waits_for_its_database_ends_where_that_is_asked(
    on_sqlite: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    @db_retry(initial_backoff=FOR_EVER)
    def register(*_: object) -> None:
        tried.append(current_thread())
        raise no_database()

    with monkeypatch.context() as broken:
        broken.setattr(worker, "_register_queues", register)
        assert _is_ended_by_asking(on_sqlite)
    with worker.working(on_sqlite) as name:
        assert name == "worker-1"


def test_a_start_that_failed_is_not_tried_again_where_its_end_is_asked(
    on_sqlite: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepare(_url: str) -> None:
        tried.append(current_thread())
        raise no_database()

    monkeypatch.setattr(worker, "LOOK_FOR_NAME_EVERY", FOR_EVER)
    monkeypatch.setattr(worker.database, "prepare", prepare)
    assert _is_ended_by_asking(on_sqlite)
    assert len(tried) == 1


def _is_ended_by_asking(context: Context) -> bool:
    asked_to_end = Event()
    ended: list[bool] = []

    def start() -> None:
        with suppress(Ended), worker.working(context, asked_to_end):
            ended.append(False)
        ended.append(True)

    thread = Thread(target=start)
    thread.start()
    eventually(lambda: tried)
    asked_to_end.set()
    return ends(thread) and ended == [True]
