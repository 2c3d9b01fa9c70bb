"""The database engine: SQLite in WAL mode or PostgreSQL, the same SQL on both."""

import sqlite3
from contextlib import suppress
from functools import cache
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from ttt.errors import SettingsError


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
        engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 15})
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    return create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_size=10)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The mode stays with the file. Locked means that another process sets it at this moment.
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
