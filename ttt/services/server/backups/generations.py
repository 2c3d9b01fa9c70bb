"""Copies side by side in a folder, of which the newest are kept."""

from datetime import UTC, datetime
from pathlib import Path

from ttt.services.server.backups.sqlite import jobs_of

_PREFIX, _FORMAT = "ttt-", "%Y%m%d-%H%M%S"


def name(at: datetime, suffix: str) -> str:
    """Name of a copy that is taken at a time."""
    return f"{_PREFIX}{at.astimezone(UTC):{_FORMAT}}{suffix}"


def listed(folder: Path) -> list[tuple[datetime, Path]]:
    """Copies in a folder with their times (aware UTC), the newest first; other files are left."""
    found = []
    for file in folder.glob(f"{_PREFIX}*"):
        at = _time(file)
        if at is not None:
            found.append((at, file))
    return sorted(found, reverse=True)


def prune(folder: Path, kept: int) -> list[Path]:
    """Delete all but the newest copies; return what is gone."""
    gone = [file for _, file in listed(folder)[kept:]]
    for file in gone:
        file.unlink()
        jobs_of(file).unlink(missing_ok=True)
    return gone


def _time(file: Path) -> datetime | None:
    if file.suffix not in {".sqlite3", ".dump"}:
        return None
    try:
        return datetime.strptime(file.stem.removeprefix(_PREFIX), _FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None
