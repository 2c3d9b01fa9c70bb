"""A start that comes before its database waits for it, as machines start things in any order."""

import logging
import time
from collections.abc import Callable

from sqlalchemy.exc import OperationalError

from ttt.errors import StoreError
from ttt.services.context import Context

_EVERY = 1.0
_log = logging.getLogger("ttt")


def wait_for_database(
    context: Context,
    told: Callable[[str], object] = _log.warning,
    sleep: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> None:
    """Return when the database answers; StoreError when it has not in TTT_DATABASE_WAIT."""
    if context.engine.dialect.name == "sqlite":
        return
    gives_up_at, waiting = clock() + context.settings.database_wait, False
    while True:
        try:
            with context.engine.connect():
                return
        except (OperationalError, StoreError):
            if clock() >= gives_up_at:
                raise
        if not waiting:
            told(f"Waiting up to {context.settings.database_wait:.0f} seconds for the database.")
            waiting = True
        sleep(_EVERY)
