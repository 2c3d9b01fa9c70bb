"""Times in tables, in whatever way people and programs write them.

Where days and months are numbers behind slashes or dashes, the text does not say which is which:
what a whole column says has to be known (its `Order`), or nobody's date is for certain.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ttt.plays import Sense
from ttt.providers.history_files.blocks import Order
from ttt.providers.history_files.fields import EARLIEST, moment, seconds
from ttt.providers.history_files.formats import spelled
from ttt.providers.history_files.formats.written import counted
from ttt.providers.history_files.formats.written.months import month_named
from ttt.text import without_accents

_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d{1,9})?)?)"
    r"\s?(?:(?P<half>a|p|π|μ|pg|ptg)\.?\s?(?:[mμ]\.?)?)?\s?(?P<offset>z|utc|gmt|[+-]\d\d:?\d\d)?"
)
_BETWEEN = (
    r"(?:\s?(?:г|р)\.?)?(?:\s*(?:,|-|/|t)?\s*(?:\b(?:at|um|a las|a les|alle ore|alle|as|a|om|kl"
    r"|klo|kell|в|во|о|у|u|ob|v|o|la|ne|στις|pukul|pada|nang)\.?\s+)?)"
)
_BEHIND = rf"(?:{_BETWEEN}{_CLOCK}(?:\s(?:uhr|ч\.?))?)?"
_NUMBERS = re.compile(
    rf"(?P<first>\d{{1,4}})(?P<sign>[./-])\s?(?P<middle>\d{{1,2}})(?P=sign)\s?(?P<last>\d{{1,4}})"
    rf"\.?{_BEHIND}"
)
# Letters, among which й is written as two.
_NAME = r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f]){2,12}"
_WEEKDAY = r"(?:[^\W\d_][^\d,]{1,19},?\s+)?"
_DAY_NAMED = re.compile(
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?P<day_ends>\.|st|nd|rd|th|er)?[\s-]+(?:(?:de|of)\s+|d['’])?(?P<month>{_NAME})"
    rf"\.?,?[\s-]+(?:del?\s+)?(?P<year>\d{{4}}|\d\d)(?P<year_ends>\.)?{_BEHIND}"
)
_MONTH_NAMED = re.compile(
    rf"{_WEEKDAY}(?P<month>{_NAME})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?"
    rf"\s+(?P<year>\d{{4}}){_BEHIND}"
)
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})(?:\.|\s?m\.)?[\s/-]+(?P<month>{_NAME})\.?[\s/-]+(?P<day>\d{{1,2}})"
    rf"(?:\.|\s?d\.)?{_BEHIND}"
)
# As Latvia, Kazakhstan and Kyrgyzstan write it.
_YEAR_DAY_MONTH = re.compile(
    rf"(?P<year>\d{{4}})(?:\. gada|-,|,)? (?P<day>\d{{1,2}})(?:\. |-| )(?P<month>{_NAME})\.?"
    rf"{_BEHIND}"
)
_DATES = (_NUMBERS, _DAY_NAMED, _MONTH_NAMED, _YEAR_FIRST, _YEAR_DAY_MONTH)
_UNCLEAR = re.compile(r"\s*(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d\d)(?!\d)")
_CLOCK_AHEAD = re.compile(r"\s*\d{1,2}:")
_OFFSET = re.compile(r"(Z|[+-]\d\d(?::?\d\d)?|UTC|GMT)$", re.IGNORECASE)
_DOTNET = re.compile(r"\\?/Date\((\d{1,15})(?:[+-]\d{4})?\)\\?/")
_AFTERNOON = {"p", "μ", "ptg"}
_FURTHEST = 14
"""Hours that a zone is ahead of UTC at most."""
_BUDDHIST = re.compile(r"(?<!\d)(?<!:\d\d[.,])(?:25[4-9]\d|26[0-4]\d)(?![\d:])")
_AHEAD_BUDDHIST = 543
"""Years by which Thailand counts more, and whatever is set to its calendar; from 2000 to 2106."""
_LONGEST = 80
_HAS_DIGIT = re.compile(r"\d")
_HAS_CLOCK = re.compile(r"\d[:h]\d\d|\dT\d")


def when(
    text: str, zone: ZoneInfo | None = None, order: Order | None = None
) -> tuple[int | None, int]:
    """Seconds since 1970 of a time in any common form, and its Sense where that is special."""
    text = text.strip()
    if len(text) > _LONGEST or not _HAS_DIGIT.search(text):
        return None, 0
    if ticks := _DOTNET.fullmatch(text):
        return seconds(ticks[1]), 0
    if (read := counted.number_of(text)) is not None:
        return counted.when(read, zone)
    text = _BUDDHIST.sub(lambda year: f"{int(year[0]) - _AHEAD_BUDDHIST}", text)
    found = _usual(text, zone, order)
    return found if found[0] is not None else _unusual(text, zone, order)


def _usual(text: str, zone: ZoneInfo | None, order: Order | None) -> tuple[int | None, int]:
    if (stamp := moment(text, zone)) is not None:
        return stamp, Sense.DAY if len(text) <= 10 else _cut(text)
    plain = _plain(text)
    for pattern in _DATES:
        if found := pattern.fullmatch(plain):
            return _read(found, zone, order)
    return None, 0


def _unusual(text: str, zone: ZoneInfo | None, order: Order | None) -> tuple[int | None, int]:
    said, named = spelled.parted(spelled.in_order(text))
    if not named:
        return (None, 0) if said == text else _usual(said, zone, order)
    stamp, sense = _usual(said, None, order)
    return (None if stamp is None else spelled.in_zone(stamp, named, zone)), sense


def is_of_play(text: str) -> bool:
    """Whether a text is a time that says more than a day, as those of plays do."""
    read = (when(text, order=order) for order in Order)
    return any(stamp and stamp >= EARLIEST and sense != Sense.DAY for stamp, sense in read)


def is_unclear(text: str) -> bool:
    """Whether only the others of its column can say what is the day and what the month."""
    found = _numbered(text)
    return found is not None and max(int(found[1]), int(found[3])) <= 12


def _numbered(text: str) -> re.Match[str] | None:
    """The two numbers that may be day and month, also behind a clock."""
    is_usual = text.isascii() and not _CLOCK_AHEAD.match(text)
    return _UNCLEAR.match(text if is_usual else spelled.in_order(text))


def order_of(texts: Iterable[str]) -> Order | None:
    """What stands first in the dates of a column: one number above 12 decides."""
    for text in texts:
        found = _numbered(text)
        if found and int(found[1]) > 12 >= int(found[3]):
            return Order.DAY
        if found and int(found[3]) > 12 >= int(found[1]):
            return Order.MONTH
    return None


def lacks_zone(text: str) -> bool:
    """Whether a time that can be read does not say of which zone it is."""
    text = text.strip()
    if (read := counted.number_of(text)) is not None:
        return counted.is_of_a_calendar(read)
    is_time = when(text, order=Order.DAY)[0] is not None or when(text, order=Order.MONTH)[0]
    return bool(is_time) and not spelled.says_zone(text)


def together(date: str, clock: str) -> str:
    """A time whose date and clock stand apart; what has a clock already is a time by itself."""
    date, clock = date.strip(), clock.strip()
    return f"{date} {clock}" if _is_clock(clock) and not _HAS_CLOCK.search(date) else date


def _is_clock(text: str) -> bool:
    if re.fullmatch(_CLOCK, _plain(text[:_LONGEST])):
        return True
    return bool(text) and is_of_play(f"2024-01-01 {text}")


def _cut(text: str) -> int:
    return Sense.START_MINUTE if _OFFSET.sub("", text).count(":") == 1 else 0


def _plain(text: str) -> str:
    """The text in small letters without accents, its words one blank apart."""
    return " ".join(without_accents(text.lower()).split())


def _read(
    found: re.Match[str], zone: ZoneInfo | None, order: Order | None
) -> tuple[int | None, int]:
    date = _day(found, order)
    if date is None:
        return None, 0
    parts = found.groupdict()
    hour, half = int(parts["hour"] or 0), parts["half"]
    if half:
        hour = hour % 12 + (12 if half in _AFTERNOON else 0)
    try:
        read = datetime(*date, hour, int(parts["minute"] or 0), int(parts["second"] or 0))  # noqa: DTZ001
        return _in_zone(read, parts["offset"], zone), _sense(parts)
    except (ValueError, OverflowError):
        return None, 0


def _in_zone(read: datetime, offset: str | None, zone: ZoneInfo | None) -> int:
    if not offset:
        return int(read.replace(tzinfo=zone or UTC).timestamp())
    ahead = timedelta()
    if offset[0] in "+-":
        if int(offset[1:3]) > _FURTHEST:
            raise ValueError(offset)
        ahead = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    utc = read.replace(tzinfo=UTC) - (-ahead if offset[0] == "-" else ahead)
    return int(utc.timestamp())


def _sense(parts: dict[str, str]) -> int:
    if not parts["hour"]:
        return Sense.DAY
    return 0 if parts["second"] else Sense.START_MINUTE


def _day(found: re.Match[str], order: Order | None) -> tuple[int, int, int] | None:
    """Year, month and day; None where nobody can know."""
    parts = found.groupdict()
    if "month" in parts:
        ends = parts.get("day_ends") or "", parts.get("year_ends") or ""
        month = month_named(found["month"], *ends)
        return (_year(found["year"]), month, int(found["day"])) if month else None
    first, middle, last = (int(found[part]) for part in ("first", "middle", "last"))
    if len(found["first"]) == 4:
        return first, middle, last
    if len(found["first"]) > 2 or len(found["last"]) in {1, 3}:
        return None
    year = _year(found["last"])
    if found["sign"] == "." or order is Order.DAY or first > 12:
        return year, middle, first
    return (year, first, middle) if order is Order.MONTH or middle > 12 else None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)
