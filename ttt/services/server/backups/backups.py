"""Takes copies of the database, by hand and once a day, and puts them back."""

from datetime import timedelta
from pathlib import Path
from types import ModuleType

from ttt.errors import InvalidInput, NotFound
from ttt.services.context import Context
from ttt.services.server.backups import generations, moving, postgresql, sqlite

# A night may be missed, two not.
STALE_AFTER = timedelta(hours=36)


def backup(context: Context, file: Path, *, force: bool = False) -> Path:
    """Write a checked copy; into a folder under the time, where the oldest go. Return its path.

    An existing file is replaced only by `force`, and by nothing that is not whole.
    """
    if file.is_dir():
        return _next_generation(context, file)
    if file.exists() and (not force or _is_database(context, file)):
        raise InvalidInput(f"{file} exists already: choose another name, or replace it by --force.")
    if not file.parent.is_dir():
        raise InvalidInput(f"There is no folder {file.parent}.")
    tools(context).take(context, file)
    return file


def restore(context: Context, file: Path) -> Path | None:
    """Put a copy in the database's place; return where the database before it is kept.

    PostgreSQL takes copies of SQLite as well. InvalidInput when the file is no whole copy of this
    app's database, or the app is running.
    """
    if not file.is_file():
        raise NotFound("file")
    moves = tools(context) is postgresql and tools(context, file) is sqlite
    kept: Path | None = (moving if moves else tools(context)).put_back(context, file)
    return kept


def daily(context: Context) -> str:
    """Check the database, and take the day's copy where TTT_BACKUP_DIR says; return what was done.

    InvalidInput says what is wrong.
    """
    on_sqlite = tools(context) is sqlite
    folder = context.settings.backup_dir
    if folder is None:
        if on_sqlite:
            sqlite.require_whole(sqlite.database_file(context), "The database")
        return "The database is whole." if on_sqlite else "PostgreSQL looks after itself."
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return f"The database is copied to {_next_generation(context, folder)}."


def trouble(context: Context) -> str:
    """What is wrong with the copies in TTT_BACKUP_DIR, "" when nothing is."""
    folder = context.settings.backup_dir
    if folder is None:
        return ""
    copies = generations.listed(folder)
    if not copies:
        return f"{folder} holds no copy of the database"
    at, newest = copies[0]
    if context.now() - at > STALE_AFTER:
        return f"the newest copy, {newest}, is older than {STALE_AFTER // timedelta(hours=1)} hours"
    damage: str = tools(context).damage(newest)
    return f"the newest copy, {newest}, is damaged: {damage}" if damage else ""


def tools(context: Context, file: Path | None = None) -> ModuleType:
    """What takes and puts back copies of the kind of database in use, or reads that `file`."""
    if context.settings.database.startswith("sqlite"):
        return sqlite
    return sqlite if file is not None and sqlite.is_one(file) else postgresql


def _next_generation(context: Context, folder: Path) -> Path:
    suffix = ".sqlite3" if tools(context) is sqlite else ".dump"
    file = folder / generations.name(context.now(), suffix)
    tools(context).take(context, file)
    generations.prune(folder, context.settings.backups_kept)
    return file


def _is_database(context: Context, file: Path) -> bool:
    if tools(context) is postgresql:
        return False
    database = sqlite.database_file(context)
    return database.exists() and file.samefile(database)
