from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.surroundings.noting import Noting
from ttt.errors import StoreAway
from ttt.store import locks
from ttt.store.locks import Kept


def test_a_lock_is_held_by_one_at_a_time(engine: Engine) -> None:
    release = locks.take(engine, "deezer")
    assert release is not None
    assert locks.take(engine, "deezer") is None
    assert locks.take(engine, "lastfm") is not None
    release()
    assert locks.take(engine, "deezer") is not None


def test_who_waits_for_a_lock_gets_it_when_it_is_free(engine: Engine) -> None:
    done: list[str] = []

    def wait() -> None:
        with locks.held(engine, "deezer"):
            done.append("second")

    with ThreadPoolExecutor(1) as pool:
        with locks.held(engine, "deezer"):
            waiting = pool.submit(wait)
            done.append("first")
        waiting.result(timeout=30)
    assert done == ["first", "second"]


def test_a_lock_is_free_after_an_error(engine: Engine) -> None:
    with pytest.raises(LookupError), locks.held(engine, "deezer"):
        raise LookupError
    assert locks.take(engine, "deezer") is not None


def test_a_lock_may_be_let_go_of_by_another_thread(engine: Engine) -> None:
    with ThreadPoolExecutor(1) as pool:
        release = pool.submit(locks.take, engine, "deezer").result()
    assert release is not None
    assert locks.take(engine, "deezer") is None
    release()
    assert locks.take(engine, "deezer") is not None


def test_postgresql_knows_every_lock_by_a_number_of_its_own_that_it_can_hold() -> None:
    numbers = {locks.key(f"imports-{user_id}") for user_id in range(100)}
    assert len(numbers) == 100
    assert (
        locks.key("deezer") == -3_424_489_545_930_647_850
    )  # the same to every version that may run beside
    assert min(numbers) < 0
    assert all(-(2**63) <= number < 2**63 for number in numbers)


@pytest.mark.parametrize(("runs_for", "waits"), [(-5, 10), (0, 10), (3, 7), (10, 0), (99, 0)])
def test_former_holders_have_ten_seconds_from_a_restart_of_postgresql(
    runs_for: int, waits: int
) -> None:
    server: Any = Noting(runs_for)
    assert locks.unsettled(server) == waits
    assert "pg_postmaster_start_time" in server.told[0]


class Server:
    """PostgreSQL as far as an advisory lock goes: who has it, and whether it answers."""

    def __init__(self) -> None:
        self.holder: object = None
        self.answers = True
        self.dropped = 0

    def connect(self) -> "Line":
        return Line(self)


class Line:
    """A connection to it."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.connection = SimpleNamespace(dbapi_connection=None)

    def execution_options(self, **_: str) -> "Line":
        return self

    def scalar(self, _query: object) -> bool:
        if self.server.holder is not None:
            return False
        self.server.holder = self
        return True

    def execute(self, query: object) -> None:
        self.server.holder = None if "unlock" in str(query) else self

    def exec_driver_sql(self, _sql: str) -> None:
        if not self.server.answers:
            raise StoreAway

    def invalidate(self) -> None:
        self.server.dropped += 1

    def close(self) -> None:
        """It goes back to its pool."""


def test_whoever_waits_for_a_lock_of_a_connection_has_it_then() -> None:
    server: Any = Server()
    lock = locks._Advisory(server, "deezer")
    assert lock.take(wait=True)
    assert not locks._Advisory(server, "deezer").take(wait=False)
    assert lock.keep() is Kept.HELD
    lock()
    assert server.holder is None


def test_a_lock_of_a_connection_is_kept_taken_again_or_lost() -> None:
    server: Any = Server()
    lock = locks._Advisory(server, "deezer")
    assert lock.take(wait=False)
    assert not locks._Advisory(server, "deezer").take(wait=False)
    assert (lock.keep(), server.dropped) == (Kept.HELD, 0)

    server.answers, server.holder = False, None
    assert (lock.keep(), server.dropped) == (Kept.AGAIN, 1)
    server.holder = "another"
    assert (lock.keep(), server.dropped) == (Kept.LOST, 2)
    assert (lock.keep(), server.dropped) == (Kept.LOST, 2)

    server.answers, server.holder = True, None
    assert lock.keep() is Kept.AGAIN
    lock()
    assert server.holder is None
    assert lock.keep() is Kept.LOST
    assert server.holder is None
