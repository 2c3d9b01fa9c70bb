"""What DBOS tries again while its database is away, and what is an error of its own."""

from pathlib import Path

import psycopg
import pytest
from dbos import _sys_db
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from tests.surroundings.databases import Postgres, opened
from tests.surroundings.loopback import free_port
from ttt.jobs import waits


def failing(url: str) -> Exception:
    """What a statement fails with at a database that is not there."""
    with pytest.raises(DBAPIError) as failed:
        create_engine(url).connect()
    return failed.value


def test_a_server_whose_socket_or_port_is_not_there_is_waited_for(tmp_path: Path) -> None:
    nowhere = "postgresql+psycopg://ada@"
    assert waits.is_tried_again(failing(f"{nowhere}/x?host={tmp_path}"))
    assert waits.is_tried_again(failing(f"{nowhere}127.0.0.1:{free_port()}/x"))


@pytest.mark.parametrize(
    "said",
    [
        'connection is bad: connection to server on socket "x" failed: No such file or directory',
        "failed to resolve host 'postgres': [Errno -2] Name or service not known",
        "connection failed: FATAL:  the database system is starting up",
        "consuming input failed: server closed the connection unexpectedly",
    ],
)
def test_whatever_the_driver_says_of_a_server_that_is_away_it_is_waited_for(said: str) -> None:
    assert waits.is_tried_again(DBAPIError("SELECT 1", {}, psycopg.OperationalError(said)))


def test_what_is_wrong_with_a_statement_or_a_program_is_not_tried_for_ever(
    postgres: Postgres,
) -> None:
    with (
        postgres.emptied() as url,
        opened(url) as engine,
        engine.connect() as connection,
        pytest.raises(DBAPIError) as failed,
    ):
        connection.execute(text("SELECT no_such_column FROM user_account"))
    assert not waits.is_tried_again(failed.value)
    assert not waits.is_tried_again(ValueError("connection failed"))


def test_dbos_goes_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("time", "retriable_postgres_exception"):
        monkeypatch.setattr(_sys_db, name, getattr(_sys_db, name))
    waits.begin()
    tries = []

    @_sys_db.db_retry(initial_backoff=0.001)
    def work(_database: object) -> str:
        tries.append(1)
        if len(tries) < 3:
            raise DBAPIError("SELECT 1", {}, psycopg.OperationalError("connection is bad: x"))
        return "done"

    assert work(object()) == "done"
    assert len(tries) == 3
