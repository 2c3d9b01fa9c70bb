"""A SQLite database that is really full: not one page more is there to be had."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def full(engine: Engine) -> Iterator[None]:
    """Let the database of an engine grow no further for as long as the block lasts."""

    def stop_growing(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # SQLite takes the pages there are

    event.listen(engine, "connect", stop_growing)
    engine.dispose()
    yield
    event.remove(engine, "connect", stop_growing)
    engine.dispose()
