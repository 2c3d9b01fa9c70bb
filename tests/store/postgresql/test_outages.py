"""What the store does when PostgreSQL is restarted, gone, or silent."""

import time

import pytest
from sqlalchemy import Engine, text

from tests.surroundings.outages import Outages, outages
from ttt.errors import StoreAway, StoreBusy
from ttt.store import engine as store_engine
from ttt.store import locks
from ttt.store.locks import Kept

__all__ = ["outages"]


@pytest.fixture
def engine(outages: Outages) -> Engine:
    return store_engine.connect(outages.url)


def other(engine: Engine) -> Engine:
    """The same database as another process sees it."""
    return store_engine.make(engine.url.render_as_string(hide_password=False), 5)


def test_a_lock_that_is_held_for_long_survives_a_restart(outages: Outages, engine: Engine) -> None:
    hold = locks.take(engine, "worker-1")
    assert hold is not None
    outages.restart()
    assert hold.keep() is Kept.AGAIN
    assert hold.keep() is Kept.HELD
    assert locks.take(other(engine), "worker-1") is None
    hold()
    assert locks.take(other(engine), "worker-1") is not None


def test_who_finds_the_lock_taken_after_a_restart_is_told(outages: Outages, engine: Engine) -> None:
    hold = locks.take(engine, "worker-1")
    assert hold is not None
    outages.restart()
    assert locks.take(other(engine), "worker-1") is not None
    assert hold.keep() is Kept.LOST
    hold()  # is no error


def test_newcomers_wait_after_a_restart_until_the_others_could_come_back(
    outages: Outages, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    outages.restart()
    assert 0 < locks.unsettled(engine) <= locks.SETTLED_AFTER
    monkeypatch.setattr(locks, "SETTLED_AFTER", 0.001)
    assert locks.unsettled(engine) == 0


def test_while_the_database_is_away_nobody_knows_who_has_the_lock(
    outages: Outages, engine: Engine
) -> None:
    hold = locks.take(engine, "worker-1")
    assert hold is not None
    outages.stop()
    for _ in range(2):
        with pytest.raises(StoreAway):
            hold.keep()
    outages.start()
    assert hold.keep() is Kept.AGAIN
    hold()


def test_what_was_done_under_a_lock_that_was_lost_is_done(outages: Outages, engine: Engine) -> None:
    with locks.held(engine, "deezer"):
        outages.restart()
    with locks.held(engine, "deezer"):
        pass


def test_a_database_that_hangs_is_given_up_on(outages: Outages) -> None:
    patient = store_engine.make(outages.url, 1)
    with patient.connect() as connection:
        connection.execute(text("SELECT 1"))
        connection.rollback()
        with outages.frozen():
            started = time.monotonic()
            with pytest.raises(StoreAway):
                connection.execute(text("SELECT 1"))
            assert time.monotonic() - started < 6
    with patient.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1


def test_a_question_that_takes_too_long_is_ended_by_the_server(outages: Outages) -> None:
    impatient = store_engine.make(outages.url, 1)
    with impatient.connect() as connection:
        with pytest.raises(StoreBusy):
            connection.execute(text("SELECT pg_sleep(30)"))
        connection.rollback()
        with store_engine.endless(connection):
            connection.execute(text("SELECT pg_sleep(1.5)"))
        with pytest.raises(StoreBusy):
            connection.execute(text("SELECT pg_sleep(30)"))
