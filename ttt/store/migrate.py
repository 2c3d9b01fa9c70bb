"""Brings the database to the newest revision with Alembic."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, text

from ttt.errors import SettingsError
from ttt.store.engine import endless
from ttt.store.server import way_back

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7423901


def upgrade(
    engine: Engine,
    to: str = "head",
    *,
    copied: tuple[URL, Path] | None = None,
    patiently: bool = False,
) -> None:
    """Run the missing migrations in one transaction; processes that start together take turns.

    A copy from before is kept beside a SQLite database, and of PostgreSQL where `copied` says by
    which URL and into which folder, `patiently` however long that takes. InvalidInput when there
    can be none: then nothing is migrated. SettingsError when a newer version of the app has used
    the database.
    """
    config = _config()
    with _alone(engine) as connection:
        now_at = MigrationContext.configure(connection).get_current_revision()
        if now_at is not None and not knows(now_at):
            raise SettingsError(
                f"TTT_DATABASE_URL leads to a database of a newer version ({now_at})"
            )
        way_back.keep(engine, now_at, newest())
        if copied is not None:
            way_back.dump(connection, *copied, now_at, newest(), patiently=patiently)
        if to == "head" and now_at == newest():
            return  # without reading every migration only to run none
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def revision(engine: Engine) -> str | None:
    """Revision that the database is at, None when it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@cache
def newest() -> str | None:
    """Revision that this version of the app needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


@cache
def knows(revision: str) -> bool:
    """Whether this version of the app has the revision, so that it can migrate from it."""
    known = ScriptDirectory.from_config(_config()).walk_revisions()
    return any(script.revision == revision for script in known)


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other process migrates beside."""
    if engine.dialect.name == "postgresql":
        # Another process may migrate for minutes, and so may we.
        with engine.begin() as connection, endless(connection):
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            yield connection
        return
    # SQLite makes a changed table anew and drops the old one, which would delete all that refers
    # to its rows. A connection of its own, as this cannot be switched within a transaction.
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.commit()
        try:
            with connection.begin():
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                yield connection
        finally:
            connection.exec_driver_sql("PRAGMA foreign_keys = ON")


def is_whole(name: str | None, kind: str, parents: Any) -> bool:
    """Whether something in the database is a table of the models, and no partition of one."""
    table = name if kind == "table" else parents.get("table_name")
    return not (table or "").startswith("play_") or not (table or "")[5:].isdigit()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
