"""The database engine: SQLite in WAL mode or PostgreSQL, the same SQL on both."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import PoolProxiedConnection, QueuePool

from ttt.errors import SettingsError, StoreBusy
from ttt.store import troubles
from ttt.store.patience import PatientConnection

# Seconds that a statement waits for others; a page says so when they take longer.
LONGEST_LOCK = 15
TIMEOUT = 30.0
_CONNECT_SECONDS = 5
_POOL_SECONDS = 10
# Or a machine that lost its power would be waited for, and hold its locks, for hours.
_NOTICE_DEATH = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
_OPTIONS = (
    f"-c lock_timeout={LONGEST_LOCK}s -c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10"
)
_engines: dict[str, Engine] = {}
_making = Lock()


def connect(url: str, timeout: float = TIMEOUT, *, pooled: bool = False) -> Engine:
    """Return the process's engine for a URL; nothing is opened before the first query.

    On PostgreSQL no statement takes longer than `timeout` seconds; `pooled` is for a URL that leads
    to PgBouncer, which hands each transaction to another connection of its own.
    """
    with _making:
        if url not in _engines:
            _engines[url] = make(url, timeout, pooled=pooled)
        return _engines[url]


@contextmanager
def endless(connection: Connection) -> Iterator[None]:
    """Within the block, statements may take as long as they take."""
    found: Any = connection.connection.dbapi_connection
    if not hasattr(found, "patience"):  # SQLite
        yield
        return
    patience, found.patience = found.patience, None
    connection.exec_driver_sql("SET statement_timeout = 0; SET lock_timeout = 0")
    try:
        yield
    finally:
        found.patience = patience
        if found.info.transaction_status.name in {"IDLE", "INTRANS"}:
            connection.exec_driver_sql("RESET statement_timeout; RESET lock_timeout")


def make(url: str, timeout: float = TIMEOUT, *, pooled: bool = False) -> Engine:
    """Make an engine of one's own, which the caller disposes of."""
    try:
        is_sqlite = make_url(url).get_backend_name() == "sqlite"
    except (ValueError, ArgumentError):
        # The URL is not repeated: it may hold a password.
        raise SettingsError("TTT_DATABASE_URL cannot be understood") from None
    engine = _sqlite(url) if is_sqlite else _postgresql(url, timeout, pooled)
    troubles.told_by(engine)
    return engine


# Without hide_parameters a failed insert prints people's data into the log.
def _sqlite(url: str) -> Engine:
    engine = create_engine(
        url, hide_parameters=True, poolclass=_Pool, connect_args={"timeout": LONGEST_LOCK}
    )
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _postgresql(url: str, timeout: float, pooled: bool) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        poolclass=_Pool,
        pool_pre_ping=True,
        pool_size=10,
        pool_timeout=_POOL_SECONDS,
    )

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, _record: Any, arguments: Any, options: dict[str, Any]) -> Any:
        given = options.pop("options", "")
        limits = f"{given} -c statement_timeout={timeout * 1000:.0f} {_OPTIONS}"
        with_limits = {"connect_timeout": _CONNECT_SECONDS, **_NOTICE_DEATH, **options}
        connection = PatientConnection.connect(*arguments, **with_limits, options=limits.strip())
        connection.patience = timeout + PatientConnection.GRACE
        if pooled:
            connection.prepare_threshold = None  # they stay behind at the former connection
        return connection

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
    # Its usual 2 MB hold less than the indexes of a long history, which are then read in circles.
    connection.execute("PRAGMA cache_size = -4000")
    # Four times its usual: pages that change again and again are carried over less often.
    connection.execute("PRAGMA wal_autocheckpoint = 4000")
