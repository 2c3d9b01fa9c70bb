"""Moods by hour and weekday of the person's clock."""

import numpy as np
from numpy.typing import NDArray

from ttt.chartdata import Caption
from ttt.chartdata.mood import HourMoods
from ttt.music import Measure, written
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import coverage, steps
from ttt.services.plays.measures.mood import sentences
from ttt.services.plays.measures.mood.spread import means

# A cell with less known time than this, in hours, would shout.
LEAST_HOURS = 0.4
_PARTS = (
    ("at night", range(6)),
    ("in the morning", range(6, 12)),
    ("in the afternoon", range(12, 18)),
    ("in the evening", range(18, 24)),
)


def hours(frame: Frame, span: Span, measure: Measure) -> HourMoods:
    """Mean of a measure over the time heard in each hour of the week."""
    plays = frame.within(span)
    mean, time = means(plays, steps.hours_of_week(plays), 168, measure)
    shown = np.where(time >= LEAST_HOURS, mean, np.nan).reshape(7, 24)
    return HourMoods(
        measure,
        tuple(tuple(None if np.isnan(v) else float(v) for v in row) for row in shown),
        tuple(tuple(map(float, row)) for row in time.reshape(7, 24)),
        Caption(
            _takeaway(mean.reshape(7, 24), time.reshape(7, 24), measure),
            coverage.weighed(sentences.coverage(plays, (measure,)), plays),
            "Larger: more time heard. Hours with under 24 minutes in all are left out.",
            coverage.before(frame, span, lambda b: hours(frame, b, measure).caption.takeaway),
        ),
    )


def _takeaway(mean: NDArray[np.float64], time: NDArray[np.float64], measure: Measure) -> str:
    parts = []
    for name, range_ in _PARTS:
        weight = time[:, range_]
        if weight.sum() >= LEAST_HOURS * len(range_):
            value = float((np.nan_to_num(mean[:, range_]) * weight).sum() / weight.sum())
            parts.append((value, name))
    if not parts:
        return sentences.NOTHING
    (low, least), (high, most) = min(parts), max(parts)
    word, _ = sentences.most(measure)
    if len(parts) == 1 or (high - low) / sentences.STEP[measure] < 0.25:
        return f"Much the same at all hours: {measure} {written(measure, high)}"
    return (
        f"{word[0].upper() + word[1:]} {most}: {measure} {written(measure, high)}; "
        f"{least} {written(measure, low)}"
    )
