"""The newest week with plays in numbers, beside the week before up to the same hour."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ttt import words
from ttt.chartdata import Caption, Of, Week, WeekNumber
from ttt.services.plays.frame import Frame, Span, usual, zone
from ttt.services.plays.frame.span import everything, of_week
from ttt.services.plays.measures import days, firsts
from ttt.services.plays.measures.listening import numbers

_DAYS = 7
Daily = NDArray[np.float64]


class _Kind(NamedTuple):
    """A number: its sum over some rows, its sums by day from a day on, and how it is written.

    With `about` it is a guess.
    """

    name: str
    total: Callable[[Frame], float]
    daily: Callable[[Frame, int], Daily]
    text: Callable[[float], str]
    less: str = "fewer"
    about: bool = False


class _Weeks(NamedTuple):
    """Plays of both weeks: all of one, `ago` weeks back, and those of both to be compared."""

    span: Span
    whole: Frame
    last_week: Frame
    now: Frame
    then: Frame
    compared: int
    ago: int

    @property
    def earlier(self) -> str:
        return "the week before" if self.ago else "last week"


def week(frame: Frame, now: datetime) -> Week:
    """The week up to a time (aware); where it has no play yet, the newest week that has."""
    clock = zone.wall_clock(frame.zone, int(now.timestamp()))
    today = zone.day(clock // zone.DAY)
    weeks = _weeks(frame, clock, _weeks_ago(frame, today))
    begun = firsts.starts(frame, Of.TRACKS)
    kinds = (
        _Kind("Plays", lambda f: float(f.play.sum()), _plays_a_day, words.whole),
        _Kind("Listening", _seconds, _seconds_a_day, words.length, "less", weeks.whole.estimated),
        _Kind("Different tracks", _different, _different_a_day, words.whole),
        _Kind(
            "New tracks",
            lambda f: _different(_first_plays(f, begun)),
            lambda f, begin: _different_a_day(_first_plays(f, begun), begin),
            words.whole,
        ),
    )
    found = tuple(_number(frame, weeks, kind) for kind in kinds)
    streak = (_streak(frame, today),) if weeks.ago <= 1 else ()
    return Week(
        weeks.span.first, weeks.span.last, (*found, *streak), _caption(weeks), now=not weeks.ago
    )


def _weeks_ago(frame: Frame, today: date) -> int:
    newest = usual.newest_play(frame, today) or today
    return (_monday(today) - _monday(newest)).days // _DAYS


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(frame: Frame, clock: int, ago: int) -> _Weeks:
    today = zone.day(clock // zone.DAY)
    sunday = _monday(today) - timedelta(days=_DAYS * (ago - 1) + 1)
    span = of_week(sunday if ago else today)
    before = Span(span.first - timedelta(days=_DAYS), span.first - timedelta(days=1), "", "")
    both = days.comparable(frame, span)
    whole, last_week = frame.within(span), frame.within(before)
    until = min(clock, span.end * zone.DAY) - _DAYS * zone.DAY
    early = last_week.only(last_week.local <= until)
    return _Weeks(
        span,
        whole,
        last_week,
        whole.only(both[whole.day - span.begin]),
        early.only(both[early.day - before.begin]),
        int(both.sum()),
        ago,
    )


def _number(frame: Frame, weeks: _Weeks, kind: _Kind) -> WeekNumber:
    value = kind.total(weeks.whole)
    begin = weeks.span.begin
    daily = _known(frame, kind.daily(weeks.whole, begin), begin, weeks.span.end)
    before = _known(frame, kind.daily(weeks.last_week, begin - _DAYS), begin - _DAYS, begin)
    told = WeekNumber(
        kind.name,
        kind.text(value),
        f"{weeks.earlier} was not recorded",
        "",
        value,
        days=daily,
        days_before=before,
        about=kind.about,
    )
    if not weeks.compared:
        return told
    now, then = kind.total(weeks.now), kind.total(weeks.then)
    note = _difference(now - then, kind, f" than {weeks.earlier}", weeks.earlier)
    short = _difference(now - then, kind, "", weeks.earlier)
    return replace(told, note=note, short=short, compared=now, before=then)


def _difference(by: float, kind: _Kind, than: str, earlier: str) -> str:
    text = kind.text(abs(by))
    if text == kind.text(0.0):
        return f"same as {earlier}"
    return f"{text} {'more' if by > 0 else kind.less}{than}"


def _known(frame: Frame, daily: Daily, begin: int, end: int) -> tuple[float | None, ...]:
    """Seven days from `begin`; None for those that were not recorded, or are at `end` or later."""
    known = days.recorded(frame, begin, end)
    there = [bool(n < len(known) and known[n]) for n in range(_DAYS)]
    return tuple(float(v) if k else None for v, k in zip(daily, there, strict=True))


def _plays_a_day(part: Frame, begin: int) -> Daily:
    return np.bincount(part.day - begin, part.play, _DAYS).astype(np.float64)


def _seconds(part: Frame) -> float:
    return float(part.heard.sum(dtype=np.int64)) / 1_000


def _seconds_a_day(part: Frame, begin: int) -> Daily:
    return np.bincount(part.day - begin, part.heard / 1_000, _DAYS).astype(np.float64)


def _different(part: Frame) -> float:
    return float(len(np.unique(part.song[part.play])))


def _different_a_day(part: Frame, begin: int) -> Daily:
    plays = part.plays()
    pairs = np.unique(np.stack([plays.day - begin, plays.song]), axis=1)
    return np.bincount(pairs[0], minlength=_DAYS).astype(np.float64)


def _first_plays(part: Frame, begun: NDArray[np.int64]) -> Frame:
    return part.only(part.play & (part.started == begun[part.song]))


def _streak(frame: Frame, today: date) -> WeekNumber:
    current, longest = numbers.streaks(frame, everything(zone.day(frame.begins), today))
    note = "your longest" if current == longest > 0 else f"your longest: {words.whole(longest)}"
    text = words.counted(current, "day")
    return WeekNumber("In a row", text, note, note, float(current))


def _caption(weeks: _Weeks) -> Caption:
    span = weeks.span
    if weeks.ago > 1:
        return Caption(f"your last week with plays: {words.days(span.first, span.last)}", "", "")
    beside = "beside the week before" if weeks.ago else "beside last week up to now"
    if 0 < weeks.compared < span.days:
        recorded = words.counted(weeks.compared, "day")
        beside = f"beside {weeks.earlier} on the {recorded} recorded both times"
    since = "last week" if weeks.ago else "your week so far"
    return Caption(f"{since}, {beside}" if weeks.compared else since, "", "")
