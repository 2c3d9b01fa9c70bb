"""Release dates of tracks, as tables write them; what is not sure is not known."""

import re
from collections.abc import Iterable
from datetime import date

from ttt.providers.history_files.formats.written.months import month_named

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
_LAST_YEAR = 2100  # no release is told so far ahead


def date_said(texts: Iterable[str]) -> str | None:
    """The first date that is one: YYYY, YYYY-MM or YYYY-MM-DD."""
    return next(filter(None, map(_date, texts)), None)


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
