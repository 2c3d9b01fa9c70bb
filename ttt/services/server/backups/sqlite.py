"""Copies of SQLite files: the database, and beside it the work that is under way."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import make_url

from ttt.errors import InvalidInput, NotFound
from ttt.services.context import Context, prepare
from ttt.settings import Settings
from ttt.store import migrate

JOBS_SUFFIX = ".jobs"
_MAGIC = b"SQLite format 3"
_ALL = 2**31 - 1
_EMPTY_CELL = re.compile(r"NULL value in (\w+)\.(\w+)")
_BESIDE = ("", "-wal", "-shm")  # a database and what SQLite keeps next to it


def take(context: Context, file: Path) -> None:
    """Write a consistent, checked copy; whatever is wrong, what is at `file` stays."""
    database = database_file(context)
    if not database.exists():
        raise NotFound("database")
    jobs = _jobs_file(context.settings)
    with _copied(database, file.parent) as copy:
        require_whole(copy, "The database")
        if not jobs.exists():
            copy.replace(file)
            return
        with _copied(jobs, file.parent) as work:  # later, so that it knows no less
            require_whole(work, "The database of jobs")
            copy.replace(file)
            work.replace(jobs_of(file))


def put_back(context: Context, file: Path) -> Path | None:
    """Put a copy in the database's place; return where the database before it is kept.

    Whatever ends it before its end, the database and its work are as they were.
    """
    database = database_file(context)
    require_ours(file)
    work = jobs_of(file)
    if work.exists():
        require_whole(work, str(work))
    context.engine.dispose()
    _require_unused(database)
    with ExitStack() as replaced:
        kept = replaced.enter_context(_replaced(database, file))
        if work.exists():
            replaced.enter_context(_replaced(_jobs_file(context.settings), work))
        replaced.callback(context.engine.dispose)
        prepare(context)
    return kept


def jobs_of(file: Path) -> Path:
    """Where the work goes that belongs to a copy."""
    return file.with_name(file.name + JOBS_SUFFIX)


def database_file(context: Context) -> Path:
    """The database."""
    return Path(make_url(context.settings.database).database or "")


def require_ours(file: Path) -> None:
    """InvalidInput that says what is wrong, unless a file is a whole copy of this app's."""
    if file.stat().st_size == 0:
        raise InvalidInput(f"{file} is empty.")
    if not is_one(file):
        raise InvalidInput(f"{file} is not a backup of this app: it is no SQLite file.")
    require_whole(file, str(file))
    try:
        with closing(_opened(file)) as connection:
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            connection.execute("SELECT count(*) FROM user_account")
    except sqlite3.DatabaseError as error:
        raise InvalidInput(f"{file} is not a backup of this app: {error}.") from None
    if revision is None or not migrate.knows(revision[0]):
        raise InvalidInput(f"{file} was made by a newer version of the app: install that first.")


def is_one(file: Path) -> bool:
    """Whether a file begins as those of SQLite do."""
    with file.open("rb") as content:
        return content.read(len(_MAGIC)) == _MAGIC


def require_whole(file: Path, name: str) -> None:
    """InvalidInput with the first thing that SQLite finds wrong in a file."""
    if trouble := damage(file):
        raise InvalidInput(f"{name} is damaged: {trouble}.")


def damage(file: Path) -> str:
    """What SQLite finds wrong in a file, "" when it is whole."""
    try:
        with closing(_opened(file)) as connection:
            found = next(_wrong(connection), "")
            orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    if found:
        return " ".join(found.split()).removeprefix("*** in database main *** ")
    if orphan is not None:
        return f"a row of {orphan[0]} refers to a row of {orphan[2]} that is not there"
    return ""


def _wrong(connection: sqlite3.Connection) -> Iterator[str]:
    """What SQLite finds wrong.

    Its 3.40, as Debian 12 has it, takes cells for empty in a table that is stored by a key of which
    a column stands behind others, so each such word of it is looked after.
    """
    filled = set[str]()
    for (said,) in connection.execute(f"PRAGMA integrity_check({_ALL})"):
        empty = _EMPTY_CELL.fullmatch(said)
        if empty and said not in filled:
            table, column = empty.groups()  # of letters alone
            # Where none may be, "IS NULL" is answered without looking.
            looked = f"SELECT 1 FROM {table} WHERE typeof({column}) = 'null' LIMIT 1"  # noqa: S608  # nosec B608
            if connection.execute(looked).fetchone() is None:
                filled.add(said)
        if said != "ok" and said not in filled:
            yield said


def _opened(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _jobs_file(settings: Settings) -> Path:
    return Path(make_url(settings.jobs_database).database or "")


@contextmanager
def _copied(source: Path, folder: Path) -> Iterator[Path]:
    # A folder of its own is closed to others, and the copy holds password hashes.
    with TemporaryDirectory(dir=folder, prefix=".ttt-") as draft:
        copy = Path(draft) / "copy.sqlite3"
        try:
            with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(copy)) as new:
                old.backup(new)
                new.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        except sqlite3.DatabaseError as error:
            raise InvalidInput(f"{source} is damaged: {error}.") from None
        copy.chmod(0o600)
        yield copy


def _require_unused(database: Path) -> None:
    if not database.exists() or not is_one(database):
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


@contextmanager
def _replaced(database: Path, file: Path) -> Iterator[Path | None]:
    """A copy in a database's place, which comes back if the block fails; tell where it is kept."""
    with _copied(file, database.parent) as copy:
        kept = _set_aside(database)
        try:
            copy.replace(database)
            yield kept
        except BaseException:
            _bring_back(database, kept)
            raise


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


def _bring_back(database: Path, kept: Path | None) -> None:
    for suffix in _BESIDE:
        database.with_name(database.name + suffix).unlink(missing_ok=True)
        if kept is not None and (beside := kept.with_name(kept.name + suffix)).exists():
            beside.rename(database.with_name(database.name + suffix))
