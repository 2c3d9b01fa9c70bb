"""The database engine: SQLite in WAL mode or PostgreSQL, the same SQL on both."""

import sqlite3
from contextlib import suppress
from functools import cache
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import PoolProxiedConnection, QueuePool

from ttt.errors import SettingsError, StoreBusy
from ttt.store import troubles

# Seconds that a statement waits for others; a page says so when they take longer.
LONGEST_LOCK = 15
_LONGEST_CONNECT = 10
_OPTIONS = f"-c lock_timeout={LONGEST_LOCK}s"


@cache
def connect(url: str) -> Engine:
    """Return the process's engine for a URL; nothing is opened before the first query."""
    try:
        is_sqlite = make_url(url).get_backend_name() == "sqlite"
    except (ValueError, ArgumentError):
        # The URL is not repeated: it may hold a password.
        raise SettingsError("TTT_DATABASE_URL cannot be understood") from None
    # Without hide_parameters a failed insert prints people's data into the log.
    if is_sqlite:
        engine = create_engine(
            url, hide_parameters=True, poolclass=_Pool, connect_args={"timeout": LONGEST_LOCK}
        )
        event.listen(engine, "connect", _prepare_sqlite)
    else:
        engine = create_engine(
            url,
            hide_parameters=True,
            poolclass=_Pool,
            pool_pre_ping=True,
            pool_size=10,
            connect_args={"connect_timeout": _LONGEST_CONNECT, "options": _OPTIONS},
        )
    troubles.told_by(engine)
    return engine


class _Pool(QueuePool):
    """Says that the database is busy when all connections are in use."""

    def connect(self) -> PoolProxiedConnection:
        try:
            return super().connect()
        except PoolTimeout as error:
            raise StoreBusy from error


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The mode stays with the file. Locked means that another process sets it at this moment.
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
