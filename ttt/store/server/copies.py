"""What copies of a database are checked by: rows counted, scratch databases made and dropped."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL, Engine, func, inspect, select, text
from sqlalchemy.exc import ProgrammingError

from ttt.models import User
from ttt.store import engine as engines

_NAME = "ttt_verify"


def counts(engine: Engine) -> dict[str, int]:
    """Rows in each table of the app that is there."""
    there = set(inspect(engine).get_table_names())
    with engine.connect() as connection, engines.endless(connection):
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in User.metadata.sorted_tables
            if table.name in there
        }


def missing(engine: Engine) -> set[str]:
    """Tables of the app that are not there."""
    return set(User.metadata.tables) - set(inspect(engine).get_table_names())


def others(engine: Engine) -> int:
    """How many other connections there are to a PostgreSQL database."""
    engine.dispose()
    with engine.connect() as connection:
        found = connection.execute(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
        )
        return int(found.scalar_one())


def empty(engine: Engine) -> None:
    """Drop everything in a PostgreSQL database."""
    with engine.begin() as connection, engines.endless(connection):
        for schema in ("dbos", "public"):
            connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))


@contextmanager
def scratch(engine: Engine) -> Iterator[URL | None]:
    """URL of a new PostgreSQL database, dropped at the end; None when none may be made."""
    administer = engine.execution_options(isolation_level="AUTOCOMMIT")
    with administer.connect() as connection:
        pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        name = f"{_NAME}_{pid:d}"
        try:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template0")
        except ProgrammingError:
            yield None
            return
        try:
            yield engine.url.set(database=name)
        finally:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
