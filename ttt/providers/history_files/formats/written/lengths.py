"""Lengths of tracks, as tables write them; what is not sure is not known."""

import re
from collections.abc import Iterable

from ttt.providers.columns import squeezed

_NUMBER = re.compile(r"([0-9]{1,9}(?:[.,][0-9]{1,9})?)\s*(ms|msec|milliseconds|s|sec|seconds|)")
_THOUSANDS, _BETWEEN = re.compile(r"\d{1,3}(?:[.,'’\s]\d{3})+"), re.compile(r"\D")
# As Excel shows a length too, which it takes for a time of its first day.
_CLOCK = re.compile(
    r"(?:(?:1899-12-30|1900-01-00)[t ])?(?:(\d+):)?(\d{1,3}):([0-5]\d)(?:[.,]\d+)?"
    r"(?:\s*min(?:ute)?s?\.?)?"
)
# Nobody has so many tracks of hours, all without seconds.
_ENOUGH, _TURNED = 3, re.compile(r"(?!0+:)\d{1,2}:[0-5]\d:00")
_ISO_SECONDS = re.compile(r"p(?:0+d)?t(?:0+h)?(?:0+m)?(?=\d+(?:[.,]\d+)?s)|p0+d(?=t)")
_HOURS = r"\s*(?:h(?:ours?|rs?)?|std|ч|小时|小時|時間|시간)\.?,?\s*"
_MINUTES = r"\s*(?:m(?:in(?:ut\w*)?)?|мин|分|분|['’′])\.?,?\s*"
_SECONDS = r"\s*(?:s(?:e[ck]\w*)?|сек|с|秒|초|[\"”″]|''|’’)?\.?"
_PARTS = re.compile(
    rf"p?t?(?=\d+(?:{_HOURS}|{_MINUTES}))(?:(\d+){_HOURS})?(?:(\d+){_MINUTES})?"
    rf"(?:(\d+)(?:[.,]\d+)?{_SECONDS})?"
)
# No track is as long as so many seconds, so these are milliseconds; none is as short as so few.
LONGEST, _SHORTEST = 10_000, 15
_LEAST_MS = 1_000


def said(cells: Iterable[tuple[str, str]]) -> int | None:
    """The first length that is one, in milliseconds, of columns with their cells."""
    return next((ms for column, cell in cells if (ms := in_ms(column, cell.strip()))), None)


def are_turned(cells: Iterable[str]) -> bool:
    """Whether lengths of a column were taken for times of a day, and 3:45 became 03:45:00."""
    told = [cell.strip() for cell in cells if cell.strip()]
    return len(told) >= _ENOUGH and all(map(_TURNED.fullmatch, told))


def turned_back(text: str) -> str:
    """The length that such a time was."""
    return text.strip().removesuffix(":00")


def in_ms(column: str, text: str) -> int | None:
    """A length in milliseconds, by its unit, by the name of its column or by its size."""
    text = _ISO_SECONDS.sub("", text.casefold())
    if found := _CLOCK.fullmatch(text) or _PARTS.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return (hours * 3600 + minutes * 60 + seconds) * 1000
    if squeezed(column).endswith("ms") and _THOUSANDS.fullmatch(text):
        text = _BETWEEN.sub("", text)
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    return _counted(squeezed(column), float(found[1].replace(",", ".")), found[2])


def _counted(column: str, length: float, unit: str) -> int | None:
    """A number in milliseconds; None where no unit fits."""
    in_ms = not unit and (column.endswith("ms") or length > LONGEST)
    if unit.startswith("m") or in_ms:
        return round(length) if length >= _LEAST_MS else None
    if not unit and column.endswith(("min", "minutes")):
        return round(length * 60_000)
    if unit or column.endswith(("s", "sec", "seconds")):
        return round(length * 1000)
    return round(length * 1000) if length >= _SHORTEST else None
