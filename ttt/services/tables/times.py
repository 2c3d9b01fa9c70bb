"""Release dates and lengths of tracks, as tables write them; what is not sure is not known."""

import re
from collections.abc import Iterable
from datetime import date

from ttt.providers.columns import squeezed
from ttt.providers.history_files.formats.languages.months import month_named

_DATE = re.compile(r"(\d{4})(?:\.0)?(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[t ].*)?")
_BY_SIGNS = re.compile(r"(\d{4})\s?[年년]\s?(?:(\d{1,2})\s?[月월]\s?(?:(\d{1,2})\s?[日일])?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[t ].*)?")
_MONTH = r"(?P<month>[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]){2,12})"
_IN_WORDS = (
    re.compile(
        rf"(?:(?P<day>\d{{1,2}})(?P<day_ends>\.)?[ -](?:de )?)?{_MONTH}\.?,?[ -](?:del? )?"
        r"(?P<year>\d{4})(?P<year_ends>\.)?"
    ),
    re.compile(
        rf"{_MONTH}\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?P<day_ends>),? "
        r"(?P<year>\d{4})(?P<year_ends>)"
    ),
)
_NUMBER = re.compile(r"([0-9]{1,9}(?:[.,][0-9]{1,9})?)\s*(ms|msec|milliseconds|s|sec|seconds|)")
_THOUSANDS, _BETWEEN = re.compile(r"\d{1,3}(?:[.,'’\s]\d{3})+"), re.compile(r"\D")
# As Excel shows a length too, which it takes for a time of its first day.
_CLOCK = re.compile(
    r"(?:(?:1899-12-30|1900-01-00)[t ])?(?:(\d+):)?(\d{1,3}):([0-5]\d)(?:[.,]\d+)?"
    r"(?:\s*min(?:ute)?s?\.?)?"
)
_LAST_YEAR = 2100  # no release is told so far ahead
# Nobody has so many tracks of hours, all without seconds.
_ENOUGH, _TURNED = 3, re.compile(r"(?!0+:)\d{1,2}:[0-5]\d:00")
_ISO_SECONDS = re.compile(r"p(?:0+d)?t(?:0+h)?(?:0+m)?(?=\d+(?:[.,]\d+)?s)|p0+d(?=t)")
_PARTS = re.compile(
    r"p?t?(?:(\d+)\s*h(?:ours?|rs?)?,?\s*)?(?:(\d+)\s*(?:m(?:in(?:utes?)?\.?)?|['’′]),?\s*)"
    r"(?:(\d+)(?:[.,]\d+)?\s*(?:s(?:ec(?:onds?)?)?|[\"”″]|''|’’)?)?"
)
# No track is as long as so many seconds, so these are milliseconds; none is as short as so few.
_LONGEST, _SHORTEST = 10_000, 15
_LEAST_MS = 1_000


def date_said(texts: Iterable[str]) -> str | None:
    """The first date that is one: YYYY, YYYY-MM or YYYY-MM-DD."""
    return next(filter(None, map(_date, texts)), None)


def length_said(cells: Iterable[tuple[str, str]]) -> int | None:
    """The first length that is one, in milliseconds, of columns with their cells."""
    return next((ms for column, cell in cells if (ms := _length(column, cell.strip()))), None)


def are_turned(cells: Iterable[str]) -> bool:
    """Whether lengths of a column were taken for times of a day, and 3:45 became 03:45:00."""
    said = [cell.strip() for cell in cells if cell.strip()]
    return len(said) >= _ENOUGH and all(map(_TURNED.fullmatch, said))


def turned_back(text: str) -> str:
    """The length that such a time was."""
    return text.strip().removesuffix(":00")


def _date(text: str) -> str | None:
    text = text.strip("' ").casefold()
    if found := _DATE.fullmatch(text) or _COMPACT.fullmatch(text) or _BY_SIGNS.fullmatch(text):
        return _written(*found.groups())
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(*found.groups())
    for pattern in _IN_WORDS:
        if found := pattern.fullmatch(text):
            month = month_named(found["month"], found["day_ends"] or "", found["year_ends"] or "")
            return _written(found["year"], str(month), found["day"]) if month else None
    return None


def _year_last(first: str, sign: str, second: str, year: str) -> str | None:
    """A date with its year at the end: only the year, where day and month may be either."""
    day_first = _written(year, second, first)
    month_first = None if sign == "." else _written(year, first, second)
    if day_first and month_first and day_first != month_first:
        return _written(year)
    return day_first or month_first


def _written(*parts: str | None) -> str | None:
    """A date of year, month and day; zeros stand for what is not known."""
    year, month, day = (int(part or 0) for part in (*parts, "", "")[:3])
    if year > _LAST_YEAR:
        return None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return (
        f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")
    )


def _length(column: str, text: str) -> int | None:
    text = _ISO_SECONDS.sub("", text.casefold())
    if found := _CLOCK.fullmatch(text) or _PARTS.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return (hours * 3600 + minutes * 60 + seconds) * 1000
    if squeezed(column).endswith("ms") and _THOUSANDS.fullmatch(text):
        text = _BETWEEN.sub("", text)
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    return _in_ms(squeezed(column), float(found[1].replace(",", ".")), found[2])


def _in_ms(column: str, length: float, unit: str) -> int | None:
    """A number in milliseconds by its unit, its column's or its size; None where none fits."""
    in_ms = not unit and (column.endswith("ms") or length > _LONGEST)
    if unit.startswith("m") or in_ms:
        return round(length) if length >= _LEAST_MS else None
    if not unit and column.endswith(("min", "minutes")):
        return round(length * 60_000)
    if unit or column.endswith(("s", "sec", "seconds")):
        return round(length * 1000)
    return round(length * 1000) if length >= _SHORTEST else None
