"""Numbers and days as people write them, for sentences of every kind."""

from collections.abc import Sequence
from datetime import date

from ttt.chartdata import By

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_YEAR = 365.25  # days
_AND = " · "
NOTHING = "Nothing was played in this time"


def whole(number: float) -> str:
    """1,204."""
    return f"{number:,.0f}"


def counted(number: float, noun: str, many: str | None = None) -> str:
    """The number with its noun: "1 play", "1,204 plays"."""
    text = whole(number)
    return f"{text} {noun if text == '1' else many or noun + 's'}"


def short_of(found: int, wanted: int, noun: str) -> str:
    """Fewer than were wanted: "only 2 of 3 tracks", "no tracks"."""
    return f"only {found:,} of {counted(wanted, noun)}" if found else f"no {noun}s"


def amount(value: float, by: By, about: str = "") -> str:
    """Plays or minutes: "1,204 plays", "about 55 minutes"."""
    return about + counted(value, by.one)


def share(part: float, of: float) -> str:
    """A part in per cent; "under 1 %" rather than "0 %"."""
    if not of or not part:
        return "0 %"
    percent = part / of * 100
    if percent < 1:
        return "under 1 %"
    # A part is never said to be all.
    return f"{min(round(percent), 100 if part >= of else 99)} %"


def change(now: float, then: float) -> str | None:
    """The change in per cent with its sign, "+16 %"; None where there was nothing before."""
    if not then:
        return None
    percent = round((now / then - 1) * 100)
    return f"{percent:+,} %" if percent else "the same"


def day(value: date, *, year: bool = False) -> str:
    """9 March, or 9 March 2026."""
    return f"{value.day} {MONTHS[value.month - 1]}" + (f" {value.year}" if year else "")


def short_day(value: date, *, year: bool = False) -> str:
    """9 Mar, or 9 Mar 2026."""
    return f"{value.day} {MONTHS[value.month - 1][:3]}" + (f" {value.year}" if year else "")


def days(first: date, last: date) -> str:
    """9–26 Mar 2026, 26 Feb–4 Mar 2026, 9 Mar 2026."""
    if first == last:
        return short_day(first, year=True)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{short_day(last, year=True)}"
    return f"{short_day(first, year=first.year != last.year)}–{short_day(last, year=True)}"


def hour(number: int) -> str:
    """An hour of the day: 08:00; the one after the last is the first."""
    return f"{number % 24:02}:00"


def month(value: date) -> str:
    """March 2026."""
    return f"{MONTHS[value.month - 1]} {value.year}"


def facts(*told: str) -> str:
    """Facts of one line, without those that are empty."""
    return _AND.join(filter(None, told))


def beyond(line: str, above: str) -> str:
    """The facts of a line that another line does not tell."""
    said = set(above.split(_AND))
    return facts(*(fact for fact in line.split(_AND) if fact not in said))


def listed(names: Sequence[str]) -> str:
    """One, two and three."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def length(seconds: float) -> str:
    """45 min, 2 h, 3 h 20 min."""
    minutes = round(seconds / 60)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def length_of_days(number: float) -> str:
    """A time of many days: 200 days, 14 months, 3 years."""
    if number < 365:
        return counted(number, "day")
    if number < 2 * _YEAR:
        return f"{round(number / 30.44)} months"
    return counted(number // _YEAR, "year")
