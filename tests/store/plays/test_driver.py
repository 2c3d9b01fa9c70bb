"""What the driver refuses is raised, in the words of ttt.errors or in its own."""

import sqlite3

import psycopg
import pytest
from sqlmodel import Session

from ttt.store.plays.bulk import driver


def test_what_has_no_words_of_ours_is_raised_as_it_is(session: Session) -> None:
    errors = (sqlite3.OperationalError, psycopg.Error)
    with pytest.raises(errors), driver.cursor(session.connection()) as cursor:
        cursor.execute("this is no SQL")
