"""Databases beside the one in use, to look at a copy where it hurts nobody."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

from ttt.errors import InvalidInput
from ttt.services.context import Context
from ttt.services.server.backups import postgresql
from ttt.store import engine
from ttt.store.server import copies


@contextmanager
def on_sqlite(context: Context, file: Path) -> Iterator[Context]:
    """A copy of SQLite's, opened."""
    with TemporaryDirectory(prefix="ttt-verify-") as folder:
        scratch = Path(folder) / "ttt.sqlite3"
        copyfile(file, scratch)
        with _opened(context, f"sqlite:///{scratch}") as there:
            yield there


@contextmanager
def on_postgresql(context: Context, file: Path) -> Iterator[Context]:
    """A copy of PostgreSQL's in a database that is made for it. InvalidInput where none may be."""
    with copies.scratch(context.direct) as url:
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
