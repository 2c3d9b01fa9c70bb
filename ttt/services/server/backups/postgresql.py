"""Copies of a PostgreSQL database by its own tools, in their custom format."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL, make_url

from ttt.errors import InvalidInput
from ttt.services.context import Context, prepare
from ttt.store import migrate
from ttt.store.server import copies, programs

_MAGIC = b"PGDMP"
_RESTORE = ("--no-owner", "--no-privileges", "--no-password", "--exit-on-error")


def take(context: Context, file: Path) -> None:
    """Write a consistent, checked copy; whatever is wrong, what is at `file` stays."""
    with TemporaryDirectory(dir=file.parent, prefix=".ttt-") as draft:
        copy = Path(draft) / "copy.dump"
        programs.run("pg_dump", *programs.DUMP, f"--file={copy}", url=_url(context))
        copy.chmod(0o600)
        require_ours(copy)
        copy.replace(file)


def put_back(context: Context, file: Path) -> Path | None:
    """Put a copy in the place of everything in the database; return where that is kept."""
    require_ours(file)
    with set_aside(context) as kept:
        load(file, _url(context))
        prepare(context, copied=False)  # the file is the copy
    return kept


@contextmanager
def set_aside(context: Context) -> Iterator[Path]:
    """Empty the database and tell where what it held is kept; it comes back if the block fails.

    InvalidInput while the app runs.
    """
    if copies.others(context.engine):
        raise InvalidInput("The database is in use: stop the app first.")
    kept = _free_name(context.settings.data_dir / "ttt.before-restore.dump")
    take_as_it_is(context, kept)
    _empty(context)
    try:
        yield kept
    except BaseException:
        _empty(context)
        load(kept, _url(context))
        kept.unlink()
        raise


def _empty(context: Context) -> None:
    copies.empty(context.engine)
    context.engine.dispose()


def take_as_it_is(context: Context, file: Path) -> None:
    """Write a copy of whatever is there."""
    programs.run("pg_dump", *programs.DUMP, f"--file={file}", url=_url(context))
    file.chmod(0o600)


def load(file: Path, url: URL) -> None:
    """Put a copy into an empty database: all of it, or nothing."""
    target = f"--dbname={url.database}"
    programs.run("pg_restore", *_RESTORE, "--single-transaction", target, str(file), url=url)


def require_ours(file: Path) -> None:
    """InvalidInput that says what is wrong, unless a file is a whole copy of this app's."""
    if file.stat().st_size == 0:
        raise InvalidInput(f"{file} is empty.")
    with file.open("rb") as content:
        if content.read(len(_MAGIC)) != _MAGIC:
            raise InvalidInput(f"{file} is no copy by pg_dump --format=custom.")
    if trouble := damage(file):
        raise InvalidInput(f"{file} is damaged: {trouble}.")
    revision = _revision(file)
    if revision is None:
        raise InvalidInput(f"{file} is not a backup of this app.")
    if not migrate.knows(revision):
        raise InvalidInput(f"{file} was made by a newer version of the app: install that first.")


def damage(file: Path) -> str:
    """What pg_restore finds wrong when it reads all of a copy, "" when it is whole."""
    return programs.trouble(programs.started("pg_restore", f"--file={os.devnull}", str(file)))


def _revision(file: Path) -> str | None:
    words = ("--data-only", "--table=alembic_version", "--file=-", str(file))
    told = programs.started("pg_restore", *words).stdout
    found = re.search(r"^COPY .*alembic_version.*\n(\w+)$", told, re.MULTILINE)
    return found and found[1]


def _url(context: Context) -> URL:
    return make_url(context.direct.url)


def _free_name(file: Path) -> Path:
    number, free = 0, file
    while free.exists():
        number += 1
        free = file.with_name(f"{file.stem}{number}{file.suffix}")
    return free
