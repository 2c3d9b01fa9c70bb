"""Locks among all processes that share the database; one that dies lets go of its own.

On PostgreSQL a lock belongs to a connection. When that is lost, because the server was restarted
for example, so is the lock: whoever holds it for long has to look (`keep`), and whoever comes new
has to let the former holders come back first (`unsettled`).
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from pathlib import Path
from threading import Lock
from typing import Protocol

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import SQLAlchemyError

from ttt.errors import StoreError
from ttt.store.engine import endless

# Former holders look for their locks more often than this.
SETTLED_AFTER = 10.0
_TROUBLE = (SQLAlchemyError, StoreError)


class Kept(Enum):
    """What became of a lock that is held for long."""

    HELD = "held"
    AGAIN = "lost with its connection, and taken again"
    LOST = "lost, and another has it now"


class Hold(Protocol):
    """A lock that is held."""

    def __call__(self) -> None:
        """Let go; never an error, as a lock that is lost is let go of."""

    def keep(self) -> Kept:
        """Look whether it is still held, and take it again if not.

        StoreError while the database cannot be asked.
        """


@contextmanager
def held(engine: Engine, name: str) -> Iterator[None]:
    """Wait until nobody else holds a lock, and hold it within the block.

    What was done is done: that the lock was lost meanwhile is no error.
    """
    release = _take(engine, name, wait=True)
    try:
        yield
    finally:
        if release is not None:
            release()


def take(engine: Engine, name: str) -> Hold | None:
    """Take a lock and return what lets go of it, None when somebody holds it."""
    return _take(engine, name, wait=False)


def key(name: str) -> int:
    """What PostgreSQL knows a lock by: 64 bits, signed."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)


def unsettled(engine: Engine) -> float:
    """Seconds for which holders of locks may still come back after a restart of PostgreSQL."""
    if engine.dialect.name != "postgresql":
        return 0.0
    with engine.connect() as connection:
        runs_for = connection.exec_driver_sql(
            "SELECT extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())"
        ).scalar_one()
    return max(0.0, min(SETTLED_AFTER, SETTLED_AFTER - float(runs_for)))


def _take(engine: Engine, name: str, *, wait: bool) -> Hold | None:
    if engine.dialect.name == "postgresql":
        lock = _Advisory(engine, name)
        return lock if lock.take(wait) else None
    return _File.taken(engine, name, wait)


class _File:
    """A lock on a file: all processes that share a SQLite file are on its machine."""

    def __init__(self, lock: FileLock) -> None:
        self._lock = lock

    @classmethod
    def taken(cls, engine: Engine, name: str, wait: bool) -> "_File | None":
        folder = Path(engine.url.database or "").parent / "locks"
        folder.mkdir(exist_ok=True)
        lock = FileLock(folder / f"{name}.lock", thread_local=False)
        try:
            lock.acquire(timeout=-1 if wait else 0, poll_interval=0.02)
        except Timeout:
            return None
        return cls(lock)

    def __call__(self) -> None:
        self._lock.release()

    def keep(self) -> Kept:
        return Kept.HELD


class _Advisory:
    """A lock of a connection to PostgreSQL."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._key = key(name)
        self._connection: Connection | None = None
        self._let_go = False
        self._turn = Lock()

    def take(self, wait: bool) -> bool:
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            if wait:
                with endless(connection):
                    connection.execute(select(func.pg_advisory_lock(self._key)))
                taken = True
            else:
                taken = bool(connection.scalar(select(func.pg_try_advisory_lock(self._key))))
        except BaseException:
            _drop(connection)
            raise
        if taken:
            self._connection = connection
        else:
            connection.close()
        return taken

    def keep(self) -> Kept:
        with self._turn:
            if self._let_go:
                return Kept.LOST
            if self._connection is not None:
                try:
                    self._connection.exec_driver_sql("SELECT 1")
                except _TROUBLE:
                    _drop(self._connection)
                    self._connection = None
                else:
                    return Kept.HELD
            return Kept.AGAIN if self.take(wait=False) else Kept.LOST

    def __call__(self) -> None:
        with self._turn:
            connection, self._connection, self._let_go = self._connection, None, True
        if connection is None:
            return
        try:
            connection.execute(select(func.pg_advisory_unlock(self._key)))
            connection.close()
        except _TROUBLE:
            _drop(connection)


def _drop(connection: Connection) -> None:
    with suppress(*_TROUBLE):
        connection.invalidate()
    with suppress(*_TROUBLE):
        connection.close()
