"""Single fields of histories, read with distrust: an odd one is lost, and nothing raises."""

import re
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from math import isfinite
from zoneinfo import ZoneInfo

from ttt.plays import RefusedRow, WhyRefused
from ttt.providers import identity
from ttt.text import one_line

LONGEST_NAME = 1000
EARLIEST = 946_684_800
"""The year 2000; a clock that was never set says 1970, or 1980."""
LONGEST_PLAY = 48 * 3_600_000
_ZONE_NAMED = re.compile(r"\s?(UTC|GMT)$", re.IGNORECASE)
_BEYOND = re.compile(
    r"(\d{4}-\d\d-\d\d[T ])(?:(\d\d:\d\d):60|24:00(?::00)?)(?:[.,]\d+)?(Z|[+-]\d\d:?\d\d)?"
)
"""A leap second, and midnight as the end of a day."""
_ID = 22
_ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}", re.ASCII)
"""As most write it."""
_MBID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_NOBODYS = "00000000-0000-0000-0000-000000000000"
"""What some programs write where they know no id; all their plays would be one recording."""
_DAY = 86_400
_ROUNDED = re.compile(r"[+-]?(\d[\d.,]*)e\+?(\d{1,3})", re.IGNORECASE)
_TOLD = 10
"""Digits of a time that tell its second."""
MILLISECONDS_FROM = 100_000_000_000
MICROSECONDS_FROM = 1000 * MILLISECONDS_FROM


def name(value: object) -> str | None:
    """A name on one line; None when it is none, shows nothing, or is longer than any name."""
    if type(value) is not str or len(value) > LONGEST_NAME:
        return None
    if value.isprintable() and "  " not in value and value == value.strip(" "):
        return value or None
    found = one_line(value)
    return found if any(c.isprintable() for c in found.replace(" ", "")) else None


def number(value: object) -> float | None:
    """A finite number, also one that is written as text."""
    if isinstance(value, str) and len(value) <= 40:
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return value if isfinite(value) else None
    except OverflowError:
        return None


def milliseconds(value: object, unit: int = 1) -> int | None:
    """Length of a play or a track; None unless it is from 0 ms to two days. `unit` is in ms."""
    read = number(value)
    return round(read * unit) if read is not None and 0 <= read * unit <= LONGEST_PLAY else None


def length(value: object, unit: int = 1) -> int | None:
    """Length of a track in ms; 0 means that nobody knows."""
    return milliseconds(value, unit) or None


def seconds(value: object) -> int | None:
    """Whole seconds since 1970 of a number in seconds, or in parts of them down to billionths.

    None for 0 and nonsense, and for what a spreadsheet rounded.
    """
    read = None if is_rounded(value) else number(value)
    if read is None or read <= 0 or read >= 1_000_000 * MICROSECONDS_FROM:
        return None
    while read >= MILLISECONDS_FROM:
        read /= 1000
    return int(read)


def is_rounded(value: object) -> bool:
    """Whether it is a text such as "1.71184E+12", of which the digits that tell a time are lost."""
    found = _ROUNDED.fullmatch(value.strip()) if isinstance(value, str) else None
    return found is not None and sum(map(str.isdigit, found[1])) < min(int(found[2]) + 1, _TOLD)


def instant(value: object) -> int | None:
    """Seconds since 1970 of a number as `seconds` reads it, or of an ISO time in UTC."""
    return seconds(value) if number(value) is not None else moment(value)


def moment(value: object, zone: ZoneInfo | None = None) -> int | None:
    """Seconds since 1970 of an ISO time; one without offset is of `zone`, else UTC."""
    if not isinstance(value, str):
        return None
    if len(value) == 20 and value[19] == "Z" and value[10] == "T" and value.isascii():
        return _utc(value)
    return _written(value, zone)


def _utc(text: str) -> int | None:
    day = _day(text[:10])
    hour, minute, second = text[11:13], text[14:16], text[17:19]
    if day is None or not (hour.isdigit() and minute.isdigit() and second.isdigit()):
        return None
    if hour > "23" or second > "59":
        return _written(text, None)
    if minute > "59" or text[13] != ":" or text[16] != ":":
        return None
    return day + int(hour) * 3600 + int(minute) * 60 + int(second)


@lru_cache(maxsize=4096)
def _day(text: str) -> int | None:
    try:
        return (date.fromisoformat(text).toordinal() - 719_163) * _DAY
    except ValueError:
        return None


def _written(text: str, zone: ZoneInfo | None) -> int | None:
    text = _ZONE_NAMED.sub("+00:00", text.strip()[:40])
    if found := _BEYOND.fullmatch(text):
        before = _written(f"{found[1]}{found[2] or '23:59'}:59{found[3]}", zone)
        return None if before is None else before + 1
    if text[13:14] in {".", ","}:
        # To ISO 20.15 is 20 hours and 15 hundredths of a second; whoever writes so means minutes.
        return None
    try:
        read = datetime.fromisoformat(text)
        return _stamp(read, zone)
    except (ValueError, OverflowError):
        return None


def clock(text: str) -> int | None:
    """Seconds since 1970 of Last.fm's "24 Sep 2025, 10:11", which is UTC."""
    if len(text) > 60:
        return None
    try:
        read = datetime.strptime(text.replace(",", "").strip(), "%d %b %Y %H:%M")  # noqa: DTZ007
        return _stamp(read, UTC)
    except (ValueError, OverflowError):
        return None


def _stamp(read: datetime, zone: tzinfo | None) -> int:
    aware = read if read.tzinfo else read.replace(tzinfo=zone or UTC)
    return int(aware.timestamp() // 1)


def local(stamp: int, zone: ZoneInfo) -> int:
    """UTC seconds of seconds that a device counted on its wall clock."""
    wall = datetime.fromtimestamp(stamp, UTC).replace(tzinfo=zone)
    return int(wall.timestamp())


def unbelievable(told_at: int | None, row: int, latest: int, text: str = "") -> RefusedRow | None:
    """Why a time cannot be that of a play, None when it can."""
    if told_at is None:
        return RefusedRow(row, WhyRefused.BAD_TIME, text)
    if told_at > latest:
        return RefusedRow(row, WhyRefused.FUTURE, text)
    return RefusedRow(row, WhyRefused.TOO_EARLY, text) if told_at < EARLIEST else None


def shown(*names: str | None) -> str:
    """What a refused row held, as far as it is no secret: names, shortened."""
    return " · ".join(name[:100] for name in names if name)


def spotify_id(value: object) -> str | None:
    """The id of a track in a URI, a link or alone; None for anything else of Spotify's."""
    if not isinstance(value, str) or len(value) > 200:
        return None
    if value.startswith("spotify:track:"):
        found = value[14:]
    elif "/track/" in value:
        found = value.rpartition("/track/")[2].partition("?")[0]
    else:
        found = value
    return found if len(found) == _ID and found.isascii() and found.isalnum() else None


def isrc(value: object) -> str | None:
    """An International Standard Recording Code without dashes; None when it is none."""
    if not isinstance(value, str) or len(value) > 20:
        return None
    return value if _ISRC.fullmatch(value) else identity.isrc(value)


def mbid(value: object) -> str | None:
    """The id of a recording at MusicBrainz, None when it is none."""
    if type(value) is not str or not _MBID.fullmatch(value):
        return None
    return value.lower() if value != _NOBODYS else None


def country(value: object) -> str | None:
    """Two capital letters; ZZ means that nobody knows."""
    if type(value) is not str or len(value) != 2 or value == "ZZ":
        return None
    return value if value.isascii() and value.isalpha() and value.isupper() else None
