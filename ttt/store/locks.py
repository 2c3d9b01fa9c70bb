"""Locks among all processes that share the database; one that dies lets go of its own."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, func, select

Release = Callable[[], object]
# Or a machine that lost its power would hold its locks for hours.
_NOTICE_DEATH = "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10"


@contextmanager
def held(engine: Engine, name: str) -> Iterator[None]:
    """Wait until nobody else holds a lock, and hold it within the block."""
    release = _take(engine, name, wait=True)
    try:
        yield
    finally:
        if release is not None:
            release()


def take(engine: Engine, name: str) -> Release | None:
    """Take a lock and return what lets go of it, None when somebody holds it."""
    return _take(engine, name, wait=False)


def _take(engine: Engine, name: str, *, wait: bool) -> Release | None:
    on_postgresql = engine.dialect.name == "postgresql"
    return (_take_advisory if on_postgresql else _take_file)(engine, name, wait)


def _take_file(engine: Engine, name: str, wait: bool) -> Release | None:
    # All processes that share a SQLite file are on its machine.
    folder = Path(engine.url.database or "").parent / "locks"
    folder.mkdir(exist_ok=True)
    lock = FileLock(folder / f"{name}.lock", thread_local=False)
    try:
        lock.acquire(timeout=-1 if wait else 0, poll_interval=0.02)
    except Timeout:
        return None
    return lock.release


def _take_advisory(engine: Engine, name: str, wait: bool) -> Release | None:
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    connection.exec_driver_sql(_NOTICE_DEATH)
    if wait:
        connection.exec_driver_sql("SET lock_timeout = 0")
    lock = func.pg_advisory_lock if wait else func.pg_try_advisory_lock
    taken = connection.scalar(select(lock(key)))
    if not wait and not taken:
        connection.close()
        return None

    def release() -> None:
        connection.execute(select(func.pg_advisory_unlock(key)))
        connection.close()

    return release
