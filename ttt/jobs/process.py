"""The process that works: the services' context, and a name that survives a restart."""

import socket
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from ttt.services.context import Context

_MOST_PROCESSES = 64
_context: Context | None = None


def context() -> Context:
    """Dependencies of the services in this working process."""
    if _context is None:
        raise RuntimeError("no jobs are run in this process")
    return _context


def use(context: Context | None) -> None:
    """Let the workflows of this process use these dependencies."""
    global _context  # noqa: PLW0603  # DBOS calls workflows with their own arguments only
    _context = context


def take_name(folder: Path) -> tuple[str, FileLock]:
    """A name that no other living process on this machine has, and the lock that keeps it so.

    DBOS gives a dead process's unfinished work to the next one of the same name, and would give
    a living one's work to a second of the same name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, _MOST_PROCESSES + 1):
        lock = FileLock(folder / f"worker-{number}.lock", thread_local=False)
        with suppress(Timeout):
            lock.acquire(timeout=0)
            return f"{socket.gethostname()}-{number}", lock
    raise RuntimeError(f"more than {_MOST_PROCESSES} processes work in {folder}")
