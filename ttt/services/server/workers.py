"""Names of the processes that work in the background, each held by one of them at a time."""

import time
from collections.abc import Callable

from ttt.services.context import Context
from ttt.store import locks
from ttt.store.locks import Hold, Kept

__all__ = ["Hold", "Kept", "take", "take_name"]

_MOST = 64


def take_name(context: Context, sleep: Callable[[float], object] = time.sleep) -> tuple[str, Hold]:
    """Take the first name that no living process has; return it and the hold on it.

    So a process that comes back has the name of the one that died, and goes on with its work.
    After a restart of PostgreSQL those that live come first, as they have lost their names with
    their connections.
    """
    sleep(locks.unsettled(context.direct))
    for number in range(1, _MOST + 1):
        name = f"worker-{number}"
        hold = locks.take(context.direct, name)
        if hold is not None:
            return name, hold
    raise RuntimeError(f"more than {_MOST} processes work on one database")


def take(context: Context, name: str) -> Hold | None:
    """Take a name of a process that does not live; None when one has it, or may come back."""
    if locks.unsettled(context.direct):
        return None
    return locks.take(context.direct, name)
