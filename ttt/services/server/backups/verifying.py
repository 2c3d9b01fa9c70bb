"""Restores a copy where it hurts nobody, and looks at what comes out."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from ttt.errors import InvalidInput, NotFound, StoreError
from ttt.services.context import Context
from ttt.services.server import rotation
from ttt.services.server.backups import scratch, sqlite
from ttt.services.server.backups.backups import tools
from ttt.store import migrate
from ttt.store.server import copies


@dataclass(frozen=True, slots=True)
class Verified:
    """What is in a copy: rows by table there and in the database now, and unreadable secrets."""

    revision: str
    rows: dict[str, tuple[int, int]]
    secrets: int
    unreadable: int


def verify(context: Context, file: Path) -> Verified:
    """Restore a copy into a scratch database, migrate it, count and compare.

    InvalidInput when it is no whole copy of this app's, or does not come out as one.
    """
    if not file.is_file():
        raise NotFound("file")
    of = tools(context, file)
    of.require_ours(file)
    opened = scratch.on_sqlite if of is sqlite else scratch.on_postgresql
    with opened(context, file) as there:
        revision = migrate.revision(there.engine) or ""
        before = copies.counts(there.engine)
        migrate.upgrade(there.engine)
        after = copies.counts(there.engine)
        _require_the_same(before, after)
        if missing := copies.missing(there.engine):
            raise InvalidInput(f"{file} lacks the table {min(missing)}.")
        secrets, unreadable = rotation.readable(there)
    now = _now(context)
    rows = {table: (count, now.get(table, 0)) for table, count in after.items()}
    return Verified(revision, rows, secrets, unreadable)


def _require_the_same(before: dict[str, int], after: dict[str, int]) -> None:
    lost = [table for table, count in before.items() if after.get(table, count) < count]
    if lost:
        raise InvalidInput(f"Migrating the copy loses rows of {', '.join(lost)}.")


def _now(context: Context) -> dict[str, int]:
    try:
        return copies.counts(context.engine)
    except (SQLAlchemyError, StoreError):  # it may be what somebody wants to replace
        return {}
