"""Names of the processes that work in the background, each held by one of them at a time."""

from collections.abc import Callable

from ttt.services.context import Context
from ttt.store import locks

_MOST = 64
Release = Callable[[], object]


def take_name(context: Context) -> tuple[str, Release]:
    """Take the first name that no living process has; return it and what gives it back.

    So a process that comes back has the name of the one that died, and goes on with its work.
    """
    for number in range(1, _MOST + 1):
        name = f"worker-{number}"
        release = take(context, name)
        if release is not None:
            return name, release
    raise RuntimeError(f"more than {_MOST} processes work on one database")


def take(context: Context, name: str) -> Release | None:
    """Take a name and return what gives it back; None when a living process has it."""
    return locks.take(context.engine, name)
