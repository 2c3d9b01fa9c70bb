"""What it means when the database cannot be used, on SQLite and on PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from tests.surroundings.databases import Postgres, opened
from ttt.errors import StoreAway, StoreBusy, StoreError, StoreFull, StoreReadOnly
from ttt.store import engine as store_engine
from ttt.store import troubles

MAKE = "CREATE TABLE said (words TEXT PRIMARY KEY)"
SAY = "INSERT INTO said VALUES ('hello')"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "some.sqlite3"


@contextmanager
def made(file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A SQLite file with a table, whose statements wait for a moment only."""
    monkeypatch.setattr(store_engine, "LONGEST_LOCK", 0.05)
    with opened(f"sqlite:///{file}") as engine:
        with engine.begin() as connection:
            connection.execute(text(MAKE))
        yield engine


def say(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text(SAY))


def test_a_locked_sqlite_is_busy_and_good_again_afterwards(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with made(file, monkeypatch) as engine:
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreBusy):
                say(engine)
        say(engine)


def test_a_sqlite_that_cannot_be_opened_is_away(tmp_path: Path) -> None:
    nowhere = tmp_path / "gone" / "some.sqlite3"
    with opened(f"sqlite:///{nowhere}") as engine, pytest.raises(StoreAway):
        say(engine)


def test_a_file_that_is_no_database_is_away(file: Path) -> None:
    file.write_bytes(b"something else, and long enough to be looked at" * 99)
    with opened(f"sqlite:///{file}") as engine, pytest.raises(StoreAway):
        say(engine)


def test_a_full_sqlite_is_full(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with made(file, monkeypatch) as engine, engine.connect() as connection:
        connection.execute(text("PRAGMA max_page_count = 5"))
        with pytest.raises(StoreFull):
            connection.execute(text(f"INSERT INTO said VALUES ('{'x' * 100_000}')"))


def test_a_sqlite_without_leave_to_write_is_read_only(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with made(file, monkeypatch) as engine, engine.connect() as connection:
        connection.execute(text("PRAGMA query_only = ON"))
        with pytest.raises(StoreReadOnly):
            connection.execute(text(SAY))


def test_what_is_wrong_with_a_statement_stays_what_it_is(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with made(file, monkeypatch) as engine:
        say(engine)
        with pytest.raises(IntegrityError):
            say(engine)
        with pytest.raises(OperationalError), engine.connect() as connection:
            connection.execute(text("SELECT nothing"))


@pytest.fixture
def postgresql(postgres: Postgres) -> Iterator[Engine]:
    with postgres.database(empty=True) as url, opened(url) as engine:
        with engine.begin() as connection:
            connection.execute(text(MAKE))
        yield engine


def test_a_locked_postgresql_is_busy(postgresql: Engine) -> None:
    with postgresql.begin() as other:
        other.execute(text("LOCK TABLE said"))
        with postgresql.connect() as connection:
            connection.execute(text("SET LOCAL lock_timeout = '50ms'"))
            with pytest.raises(StoreBusy):
                connection.execute(text(SAY))
    say(postgresql)


def test_statements_on_postgresql_do_not_wait_for_ever(postgresql: Engine) -> None:
    with postgresql.connect() as connection:
        waits = connection.scalar(text("SHOW lock_timeout"))
    assert waits == f"{store_engine.LONGEST_LOCK}s"


def test_a_postgresql_that_takes_no_changes_is_read_only(postgresql: Engine) -> None:
    with postgresql.begin() as connection:
        connection.execute(text("SET TRANSACTION READ ONLY"))
        with pytest.raises(StoreReadOnly):
            connection.execute(text(SAY))


@pytest.mark.parametrize(
    ("state", "meaning"),
    [
        ("53100", StoreFull),
        ("53300", StoreBusy),
        ("57P01", StoreAway),
        ("57P03", StoreAway),
        ("08006", StoreAway),
        ("40P01", StoreBusy),
    ],
)
def test_each_state_of_postgresql_has_its_meaning(
    postgresql: Engine, state: str, meaning: type[StoreError]
) -> None:
    with pytest.raises(meaning), postgresql.connect() as connection:
        connection.execute(
            text(f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{state}'; END $$")
        )


def test_a_postgresql_that_does_not_answer_is_away() -> None:
    with opened("postgresql+psycopg://me@127.0.0.1:1/ttt") as engine, pytest.raises(StoreAway):
        say(engine)


def test_a_wrong_statement_on_postgresql_stays_what_it_is(postgresql: Engine) -> None:
    with pytest.raises(ProgrammingError), postgresql.connect() as connection:
        connection.execute(text("SELECT nothing"))


def test_connections_that_are_all_in_use_are_busy(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with made(file, monkeypatch) as engine:
        monkeypatch.setattr(engine.pool, "_timeout", 0.05)
        held = [engine.connect() for _ in range(15)]
        with pytest.raises(StoreBusy):
            engine.connect()
        for connection in held:
            connection.close()


@pytest.mark.parametrize(
    ("state", "meaning"),
    [("57P05", StoreAway), ("57014", StoreBusy), ("53200", StoreBusy), ("42601", None)],
)
def test_a_state_means_what_it_or_its_class_does(
    state: str, meaning: type[StoreError] | None
) -> None:
    error = psycopg.Error()
    error.sqlstate = state  # type: ignore[misc]
    found = troubles.meaning(error)
    assert (None if found is None else type(found)) is meaning
