"""DBOS's waits between two tries: they end with its work.

It tries what failed again after waits that grow to a minute and a half, and asks nobody whether
it was stopped; a process that ends would wait for each of these threads.
"""

import asyncio
import sys
import time
from threading import Event, Thread, current_thread
from typing import Any

from dbos import _outcome, _sys_db

_over = Event()


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
        if not (of_the_work and failed):
            time.sleep(seconds)
        elif _over.wait(seconds):
            # Neither is an Exception, which DBOS would keep as the end of a piece of work.
            raise asyncio.CancelledError if works else SystemExit


def _module(thread: Thread) -> str:
    """Where what the thread runs was written."""
    return str(getattr(getattr(thread, "_target", None), "__module__", ""))


def begin() -> None:
    """Let DBOS wait from now on."""
    for module in (_outcome, _sys_db):
        vars(module)["time"] = _Clock()
    _over.clear()


def end() -> None:
    """End all that waits in DBOS, and what would begin to."""
    _over.set()
