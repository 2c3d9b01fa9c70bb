"""The week so far in numbers, beside the week before up to the same hour."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from ttt import words
from ttt.chartdata import Caption, Of, Week, WeekNumber
from ttt.services.plays.frame import Frame, Span, zone
from ttt.services.plays.frame.span import everything, of_week
from ttt.services.plays.measures import days, firsts
from ttt.services.plays.measures.listening import numbers

_DAYS = 7
# After so many days without a play the newest week with plays is more telling than an empty one.
STALE = timedelta(days=14)
Daily = NDArray[np.float64]


class _Kind(NamedTuple):
    """A number: its sum over some rows, its sums by day from a day on, and how it is written."""

    name: str
    total: Callable[[Frame], float]
    daily: Callable[[Frame, int], Daily]
    text: Callable[[float], str]
    less: str = "fewer"


class _Weeks(NamedTuple):
    """Plays of both weeks: all of this one, and those of both that can be compared."""

    span: Span
    whole: Frame
    last_week: Frame
    now: Frame
    then: Frame
    compared: int
    earlier: str


def week(frame: Frame, now: datetime) -> Week:
    """The week up to a time (aware); the newest week with plays where they ended before STALE."""
    at = _shown_until(frame, now)
    today = at.astimezone(ZoneInfo(frame.zone)).date()
    is_now = today == now.astimezone(ZoneInfo(frame.zone)).date()
    weeks = _weeks(frame, at, today, is_now)
    begun = firsts.starts(frame, Of.TRACKS)
    guess = "about " if weeks.whole.estimated else ""
    kinds = (
        _Kind("Plays", lambda f: float(f.play.sum()), _plays_a_day, words.whole),
        _Kind("Listening", _seconds, _seconds_a_day, lambda s: guess + words.length(s), "less"),
        _Kind("Different tracks", _different, _different_a_day, words.whole),
        _Kind(
            "New tracks",
            lambda f: _different(_first_plays(f, begun)),
            lambda f, begin: _different_a_day(_first_plays(f, begun), begin),
            words.whole,
        ),
    )
    found = tuple(_number(frame, weeks, kind) for kind in kinds)
    streak = (_streak(frame, weeks.span),) if is_now else ()
    return Week(weeks.span.first, today, (*found, *streak), _caption(weeks, is_now))


def _shown_until(frame: Frame, now: datetime) -> datetime:
    heard = np.flatnonzero(frame.play)
    newest = datetime.fromtimestamp(int(frame.started[heard[-1]]), UTC) if len(heard) else now
    return now if now - newest <= STALE else newest


def _weeks(frame: Frame, at: datetime, today: date, is_now: bool) -> _Weeks:
    span = of_week(today)
    before = Span(span.first - timedelta(days=_DAYS), span.first - timedelta(days=1), "", "")
    both = days.comparable(frame, span)
    whole, last_week = frame.within(span), frame.within(before)
    until = zone.wall_clock(frame.zone, int(at.timestamp())) - _DAYS * zone.DAY
    early = last_week.only(last_week.local <= until)
    return _Weeks(
        span,
        whole,
        last_week,
        whole.only(both[whole.day - span.begin]),
        early.only(both[early.day - before.begin]),
        int(both.sum()),
        "last week" if is_now else "the week before",
    )


def _number(frame: Frame, weeks: _Weeks, kind: _Kind) -> WeekNumber:
    value = kind.total(weeks.whole)
    begin = weeks.span.begin
    daily = _known(frame, kind.daily(weeks.whole, begin), begin, weeks.span.end)
    before = _known(frame, kind.daily(weeks.last_week, begin - _DAYS), begin - _DAYS, begin)
    if not weeks.compared:
        note = f"{weeks.earlier} was not recorded"
        return WeekNumber(
            kind.name, kind.text(value), note, "", value, days=daily, days_before=before
        )
    now, then = kind.total(weeks.now), kind.total(weeks.then)
    return WeekNumber(
        kind.name,
        kind.text(value),
        _difference(now - then, kind, f" than {weeks.earlier}", weeks.earlier),
        _difference(now - then, kind, "", weeks.earlier),
        *(value, now, then, daily, before),
    )


def _difference(by: float, kind: _Kind, than: str, earlier: str) -> str:
    text = kind.text(abs(by)).removeprefix("about ")
    if text in {kind.text(0.0), "0 min"}:
        return f"as {earlier}"
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


def _streak(frame: Frame, span: Span) -> WeekNumber:
    current, longest = numbers.streaks(frame, everything(zone.day(frame.begins), span.last))
    note = "your longest" if current == longest > 0 else f"your longest: {words.whole(longest)}"
    text = words.counted(current, "day")
    return WeekNumber("In a row", text, note, note, float(current))


def _caption(weeks: _Weeks, is_now: bool) -> Caption:
    span = weeks.span
    if not is_now:
        return Caption(f"your last week with plays: {words.days(span.first, span.last)}", "", "")
    beside = "beside last week up to now"
    if 0 < weeks.compared < span.days:
        recorded = words.counted(weeks.compared, "day")
        beside = f"beside last week on the {recorded} recorded both times"
    since = "your week so far"
    return Caption(f"{since}, {beside}" if weeks.compared else since, "", "")
