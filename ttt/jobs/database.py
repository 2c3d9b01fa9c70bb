"""The database that DBOS keeps work in."""

import sqlite3
from contextlib import closing
from functools import cache

from dbos import DBOS, DBOSClient, EnqueueOptions
from sqlalchemy import make_url

APPLICATION = "top-track-tracker"


@cache
def prepare(url: str) -> None:
    """Make the database where it is missing, and bring it up to date; once a process."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(address.database or "")) as connection:
            # Stays with the file, and halves the time that writing takes.
            connection.execute("PRAGMA journal_mode = WAL")
    DBOS.migrate(url)


@cache
def client(url: str) -> DBOSClient:
    """What puts work in and looks at it, in any process; it never waits for a lost database."""
    prepare(url)
    return DBOSClient(
        system_database_url=url, application_name=APPLICATION, retry_connection_errors=False
    )


def enqueue(url: str, work: str, name: str, owner: str | None, *arguments: object) -> None:
    """Put work for its owner on the queue that is named as it is; once for a name."""
    options: EnqueueOptions = {"workflow_name": work, "queue_name": work, "workflow_id": name}
    if owner is not None:
        options["authenticated_user"] = owner
    client(url).enqueue(options, *arguments)
