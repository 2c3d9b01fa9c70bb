"""Times that are numbers: seconds since 1970, a spreadsheet's days, or 20240330."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ttt.plays import Sense
from ttt.providers.history_files.fields import (
    is_rounded,
    moment,
    number,
    seconds,
)

_SERIALS = range(36_526, 73_051)
"""How spreadsheets count days, from the year 2000 to 2099."""
_BEFORE_SERIALS = datetime(1899, 12, 30, tzinfo=UTC)
_WRITTEN_DAYS = range(20_000_101, 20_991_232)
_WRITTEN_CLOCKS = (
    range(20_000_101_0000, 20_991_232_0000),
    range(20_000_101_000000, 20_991_232_000000),
)
"""20240330 with a clock behind it, without and with seconds."""


def number_of(text: str) -> float | None:
    """A number, also one with a decimal comma; None for one that a spreadsheet rounded."""
    if is_rounded(text):
        return None
    return number(text.replace(",", ".") if text.count(",") == 1 else text)


def when(read: float, zone: ZoneInfo | None) -> tuple[int | None, int]:
    """A number as seconds since 1970, as a spreadsheet's days, or as 20240330."""
    if _is_serial(read):
        wall = _BEFORE_SERIALS + timedelta(seconds=round(read * 86_400))
        stamp = int(wall.replace(tzinfo=zone or UTC).timestamp())
        return stamp, Sense.DAY if read == int(read) else 0
    if _is_written_day(read):
        return moment(str(int(read)), zone), Sense.DAY
    if _is_written_clock(read):
        text = str(int(read))
        return moment(f"{text[:8]}T{text[8:]}", zone), 0 if len(text) > 12 else Sense.START_MINUTE
    return seconds(read), 0


# As int: whether a float lies in a range is looked for one number after the other.
def _is_serial(read: float) -> bool:
    return int(read) in _SERIALS


def _is_written_day(read: float) -> bool:
    return int(read) in _WRITTEN_DAYS and read == int(read)


def _is_written_clock(read: float) -> bool:
    return any(int(read) in clocks for clocks in _WRITTEN_CLOCKS)


def is_of_a_calendar(read: float) -> bool:
    """Whether a number is a day, with a clock or without, which is of some zone."""
    return _is_serial(read) or _is_written_day(read) or _is_written_clock(read)
