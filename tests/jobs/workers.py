"""Working processes that can be killed: started by a server of forks, which has all loaded."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from multiprocessing.process import BaseProcess
from os import getpid, kill
from signal import SIGKILL
from time import monotonic, sleep
from typing import Any

from sqlalchemy import event

from tests.surroundings.answering import DEADLINE
from tests.surroundings.forks import FORKS
from ttt.jobs import worker, workflows
from ttt.services.context import open_context
from ttt.settings import Settings
from ttt.store import locks


@contextmanager
def started(
    settings: Settings,
    *,
    dies_at: int | None = None,
    address: str = "",
    looks_every: float = 0.2,
) -> Iterator[BaseProcess]:
    """A process that works until the block ends, or until it is killed.

    With `dies_at` it kills itself in the place of that commit (from 1) of its database; with an
    `address` all its connections to ports of this machine come from there.
    """
    given = settings.model_dump(exclude_unset=True)
    process = FORKS.Process(target=_work, args=(given, dies_at, address, looks_every), daemon=True)
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


def _work(settings: dict[str, Any], dies_at: int | None, address: str, looks_every: float) -> None:
    if address:
        _come_from(address)
    worker.LOOK_EVERY = workflows.LOOK_EVERY = looks_every
    locks.SETTLED_AFTER = 0.0  # PostgreSQL was started for the tests
    context = open_context(Settings(_env_file=None, **settings))
    if dies_at is not None:
        left = count(dies_at - 1, -1)
        event.listen(context.engine, "commit", lambda _: next(left) or kill(getpid(), SIGKILL))
    with worker.working(context):
        threading.Event().wait()


def _come_from(address: str) -> None:
    plain = socket.create_connection

    def create_connection(target: Any, *more: Any, **options: Any) -> socket.socket:
        return plain(target, *more, **options | {"source_address": (address, 0)})

    socket.create_connection = create_connection
