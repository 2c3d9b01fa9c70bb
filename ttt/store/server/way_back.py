"""The copy of a SQLite database that is kept from before a migration."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Engine

_MIDDLE = ".before-"


def keep(engine: Engine, revision: str | None, newest: str | None) -> Path | None:
    """Copy the database as it is, in the place of the copy before an earlier migration.

    Return where, None when nothing is there to lose. OSError or sqlite3.Error when it cannot be
    copied: then nothing should be migrated either.
    """
    if engine.dialect.name != "sqlite" or revision in {None, newest}:
        return None
    database = Path(engine.url.database or "")
    copy = database.with_name(f"{database.name}{_MIDDLE}{newest}")
    draft = copy.with_name(f"{copy.name}.draft")
    draft.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(database)) as old, closing(sqlite3.connect(draft)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")
        former = set(database.parent.glob(f"{database.name}{_MIDDLE}0*")) - {draft}
        draft.replace(copy)
    finally:
        draft.unlink(missing_ok=True)
    for file in former - {copy}:
        with suppress(OSError):
            file.unlink()
    return copy
