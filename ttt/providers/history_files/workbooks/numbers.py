"""Numbers of cells as they are shown: as times, where their format says that they are some."""

import re
from datetime import datetime, timedelta
from enum import Enum

from ttt.providers.history_files.fields import number

# Excel's own formats, in any of its languages.
_DAYS, _TIMES, _CLOCKS = (
    frozenset((*range(14, 18), *range(27, 32), 36, *range(50, 55), 57, 58)),
    frozenset((22,)),
    frozenset((*range(18, 22), *range(32, 36), *range(45, 48), 55, 56)),
)
_SAID = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_A_DAY = 86_400
_BEGINS, _BEGINS_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001  # no zone is said
_LATEST = 2_958_466
"""The day after 9999-12-31, which is the last that Excel knows."""


class Kind(Enum):
    """What the numbers of a format count."""

    DAY = "day"
    TIME = "time"
    CLOCK = "clock"


def kind_of(number_format: int, code: str = "") -> Kind | None:
    """What numbers of a format count, None where they are numbers."""
    for kinds, kind in ((_DAYS, Kind.DAY), (_TIMES, Kind.TIME), (_CLOCKS, Kind.CLOCK)):
        if number_format in kinds:
            return kind
    said = "" if code.lower() == "general" else code.partition(";")[0].lower()
    signs = set(_SAID.sub("", said))
    has_day, has_clock = bool(signs & {"y", "d"}), bool(signs & {"h", "s"})
    if has_day:
        return Kind.TIME if has_clock else Kind.DAY
    return Kind.CLOCK if has_clock else Kind.DAY if "m" in signs else None


def shown(text: str, kind: Kind | None, *, from_1904: bool = False) -> str:
    """A number as it is written elsewhere: a time in ISO's form, and no digits but its own."""
    read = number(text)
    if read is None:
        return text
    if kind is None or not 0 <= read < _LATEST:
        return str(int(read)) if read.is_integer() else repr(read)
    if kind is Kind.CLOCK:
        seconds = round(read * _A_DAY)
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    at = (_BEGINS_1904 if from_1904 else _BEGINS) + timedelta(seconds=round(read * _A_DAY))
    is_day = kind is Kind.DAY and not at.time().replace(microsecond=0).isoformat().strip("0:")
    return at.date().isoformat() if is_day else at.isoformat(" ", "seconds")
