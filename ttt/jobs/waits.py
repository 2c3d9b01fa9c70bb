"""DBOS's waits between two tries: they end with its work, and it waits for any lost database.

It tries what failed again after waits that grow to a minute and a half, and asks nobody whether
it was stopped; a process that ends would wait for each of these threads, and for its own start.
What it does not try again ends a piece of work for good. It goes by two sentences of PostgreSQL's
driver, and not by those of a socket or a host that is not there while the server starts again.
"""

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread, current_thread
from typing import Any

from dbos import _outcome, _sys_db
from dbos._utils import retriable_postgres_exception
from psycopg import OperationalError as PostgresAway
from sqlalchemy.exc import DBAPIError

_over = Event()
_starting: dict[Thread, Event] = {}


class Ended(BaseException):
    """A start was ended before it came to anything; no Exception, as DBOS would try again."""


class _Clock:
    """The module time, for modules of DBOS, with a sleep that can be ended."""

    def __getattr__(self, name: str) -> Any:
        return getattr(time, name)

    def sleep(self, seconds: float) -> None:
        """Sleep; with the work ends what sleeps after a failure, and leaves all as it is kept."""
        thread = current_thread()
        works = thread.name.startswith("dbos-executor")
        # Pages look at work by DBOS too, and wait as ever.
        of_the_work = works or _module(thread).startswith(("dbos.", "ttt.jobs."))
        failed = sys.exc_info()[1] is not None
        if failed and thread in _starting:
            rest(_starting[thread], seconds)
        elif not (of_the_work and failed):
            time.sleep(seconds)
        elif _over.wait(seconds):
            # Neither is an Exception, which DBOS would keep as the end of a piece of work.
            raise asyncio.CancelledError if works else SystemExit


def _module(thread: Thread) -> str:
    """Where what the thread runs was written."""
    return str(getattr(getattr(thread, "_target", None), "__module__", ""))


@contextmanager
def starting(asked_to_end: Event) -> Iterator[None]:
    """Let what waits in this thread, until the block ends, end by Ended where that is asked."""
    _starting[current_thread()] = asked_to_end
    try:
        yield
    finally:
        del _starting[current_thread()]


def rest(asked_to_end: Event, seconds: float) -> None:
    """Sleep between two tries to start; Ended as soon as that is asked."""
    if asked_to_end.wait(seconds):
        raise Ended


def is_tried_again(error: Exception) -> bool:
    """Whether what failed so is tried until it succeeds."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    # No answer at all has no state.
    is_away = isinstance(cause, PostgresAway) and cause.sqlstate is None
    return is_away or retriable_postgres_exception(error)


def begin() -> None:
    """Let DBOS wait from now on."""
    for module in (_outcome, _sys_db):
        vars(module)["time"] = _Clock()
    vars(_sys_db)["retriable_postgres_exception"] = is_tried_again
    _over.clear()


def end() -> None:
    """End all that waits in DBOS, and what would begin to."""
    _over.set()
