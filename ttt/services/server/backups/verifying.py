"""Restores a copy where it hurts nobody, and looks at what comes out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from sqlalchemy.exc import SQLAlchemyError

from ttt.errors import InvalidInput, NotFound, StoreError
from ttt.services.context import Context
from ttt.services.server import rotation
from ttt.services.server.backups import postgresql, sqlite
from ttt.services.server.backups.backups import tools
from ttt.store import engine, migrate
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
    tools(context).require_ours(file)
    with _restored(context, file) as there:
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


@contextmanager
def _restored(context: Context, file: Path) -> Iterator[Context]:
    if tools(context) is sqlite:
        with TemporaryDirectory(prefix="ttt-verify-") as folder:
            scratch = Path(folder) / "ttt.sqlite3"
            copyfile(file, scratch)
            with _opened(context, f"sqlite:///{scratch}") as there:
                yield there
        return
    with copies.scratch(context.engine) as url:
        if url is None:
            raise InvalidInput(
                "No scratch database can be made: let the app's user make one by "
                "ALTER ROLE ... CREATEDB, or verify the copy on another server."
            )
        postgresql.load(file, url)
        with _opened(context, url.render_as_string(hide_password=False)) as there:
            yield there


@contextmanager
def _opened(context: Context, url: str) -> Iterator[Context]:
    scratch = engine.make(url)
    try:
        yield replace(context, engine=scratch)
    finally:
        scratch.dispose()
