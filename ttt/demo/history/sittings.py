"""When a demo listener sits down to music in a week: sessions by weekday, hour, season and home."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from ttt.demo.history.lives import Device, Home, Life
from ttt.demo.ranks import Bools, Floats, Ints

MORNING, DAY, NIGHT = range(3)
_FIRST_HOUR = 4  # a week ends when even the last ones sleep
_A_SESSION = 8
_LOOP_EVERY = 70


class Sittings(NamedTuple):
    """The sessions of a week in order; `starts` and `end` in seconds of UTC since 1970."""

    starts: Ints
    lengths: Ints
    parts: Ints
    """MORNING, DAY or NIGHT."""
    devices: Ints
    """Places among the devices of the life."""
    shuffled: Bools
    private: Bools
    offline: Bools
    loops: Bools
    end: int
    home: Home


def monday(week: int) -> date:
    """The first day of an ISO week, by its number from the first Monday of the calendar."""
    return date.fromordinal(week * 7 + 1)


def home(life: Life, day: date) -> Home:
    """Where the listener lives on a day."""
    return [home for home in life.homes if home.since <= day or home is life.homes[0]][-1]


def sittings(life: Life, draw: np.random.Generator, week: int) -> Sittings:
    """The sessions of a week; `draw` is the chance of that week alone."""
    first = monday(week)
    here = home(life, first)
    days = np.repeat(np.arange(7), draw.poisson(_expected(life, draw, first) / _A_SESSION))
    hours = _hours(life, draw, days)
    loop = draw.integers(_LOOP_EVERY) == 0
    if loop:
        days, hours = np.append(days, 5), np.append(hours, 23)
    count = len(days)
    seconds = days * 86400 + (hours - _FIRST_HOUR) % 24 * 3600 + draw.integers(3600, size=count)
    starts = _utc(here, first, seconds)
    order = np.argsort(starts, kind="stable")
    away = np.array([_on_holiday(life, first + timedelta(int(day))) for day in days], dtype=bool)
    lengths = np.where(_is_loop(count, loop), 35, draw.geometric(1 / _A_SESSION, count))
    return Sittings(
        starts=starts[order],
        lengths=lengths[order],
        parts=_parts(hours)[order],
        devices=_devices(life, draw, hours)[order],
        shuffled=(draw.random(count) < 0.35)[order],
        private=(draw.random(count) < 0.012)[order],
        offline=(away & (draw.random(count) < 0.3))[order],
        loops=_is_loop(count, loop)[order],
        end=_week_end(life, week),
        home=here,
    )


def _expected(life: Life, draw: np.random.Generator, first: date) -> Floats:
    """Plays that each day of the week would have."""
    day = np.full(7, life.plays_a_day * draw.lognormal(0, 0.25))
    day[5:] *= life.weekend
    for number in range(7):
        when = first + timedelta(number)
        silent = any(start <= when < end for start, end in life.silences)
        day[number] *= 0.0 if silent or when < life.joined else _mood_of(life, when)
    return day


def _mood_of(life: Life, when: date) -> float:
    """More on holidays, little at Christmas, more at home in the spring of 2020."""
    if (when.month, when.day) in {(12, 24), (12, 25)}:
        return 0.4
    if date(2020, 3, 16) <= when < date(2020, 6, 8):
        return 1.5
    return 1.3 if _on_holiday(life, when) else 1.0


def _on_holiday(life: Life, when: date) -> bool:
    return any(start <= (when.month, when.day) <= end for start, end in life.holidays)


def _hours(life: Life, draw: np.random.Generator, days: Ints) -> Ints:
    """Local hours of the sessions, by the kind of day."""
    chance = draw.random(len(days))
    work = np.searchsorted(_by_hour(life, free=False), chance)
    free = np.searchsorted(_by_hour(life, free=True), chance)
    hours: Ints = np.where(days >= 5, free, work)
    return hours


@lru_cache(maxsize=16)
def _by_hour(life: Life, *, free: bool) -> Floats:
    """How likely an hour is, added up: peaks that fall off within two hours, and a low ground."""
    hours = np.arange(24)
    weight = np.full(24, 0.05)
    weight[2:7] = 0.005
    for hour, height in (life.free_day if free else life.workday).items():
        apart = np.minimum((hours - hour) % 24, (hour - hours) % 24)
        weight += height * np.exp(-(apart**2) / 1.5)
    added: Floats = np.cumsum(weight) / weight.sum()
    return added


def _parts(hours: Ints) -> Ints:
    night = (hours >= 21) | (hours < _FIRST_HOUR)
    parts: Ints = np.where(night, NIGHT, np.where(hours < 11, MORNING, DAY))
    return parts


def _devices(life: Life, draw: np.random.Generator, hours: Ints) -> Ints:
    """A device for each session among those that are used at its hour."""
    weight = np.array([_use(device, hours) for device in life.devices])
    added = np.cumsum(weight / weight.sum(axis=0), axis=0)
    chosen: Ints = (draw.random(len(hours)) > added).sum(axis=0).clip(max=len(life.devices) - 1)
    return chosen


def _use(device: Device, hours: Ints) -> Floats:
    start, end = device.hours
    use: Floats = np.where((start <= hours) & (hours < end), device.weight, 0.0)
    return use


def _is_loop(count: int, loop: bool) -> Bools:
    last: Bools = (np.arange(count) == count - 1) & loop
    return last


def _utc(here: Home, first: date, seconds: Ints) -> Ints:
    """Seconds since 1970 of local moments, given in seconds after the start of the week."""
    zone = ZoneInfo(here.zone)
    # Sums stay on the clock of the wall, whatever its zone does meanwhile.
    start = datetime.combine(first, time(_FIRST_HOUR), zone)
    local = [start + timedelta(seconds=int(second)) for second in seconds]
    return np.array([int(moment.timestamp()) for moment in local], dtype=int)


def _week_end(life: Life, week: int) -> int:
    """Where the week ends, or the next one begins elsewhere."""
    following = monday(week + 1)
    starts = [_utc(home(life, day), following, np.array([0])) for day in (monday(week), following)]
    return int(min(start[0] for start in starts))


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970."""
    return int(moment.astimezone(UTC).timestamp())
