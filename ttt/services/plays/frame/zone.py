"""Wall clocks of a time zone for many instants at once."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

DAY = 86_400
_EPOCH = date(1970, 1, 1)


def offsets(zone: str, instants: NDArray[np.int64]) -> NDArray[np.int32]:
    """Seconds that the zone's clocks are ahead of UTC at each of the ascending instants."""
    if not len(instants):
        return np.zeros(0, np.int32)
    years = range(_year(instants[0]), _year(instants[-1]) + 1)
    changes = [change for year in years for change in _changes(zone, year)]
    ahead = np.array([_ahead(zone, int(instants[0])), *(after for _, after in changes)], np.int32)
    places = np.searchsorted(instants, [at for at, _ in changes])
    return np.repeat(ahead, np.diff(places, prepend=0, append=len(instants)))


def wall_clock(zone: str, instant: int) -> int:
    """Seconds since 1970 that the zone's clocks show at an instant."""
    return instant + _ahead(zone, instant)


def number(day: date) -> int:
    """A day as the number of days since 1970."""
    return (day - _EPOCH).days


def day(number: int) -> date:
    """The day with that number."""
    return _EPOCH + timedelta(days=int(number))


def passed_over(zone: str, begin: int, end: int) -> list[int]:
    """The days from `begin` to before `end` that never were, as where the date line was moved."""
    years = range(day(begin).year, day(end).year + 1)
    return [n for year in years for n in _passed_over(zone, year) if begin <= n < end]


@lru_cache(maxsize=2_048)
def _passed_over(zone: str, year: int) -> tuple[int, ...]:
    found: list[int] = []
    for at, after in _changes(zone, year):
        last, first = at + _ahead(zone, at - 1), at + after
        found += range(-(-last // DAY), first // DAY)
    return tuple(found)


def _year(instant: int) -> int:
    return datetime.fromtimestamp(int(instant), UTC).year


def _ahead(zone: str, instant: int) -> int:
    offset = datetime.fromtimestamp(instant, ZoneInfo(zone)).utcoffset()
    return int(offset.total_seconds()) if offset is not None else 0


@lru_cache(maxsize=2_048)
def _changes(zone: str, year: int) -> tuple[tuple[int, int], ...]:
    """Each instant of a UTC year at which the clocks change, with the offset from then on.

    No zone changes twice within a day, so a look a day finds every change.
    """
    first = int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
    last = int(datetime(year + 1, 1, 1, tzinfo=UTC).timestamp())
    found, before = [], _ahead(zone, first - 1)
    for end in [*range(first, last, DAY), last - 1]:
        after = _ahead(zone, end)
        if after != before:
            found.append((_first_with(zone, max(end - DAY, first - 1), end), after))
            before = after
    return tuple(found)


def _first_with(zone: str, low: int, high: int) -> int:
    """First instant after `low` whose offset is that of `high`."""
    wanted = _ahead(zone, high)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _ahead(zone, middle) == wanted else (middle, high)
    return high
