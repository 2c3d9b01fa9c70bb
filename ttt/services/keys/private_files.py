"""Files that are nobody else's business: the key and the databases."""

import os
import shlex
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from sqlalchemy import make_url

from ttt.errors import SettingsError
from ttt.settings import Settings

_OTHERS = 0o077
_BESIDE = ("", "-wal", "-shm")  # a SQLite database and what SQLite keeps next to it


def exposed(settings: Settings) -> list[Path]:
    """Files whose mode lets other users of this machine in.

    Only modes that mean something are judged: where a file system gives all files the same one,
    nobody could change it.
    """
    if os.name != "posix":
        return []
    found = [path for path in _private(settings) if path.exists() and _open_to_others(path)]
    return [path for path in found if _keeps_modes(path.parent)]


def todo(paths: list[Path]) -> str:
    """The command that closes files to others."""
    return f"chmod 600 {' '.join(shlex.quote(str(path)) for path in paths)}"


def require(settings: Settings) -> None:
    """SettingsError that says what to run, when others can read the key or a database."""
    if paths := exposed(settings):
        names = ", ".join(path.name for path in paths)
        raise SettingsError(
            f"TTT_DATA_DIR: other users of this machine can read {names}; run {todo(paths)}"
        )


def _private(settings: Settings) -> Iterator[Path]:
    if not settings.secret_keys:
        yield settings.data_dir / "secret.key"
    for database in dict.fromkeys((settings.database, settings.jobs_database)):
        try:
            url = make_url(database)
        except ValueError:  # the engine says in words what is wrong with it
            continue
        if url.get_backend_name() == "sqlite" and url.database:
            yield from (Path(url.database + suffix) for suffix in _BESIDE)


def _open_to_others(path: Path) -> bool:
    return bool(path.stat().st_mode & _OTHERS)


def _keeps_modes(folder: Path) -> bool:
    try:
        with NamedTemporaryFile(dir=folder) as probe:  # made with mode 0600
            return not _open_to_others(Path(probe.name))
    except OSError:
        return True
