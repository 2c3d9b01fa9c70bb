"""Days, weeks and months as numbers that follow each other."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ttt.chartdata import Step
from ttt.services.plays.frame import Frame, Span, zone

# 1970 began on a Thursday, weeks begin on Mondays.
_TO_MONDAY = 3
_MOST_DAYS = 62
_MOST_WEEKS = 3 * 366


def fitting(span: Span) -> Step:
    """The step at which a chart of the span has some dozens of marks."""
    if span.days <= _MOST_DAYS:
        return Step.DAY
    return Step.WEEK if span.days <= _MOST_WEEKS else Step.MONTH


def of_days(days: NDArray[np.integer], step: Step) -> NDArray[np.int64]:
    """Number of the day, week or month that each day is in."""
    if step is Step.DAY or not len(days):
        return days.astype(np.int64)
    first, last = int(days.min()), int(days.max())
    every = np.arange(first, last + 1)
    if step is Step.WEEK:
        numbers = (every + _TO_MONDAY) // 7
    else:
        months = every.astype("datetime64[D]").astype("datetime64[M]")
        numbers = months.astype(np.int64)
    found: NDArray[np.int64] = numbers[days - first]
    return found


def of_rows(frame: Frame, step: Step) -> NDArray[np.int64]:
    """Number of the step that each row is in; kept, as several measures ask."""
    return frame.keep(("steps", step), lambda: of_days(frame.day, step))


def begin(number: int, step: Step) -> int:
    """Number of the first day of a step."""
    if step is Step.DAY:
        return number
    if step is Step.WEEK:
        return number * 7 - _TO_MONDAY
    return zone.number(date(1970 + number // 12, number % 12 + 1, 1))


def number(day: int, step: Step) -> int:
    """Number of the step that a day is in."""
    return int(of_days(np.array([day]), step)[0])


def weekday(days: NDArray[np.integer]) -> NDArray[np.int64]:
    """0 for Monday to 6 for Sunday."""
    return (days.astype(np.int64) + _TO_MONDAY) % 7


def hours_of_week(frame: Frame) -> NDArray[np.int16]:
    """For each row 0 (Monday, midnight) to 167; kept, as several measures ask."""
    return frame.keep("hours of week", lambda: _hours_of_week(frame))


def _hours_of_week(frame: Frame) -> NDArray[np.int16]:
    if not len(frame):
        return np.zeros(0, np.int16)
    first, last = int(frame.day.min()), int(frame.day.max())
    # A look-up for each day: a hundred times fewer divisions.
    begins = (weekday(np.arange(first, last + 1)) * 24).astype(np.int16)
    found: NDArray[np.int16] = begins[frame.day - first] + frame.hour
    return found


@dataclass(frozen=True)
class Steps:
    """The steps that a span touches, in order; the first and the last may be cut by it."""

    span: Span
    step: Step
    first: int
    count: int

    def place(self, days: NDArray[np.integer]) -> NDArray[np.int64]:
        """Place of each day's step among them."""
        return of_days(days, self.step) - self.first

    def begins(self) -> list[date]:
        """First day of each."""
        return [zone.day(begin(self.first + n, self.step)) for n in range(self.count)]

    def days(self) -> NDArray[np.int64]:
        """Places of the span's days."""
        return self.place(np.arange(self.span.begin, self.span.end))

    def cut(self) -> NDArray[np.bool_]:
        """Whether the span has only a part of each."""
        edges = [begin(self.first + n, self.step) for n in range(self.count + 1)]
        inside = np.diff(np.clip(edges, self.span.begin, self.span.end))
        return inside < np.diff(edges)


def of_span(span: Span, step: Step) -> Steps:
    """The steps that a span touches."""
    first, last = number(span.begin, step), number(span.end - 1, step)
    return Steps(span, step, first, last - first + 1)
