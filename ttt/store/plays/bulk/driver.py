"""The driver's connection below SQLAlchemy's, for what only it can do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection

from ttt.errors import StoreAway
from ttt.store import troubles


def is_postgresql(connection: Connection) -> bool:
    """Whether it is PostgreSQL that is talked to, and so COPY can be used."""
    return connection.dialect.name == "postgresql"


@contextmanager
def cursor(connection: Connection) -> Iterator[Any]:
    """A cursor in the connection's transaction; it fails in the words of ttt.errors too."""
    driver: Any = connection.connection.dbapi_connection
    try:
        made = driver.cursor()
        try:
            yield made
        finally:
            made.close()
    except (sqlite3.Error, psycopg.Error) as error:
        meant = troubles.meaning(error)
        if isinstance(meant, StoreAway):
            connection.invalidate(error)
        raise meant or error from error
