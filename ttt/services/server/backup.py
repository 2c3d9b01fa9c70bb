"""Copies of a SQLite database: taken while the app runs, put back while it does not."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import make_url

from ttt.errors import InvalidInput, NotFound
from ttt.services.context import Context, prepare
from ttt.store import migrate

_MAGIC = b"SQLite format 3"
_BESIDE = ("", "-wal", "-shm")  # a database and what SQLite keeps next to it


def backup(context: Context, file: Path, *, force: bool = False) -> None:
    """Write a consistent copy of the database; an existing file is replaced only by `force`."""
    database = _database_file(context)
    if not database.exists():
        raise NotFound("database")
    if file.exists() and (not force or file.samefile(database)):
        raise InvalidInput(f"{file} exists already: choose another name, or replace it by --force.")
    if not file.parent.is_dir():
        raise InvalidInput(f"There is no folder {file.parent}.")
    with _copied(database, file.parent) as copy:
        copy.replace(file)


def restore(context: Context, file: Path) -> Path | None:
    """Put a copy in the database's place; return where the database before it is kept.

    InvalidInput when the file is no whole copy of this app's database, or the app is running.
    """
    database = _database_file(context)
    if not file.is_file():
        raise NotFound("file")
    _require_ours(file)
    context.engine.dispose()
    _require_unused(database)
    with _copied(file, database.parent) as copy:
        kept = _set_aside(database)
        copy.replace(database)
    prepare(context)
    return kept


def _database_file(context: Context) -> Path:
    url = make_url(context.settings.database)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise InvalidInput(
            "This is for SQLite only: copy a PostgreSQL database by pg_dump and pg_restore."
        )
    return Path(url.database)


@contextmanager
def _copied(source: Path, folder: Path) -> Iterator[Path]:
    # A folder of its own is closed to others, and the copy holds password hashes.
    with TemporaryDirectory(dir=folder, prefix=".ttt-") as draft:
        copy = Path(draft) / "copy.sqlite3"
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(copy)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        copy.chmod(0o600)
        yield copy


def _require_ours(file: Path) -> None:
    try:
        with closing(
            sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            connection.execute("SELECT count(*) FROM user_account")
    except sqlite3.DatabaseError:
        raise InvalidInput(f"{file} is not a backup of this app.") from None
    if not whole:
        raise InvalidInput(f"{file} is damaged.")
    if revision is None or not migrate.knows(revision[0]):
        raise InvalidInput(f"{file} was made by a newer version of the app: install that first.")


def _require_unused(database: Path) -> None:
    if not database.exists() or not _begins_as_sqlite(database):
        return  # nothing that anybody could use; SQLite would delete the log beside it
    try:
        with closing(sqlite3.connect(database, timeout=0)) as connection:
            # In WAL mode this is possible only while nobody else has the database open.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        raise InvalidInput("The database is in use: stop the app first.") from None
    except sqlite3.DatabaseError:
        return  # damaged, which is why somebody restores a copy


def _begins_as_sqlite(file: Path) -> bool:
    with file.open("rb") as content:
        return content.read(len(_MAGIC)) == _MAGIC


def _set_aside(database: Path) -> Path | None:
    if not database.exists():
        return None
    names = (f"{database.name}.before-restore{n or ''}" for n in count())
    kept = next(database.with_name(name) for name in names if not database.with_name(name).exists())
    for suffix in _BESIDE:
        beside = database.with_name(database.name + suffix)
        if beside.exists():
            beside.rename(kept.with_name(kept.name + suffix))
    return kept
