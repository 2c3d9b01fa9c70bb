"""In what condition the server is, as whoever watches it asks every few seconds."""

import errno
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from ttt.errors import StoreError
from ttt.services.context import Context
from ttt.services.server import maintenance
from ttt.store import migrate
from ttt.store.server import writable

# Less than this, and the next backup or import may not fit.
LITTLE_SPACE = 200_000_000
_PROBE = b"\0" * 4096

AWAY = "database away"
SILENT = "database does not answer"
OLD = "migrations missing"
READ_ONLY = "database read-only"
FULL = "disk full"
NO_WRITES = "data folder cannot be written"
NEARLY_FULL = "disk nearly full"
NEWER = "a newer version has migrated the database"
# With these nobody can be answered; with the others pages can still be read.
_FATAL = frozenset({AWAY, SILENT, OLD})
# During an update old and new processes serve people side by side.
_NOTED = frozenset({NEARLY_FULL, NEWER})


@dataclass(frozen=True, slots=True)
class Condition:
    """What is wrong, in words for whoever runs the server; nothing when all is well."""

    problems: tuple[str, ...] = ()
    maintenance: bool = False
    """Whether nobody may change anything, which is no problem."""

    @property
    def well(self) -> bool:
        """Whether nothing is wrong that somebody has to do something about at once."""
        return _NOTED.issuperset(self.problems)

    @property
    def ready(self) -> bool:
        """Whether people can be sent here."""
        return _FATAL.isdisjoint(self.problems)


def look(context: Context) -> Condition:
    """Look at database and disk; takes as long as the database does."""
    problems = (*_database(context), *disk(folder(context)))
    return Condition(problems, maintenance.is_on(context))


def folder(context: Context) -> Path:
    """Where the app writes."""
    url = make_url(context.settings.database)
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(url.database).parent
    return context.settings.data_dir


def disk(place: Path) -> tuple[str, ...]:
    """What is wrong with a folder: a write is tried, as a quota or a mount can be in the way."""
    try:
        with TemporaryFile(dir=place) as probe:
            probe.write(_PROBE)
        left = shutil.disk_usage(place).free
    except OSError as error:
        return (FULL if error.errno in {errno.ENOSPC, errno.EDQUOT} else NO_WRITES,)
    return (NEARLY_FULL,) if left < LITTLE_SPACE else ()


def _database(context: Context) -> tuple[str, ...]:
    try:
        revision = migrate.revision(context.engine)
        is_newest = revision == migrate.newest()
        if not is_newest and (revision is None or migrate.knows(revision)):
            return (OLD,)
        noted = () if is_newest else (NEWER,)
        return noted if writable.is_writable(context.engine) else (READ_ONLY, *noted)
    except (SQLAlchemyError, StoreError):
        return (AWAY,)
