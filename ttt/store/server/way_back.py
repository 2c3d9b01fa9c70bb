"""The copy of the database that is kept from before a migration."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, text

from ttt.errors import InvalidInput
from ttt.store.server import programs

MOST = 4 << 30
"""Bytes of a PostgreSQL database up to which it is copied while a start waits for it."""
_SECONDS = 600.0
_MIDDLE = ".before-"
_OTHERWISE = (
    "or take a copy yourself and run 'python -m ttt db upgrade --without-copy'. Then start again."
)


def keep(engine: Engine, revision: str | None, newest: str | None) -> Path | None:
    """Copy a SQLite database as it is, in the place of the copy before an earlier migration.

    Return where, None when nothing is there to lose. OSError or sqlite3.Error when it cannot be
    copied: then nothing should be migrated either.
    """
    if engine.dialect.name != "sqlite" or revision in {None, newest}:
        return None
    database = Path(engine.url.database or "")
    copy = database.with_name(f"{database.name}{_MIDDLE}{newest}")
    with (
        _replacing(copy) as draft,
        closing(sqlite3.connect(database)) as old,
        closing(sqlite3.connect(draft)) as new,
    ):
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")
    return copy


def dump(
    connection: Connection,
    url: URL,
    folder: Path,
    revision: str | None,
    newest: str | None,
    *,
    patiently: bool = False,
) -> Path | None:
    """Copy a PostgreSQL database by pg_dump into a folder, as `keep` does for SQLite.

    InvalidInput when it cannot be done: without pg_dump of the server's version, without room, or
    where it would take longer than a start may, unless it is waited for `patiently`.
    """
    if connection.dialect.name != "postgresql" or revision in {None, newest}:
        return None
    _require_program(connection)
    _require_room(connection, folder, None if patiently else MOST)
    copy = folder / f"ttt{_MIDDLE}{newest}.dump"
    seconds = None if patiently else _SECONDS
    with _replacing(copy) as draft:
        programs.run("pg_dump", *programs.DUMP, f"--file={draft}", url=url, seconds=seconds)
    return copy


def _require_program(connection: Connection) -> None:
    if not programs.is_there("pg_dump"):
        raise _refusal("pg_dump is not installed", f"Install it, {_OTHERWISE}")
    server = int(connection.execute(text("SHOW server_version_num")).scalar_one()) // 10_000
    told = programs.started("pg_dump", "--version").stdout
    number = told.partition(") ")[2].partition(".")[0].strip()
    if not number.isdigit() or int(number) < server:
        why = f"pg_dump is older than the server, which is PostgreSQL {server}"
        raise _refusal(why, f"Install a newer one, {_OTHERWISE}")


def _refusal(why: str, what_to_do: str) -> InvalidInput:
    return InvalidInput(
        "Nothing was migrated: no copy of the database from before can be kept, as "
        f"{why}. {what_to_do}"
    )


def _require_room(connection: Connection, folder: Path, most: int | None) -> None:
    size = _bytes(connection)
    # Compressed it takes less.
    if size > shutil.disk_usage(folder).free:
        raise _refusal(
            f"the data folder has no room for it ({size >> 20} MB)", f"Make room, {_OTHERWISE}"
        )
    if most is not None and size > most:
        raise _refusal(
            f"it has {size >> 20} MB, too many for a start to wait for",
            "Run 'python -m ttt db upgrade', which waits, then start again.",
        )


def _bytes(connection: Connection) -> int:
    size = text("SELECT pg_database_size(current_database())")
    return int(connection.execute(size).scalar_one())


@contextmanager
def _replacing(copy: Path) -> Iterator[Path]:
    """A private file that takes the place of the copies before, once it is whole."""
    draft = copy.with_name(f"{copy.name}.draft")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    try:
        yield draft
        beginning = copy.name.partition(_MIDDLE)[0] + _MIDDLE
        former = set(copy.parent.glob(f"{beginning}0*")) - {draft}
        draft.replace(copy)
    finally:
        draft.unlink(missing_ok=True)
    for file in former - {copy}:
        with suppress(OSError):
            file.unlink()
