"""Measures a step of a span, taken from those of the whole history where it has most of it.

Steps that lie whole in a span are the same whatever the span is, so only what the span cuts is
counted anew: another range of a long history costs next to nothing.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ttt.chartdata import By, Step
from ttt.music import Measure
from ttt.services.plays.frame import Frame, Span, zone
from ttt.services.plays.measures import steps
from ttt.services.plays.measures.mood.spread import Spreads, Table, known_time, spreads, table
from ttt.services.plays.measures.steps import Steps

# A span with a smaller part of the plays than one in so many is counted by itself.
_PART = 4
Columns = tuple[NDArray[np.float64], ...]
# Plays, the place of the step that each is in, and how many steps there are.
_Count = Callable[[Frame, NDArray[np.integer], int], Columns]
# The number of the history's first step, and what is counted of all.
_Every = Callable[[], tuple[int, Columns]]


def by_step(frame: Frame, chosen: Steps, measure: Measure, by: By = By.MINUTES) -> Spreads:
    """Quartiles a step of a span; kept, as several measures ask."""

    def count(plays: Frame, places: NDArray[np.integer], number: int) -> Columns:
        return spreads(plays, places, number, measure, by)

    def every() -> tuple[int, Columns]:
        if chosen.step is not Step.MONTH:
            return _every(frame, chosen.step, count)
        first, months = monthly(frame, measure, by)
        return first, months.spreads

    def make() -> Spreads:
        return Spreads(*_columns(frame, chosen, f"{measure} by {by}", count, every))

    return frame.keep(("spreads", chosen, measure, by), make)


def known(frame: Frame, chosen: Steps, by: By = By.MINUTES) -> NDArray[np.float64]:
    """Share of each step's time whose values are known; NaN where nothing was heard."""

    def count(plays: Frame, places: NDArray[np.integer], number: int) -> Columns:
        return (known_time(plays, places, number, by),)

    def every() -> tuple[int, Columns]:
        return _every(frame, chosen.step, count)

    return _columns(frame, chosen, f"known by {by}", count, every)[0]


def _columns(frame: Frame, chosen: Steps, name: str, count: _Count, all_: _Every) -> Columns:
    plays = frame.within(chosen.span)
    if len(plays) * _PART < len(frame) or not len(plays):
        return count(plays, steps.of_rows(plays, chosen.step) - chosen.first, chosen.count)
    first, every = frame.keep(("every step", chosen.step, name), all_)
    nothing = count(plays.only(slice(0)), np.zeros(0, np.int64), 1)
    found = tuple(
        _part(column, chosen.first - first, chosen.count, float(blank[0]))
        for column, blank in zip(every, nothing, strict=True)
    )
    for n, part in frame.keep(("cut", chosen), lambda: _cut(plays, chosen)):
        one = count(part, np.zeros(len(part), np.int64), 1)
        for column, value in zip(found, one, strict=True):
            column[n] = value[0]
    return found


def _cut(plays: Frame, chosen: Steps) -> list[tuple[int, Frame]]:
    """Places of the steps that a span cuts, each with what was played in it."""
    found = []
    for n in np.flatnonzero(chosen.cut()).tolist():
        begin, end = (steps.begin(chosen.first + m, chosen.step) for m in (n, n + 1))
        inside = Span(zone.day(begin), zone.day(end - 1), "", "")
        found.append((n, plays.cut(inside)))
    return found


def _every(frame: Frame, step: Step, count: _Count) -> tuple[int, Columns]:
    """What is counted of each step of the history, each play by itself."""
    numbers = steps.of_rows(frame, step)
    first, last = int(numbers.min()), int(numbers.max())
    return first, count(frame, numbers - first, last - first + 1)


def monthly(frame: Frame, measure: Measure, by: By) -> tuple[int, Table]:
    """The number of the history's first month, and values by month; kept, as several ask."""

    def make() -> tuple[int, Table]:
        numbers = steps.of_rows(frame, Step.MONTH)
        first, last = int(numbers.min()), int(numbers.max())
        return first, table(frame, numbers - first, last - first + 1, measure, by)

    return frame.keep(("monthly", measure, by), make)


def _part(column: NDArray[np.float64], begin: int, count: int, blank: float) -> NDArray[np.float64]:
    """A stretch of a column; beyond that, where nothing was heard, `blank`."""
    found = np.full(count, blank)
    low, high = max(begin, 0), min(begin + count, len(column))
    if low < high:
        found[low - begin : high - begin] = column[low:high]
    return found
