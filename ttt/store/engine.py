"""The database engine: SQLite in WAL mode or PostgreSQL, the same SQL on both."""

from functools import cache
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url


@cache
def connect(url: str) -> Engine:
    """Return the process's engine for a URL; nothing is opened before the first query."""
    # Without hide_parameters a failed insert prints people's data into the log.
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 15})
        event.listen(engine, "connect", _prepare_sqlite)
        return engine
    return create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_size=10)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
