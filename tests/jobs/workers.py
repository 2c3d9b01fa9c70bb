"""Working processes that can be killed: started by a server of forks, which has all loaded."""

import multiprocessing
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from time import monotonic, sleep
from typing import Any

from tests.answering import DEADLINE
from ttt.jobs import worker, workflows
from ttt.services.context import open_context
from ttt.settings import Settings
from ttt.store import locks

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload([__name__])


@contextmanager
def started(settings: Settings) -> Iterator[BaseProcess]:
    """A process that works until the block ends, or until it is killed."""
    process = _forks.Process(
        target=_work, args=(settings.model_dump(exclude_unset=True),), daemon=True
    )
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()


def eventually(is_so: Callable[[], Any]) -> None:
    """Wait until something is so, and fail when that takes too long."""
    deadline = monotonic() + DEADLINE
    while not is_so():
        assert monotonic() < deadline
        sleep(0.02)


def _work(settings: dict[str, Any]) -> None:
    worker.LOOK_EVERY = workflows.LOOK_EVERY = 0.05
    locks.SETTLED_AFTER = 0.0  # PostgreSQL was started for the tests
    with worker.working(open_context(Settings(_env_file=None, **settings))):
        threading.Event().wait()
