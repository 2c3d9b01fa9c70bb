"""Moods by hour and weekday of the person's clock."""

import numpy as np
from numpy.typing import NDArray

from ttt.chartdata import By, Caption
from ttt.chartdata.mood import HourMoods
from ttt.music import WORTH_A_WORD, Measure, clear_steps, written
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import counting, coverage, steps
from ttt.services.plays.measures.mood import sentences
from ttt.services.plays.measures.mood.spread import means

# A cell with fewer known hours than this, or known plays, would shout.
LEAST_HOURS = 0.4
_LEAST = {By.MINUTES: LEAST_HOURS, By.PLAYS: LEAST_HOURS * counting.HOUR / counting.A_PLAY}
_READING = {
    By.MINUTES: "Larger: more time heard. Hours with under 24 minutes in all are left out.",
    By.PLAYS: "Larger: more plays. Hours with fewer than 8 plays in all are left out.",
}
_PARTS = (
    ("at night", range(6)),
    ("in the morning", range(6, 12)),
    ("in the afternoon", range(12, 18)),
    ("in the evening", range(18, 24)),
)


def hours(frame: Frame, span: Span, measure: Measure, by: By = By.MINUTES) -> HourMoods:
    """Mean of a measure over the time heard, or the plays, in each hour of the week."""
    plays = frame.within(span)
    mean, time = means(plays, steps.hours_of_week(plays), 168, measure, by)
    shown = np.where(time >= _LEAST[by], mean, np.nan).reshape(7, 24)
    return HourMoods(
        measure,
        tuple(tuple(None if np.isnan(v) else float(v) for v in row) for row in shown),
        tuple(tuple(map(float, row)) for row in time.reshape(7, 24)),
        Caption(
            _takeaway(mean.reshape(7, 24), time.reshape(7, 24), measure, _LEAST[by]),
            coverage.weighed(sentences.coverage(plays, (measure,), by), plays, by),
            _READING[by],
            coverage.before(frame, span, lambda b: hours(frame, b, measure, by).caption.takeaway),
        ),
        by,
    )


def _takeaway(
    mean: NDArray[np.float64], time: NDArray[np.float64], measure: Measure, enough: float
) -> str:
    parts = []
    for name, range_ in _PARTS:
        weight = time[:, range_]
        if weight.sum() >= enough * len(range_):
            value = float((np.nan_to_num(mean[:, range_]) * weight).sum() / weight.sum())
            parts.append((value, name))
    if not parts:
        return sentences.TOO_LITTLE if time.any() else sentences.NOTHING
    (low, least), (high, most) = min(parts), max(parts)
    word, _ = sentences.most(measure)
    if len(parts) == 1 or clear_steps(measure, high - low) < WORTH_A_WORD:
        return f"Much the same at all hours: {measure} {written(measure, high)}"
    return (
        f"{word[0].upper() + word[1:]} {most}: {measure} {written(measure, high)}; "
        f"{least} {written(measure, low)}"
    )
