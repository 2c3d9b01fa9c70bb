"""What it means, in the words of ttt.errors, when the database cannot be used.

Told once, for every statement of an engine; what is wrong with a statement itself stays as it is.
"""

import sqlite3

from psycopg import Error as PostgresError
from psycopg import OperationalError as PostgresAway
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from ttt.errors import StoreAway, StoreBusy, StoreError, StoreFull, StoreReadOnly

_SQLITE: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_BUSY: StoreBusy,
    sqlite3.SQLITE_LOCKED: StoreBusy,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_READONLY: StoreReadOnly,
    sqlite3.SQLITE_CANTOPEN: StoreAway,
    sqlite3.SQLITE_IOERR: StoreAway,
    sqlite3.SQLITE_NOTADB: StoreAway,
    sqlite3.SQLITE_CORRUPT: StoreAway,
}
# By SQLSTATE, or by its class of two signs.
_POSTGRESQL: dict[str, type[StoreError]] = {
    "25006": StoreReadOnly,  # read_only_sql_transaction
    "42501": StoreReadOnly,  # insufficient_privilege
    "53100": StoreFull,  # disk_full
    "53": StoreBusy,  # too many connections, out of memory
    "55P03": StoreBusy,  # lock_not_available
    "57014": StoreBusy,  # a statement that took longer than it may
    "40": StoreBusy,  # deadlocks and the like
    "57P": StoreAway,  # shutting down, starting
    "08": StoreAway,  # the connection broke
    "58": StoreAway,  # the system below it failed
}


def told_by(engine: Engine) -> None:
    """Let an engine raise the errors of ttt.errors where the database cannot be used."""
    event.listen(engine, "handle_error", _translate)


def meaning(error: BaseException | None) -> StoreError | None:
    """What an error of a driver means, None for one of a statement's own."""
    match error:
        case sqlite3.Error():
            kind = _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        case PostgresError(sqlstate=str(state)):
            steps = (state, state[:3], state[:2])
            kind = next((_POSTGRESQL[step] for step in steps if step in _POSTGRESQL), None)
        case PostgresAway():
            kind = StoreAway  # no answer at all has no state
        case _:
            kind = None
    return None if kind is None else kind()


def _translate(context: ExceptionContext) -> None:
    if context.is_pre_ping:
        return  # the pool opens another connection
    found = meaning(context.original_exception)
    if found is not None:
        raise found from context.original_exception
