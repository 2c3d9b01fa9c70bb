"""Processes that die at a commit: nothing of what it would have kept is kept, nothing comes after.

Between two commits a database holds the same, wherever a process dies between them; so dying at
each commit in turn is dying at every step.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from sqlalchemy import Connection, Engine, event


class Death(BaseException):
    """What no code catches: the process is gone."""


@contextmanager
def dying(engine: Engine, at: int) -> Iterator[list[int]]:
    """Within the block, the commit of that number (from 1) and all after it never happen.

    Yields how many did, in a list of one number.
    """
    done = [0]

    def commit(connection: Connection) -> None:
        if done[0] + 1 >= at:
            driver: Any = connection.connection.dbapi_connection
            driver.rollback()  # as the server does when a process is gone
            raise Death
        done[0] += 1

    event.listen(engine, "commit", commit)
    try:
        yield done
    finally:
        event.remove(engine, "commit", commit)


def died_at_each(engine: Engine, work: Callable[[int], None]) -> Iterator[int]:
    """Do some work again and again, each time to one commit more, until it comes to its end.

    Yields after each death the number of the commit that it died at; `work` is given it.
    """
    for at in count(1):
        try:
            with dying(engine, at):
                work(at)
        except Death:
            yield at
        else:
            return
