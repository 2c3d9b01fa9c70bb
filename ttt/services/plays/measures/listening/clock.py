"""When in the week: plays or minutes by weekday and hour of the person's clock."""

import numpy as np
from numpy.typing import NDArray

from ttt import words
from ttt.chartdata import By, Caption, Clock
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import counting, coverage, steps


def clock(frame: Frame, span: Span, by: By = By.PLAYS) -> Clock:
    """Sums of 7 weekdays by 24 hours; a play counts for the hour it began in."""
    plays = frame.within(span)
    cells = sums(plays, counting.weights(plays, by))
    best = divmod(int(cells.argmax()), 24) if cells.any() else None
    caption = Caption(
        _takeaway(cells, best, by, coverage.about(plays, by)),
        coverage.of_time(frame, span, by),
        f"{frame.zone.replace('_', ' ')} time",
        coverage.before(frame, span, lambda before: clock(frame, before, by).caption.takeaway),
    )
    return Clock(tuple(tuple(map(float, row)) for row in cells), best, by, caption)


def sums(frame: Frame, amounts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Amounts by weekday and hour, 7 by 24."""
    return counting.summed(steps.hours_of_week(frame), amounts, 168).reshape(7, 24)


def _takeaway(cells: NDArray[np.float64], best: tuple[int, int] | None, by: By, about: str) -> str:
    if best is None:
        return words.NOTHING
    weekday, hour = best
    amount = words.amount(cells[best], by, about)
    return f"{words.WEEKDAYS[weekday]} at {words.hour(hour)} is your hour: {amount}"
