"""What the driver refuses is raised, in the words of ttt.errors or in its own."""

import sqlite3
from typing import Any

import psycopg
import pytest
from sqlmodel import Session

from ttt.errors import StoreAway, StoreBusy
from ttt.store.plays.bulk import driver


def test_what_has_no_words_of_ours_is_raised_as_it_is(session: Session) -> None:
    errors = (sqlite3.OperationalError, psycopg.Error)
    with pytest.raises(errors), driver.cursor(session.connection()) as cursor:
        cursor.execute("this is no SQL")


class Broken:
    """A connection whose cursor fails, and that notes what is done with it."""

    def __init__(self, error: Exception) -> None:
        self.error, self.dropped, self.closed = error, list[Exception](), 0
        self.connection = self.dbapi_connection = self

    def cursor(self) -> Any:
        return self

    def execute(self) -> None:
        raise self.error

    def close(self) -> None:
        self.closed += 1

    def invalidate(self, error: Exception) -> None:
        self.dropped.append(error)


def failing(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("no")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "meant", "dropped"),
    [
        (failing(sqlite3.SQLITE_IOERR), StoreAway, True),
        (failing(sqlite3.SQLITE_BUSY), StoreBusy, False),
        (failing(sqlite3.SQLITE_ERROR), sqlite3.OperationalError, False),
        (psycopg.OperationalError("gone"), StoreAway, True),
    ],
)
def test_a_connection_to_a_database_that_is_away_is_dropped(
    error: Exception, meant: type[Exception], dropped: bool
) -> None:
    connection: Any = Broken(error)
    with pytest.raises(meant), driver.cursor(connection) as cursor:
        cursor.execute()
    assert (bool(connection.dropped), connection.closed) == (dropped, 1)
