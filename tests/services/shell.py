"""A command on the same machine as the app: another process, with connections of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from ttt.services.context import Context
from ttt.store import engine as store_engine


@contextmanager
def beside(context: Context) -> Iterator[Context]:
    """The services as the command has them."""
    engine = store_engine.make(context.settings.database)
    try:
        yield replace(context, engine=engine)
    finally:
        engine.dispose()
