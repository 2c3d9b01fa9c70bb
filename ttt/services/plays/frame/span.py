"""Stretches of days: what a page shows, and what it is compared with."""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta

from ttt.errors import InvalidInput
from ttt.services.plays.frame import zone

EARLIEST = date(2000, 1, 1)
_LENGTHS = {"4w": 28, "6m": 182, "1y": 365}
_NAMES = {
    "4w": ("the last 4 weeks", "the 4 weeks before"),
    "6m": ("the last 6 months", "the 6 months before"),
    "1y": ("the last year", "the year before"),
}
_YEAR = re.compile(r"(\d{4})(?:-(\d{2}))?")
_DATES = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True)
class Span:
    """From the first to the last day, both within; `key` is its name in an address.

    `before` is the stretch it is compared with, None where there is none; `current` says whether
    the last day is today.
    """

    first: date
    last: date
    key: str
    name: str
    before: "Span | None" = field(default=None, repr=False)
    current: bool = False

    @property
    def when(self) -> str:
        """The name as a sentence has it: "in the last year", "on 1 May 2016", "since May 2016"."""
        if self.name.startswith("since "):
            return self.name
        return f"{'on' if self.name == _day(self.first) else 'in'} {self.name}"

    @property
    def long(self) -> bool:
        """Whether a day needs its year to be told from others."""
        return self.days > 366

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def begin(self) -> int:
        """Number of the first day."""
        return zone.number(self.first)

    @property
    def end(self) -> int:
        """Number of the day after the last."""
        return zone.number(self.last) + 1

    @property
    def shift(self) -> int:
        """How many days the stretch it is compared with lies earlier."""
        return self.begin - self.before.begin if self.before else 0


def latest(key: str, today: date) -> Span:
    """Up to today: "4w", "6m" (182 days) or "1y" (365 days)."""
    days = _LENGTHS[key]
    name, before_name = _NAMES[key]
    first = today - timedelta(days=days - 1)
    return Span(first, today, key, name, _just_before(first, days, before_name), True)


def everything(first: date, last: date, today: date | None = None) -> Span:
    """The whole history, up to today where that is not named; there is nothing before it."""
    first = min(first, last)
    return Span(first, last, "all", f"since {first:%B %Y}", current=today in {None, last})


def of_year(year: int, today: date) -> Span:
    """A calendar year, up to today at most, beside the same days of the year before."""
    last = min(date(year, 12, 31), max(today, date(year, 1, 1)))
    before = Span(date(year - 1, 1, 1), _same_day(last, year - 1), str(year - 1), f"{year - 1}")
    name = f"{year} so far" if last < date(year, 12, 31) else str(year)
    return Span(date(year, 1, 1), last, str(year), name, before, last == today)


def of_month(year: int, month: int, today: date) -> Span:
    """A calendar month, up to today at most, beside as many days of the month before."""
    first = date(year, month, 1)
    end = date(year, month, monthrange(year, month)[1])
    last = min(end, max(today, first))
    earlier = (first - timedelta(days=1)).replace(day=1)
    until = min(earlier + (last - first), first - timedelta(days=1))
    before = Span(
        earlier,
        until if last < end else first - timedelta(days=1),
        f"{earlier:%Y-%m}",
        f"{earlier:%B %Y}",
    )
    return Span(first, last, f"{first:%Y-%m}", f"{first:%B %Y}", before, last == today)


def of_week(today: date) -> Span:
    """The week from Monday up to a day, beside the same days of the week before."""
    first = today - timedelta(days=today.weekday())
    week = timedelta(days=7)
    before = Span(first - week, today - week, "last week", "last week")
    return Span(first, today, "week", "this week", before, True)


def between(first: date, last: date, today: date) -> Span:
    """Any two days, beside as many days before them."""
    first, last = sorted((first, last))
    last = max(first, min(last, today))
    days = (last - first).days + 1
    name, before = _day(first), "the day before"
    if days > 1:
        name, before = f"{name} to {_day(last)}", f"the {days} days before"
    just_before = _just_before(first, days, before)
    return Span(first, last, f"{first}..{last}", name, just_before, last == today)


def read(key: str, begins: date, today: date, ends: date | None = None) -> Span:
    """The span an address names; InvalidInput for what names none.

    The whole history goes from its beginning to its end: today where it goes on.
    """
    if key in _LENGTHS:
        return latest(key, today)
    if key == "all":
        return everything(begins, ends or today, today)
    try:
        return _dated(key, today)
    except (ValueError, OverflowError):
        raise InvalidInput(f"“{key[:40]}” is no range of dates this page knows.") from None


def _dated(key: str, today: date) -> Span:
    span = _named(key, today)
    # Earlier there were no services to listen to, and nobody has listened tomorrow.
    if not EARLIEST <= span.first <= today:
        raise ValueError(key)
    return span


def _named(key: str, today: date) -> Span:
    if found := _DATES.fullmatch(key):
        first, last = map(date.fromisoformat, found.groups())
        return between(first, last, today)
    if found := _YEAR.fullmatch(key):
        year, month = found.groups()
        return of_month(int(year), int(month), today) if month else of_year(int(year), today)
    raise ValueError(key)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _just_before(first: date, days: int, name: str) -> Span:
    start, last = first - timedelta(days=days), first - timedelta(days=1)
    return Span(start, last, f"{start}..{last}", name)


def _same_day(day: date, year: int) -> date:
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
