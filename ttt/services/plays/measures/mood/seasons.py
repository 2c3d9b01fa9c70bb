"""Moods by season: three months each, named by their months as seasons turn with the hemisphere."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ttt.chartdata import By, Caption, Step
from ttt.chartdata.mood import Season, Seasons
from ttt.music import Measure, clear_steps, comparative, written
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import coverage, days, steps
from ttt.services.plays.measures.mood import sentences
from ttt.services.plays.measures.mood.spread import MEASURES, Spreads, Table, table
from ttt.services.plays.measures.mood.stepwise import monthly

NAMES = ("December to February", "March to May", "June to August", "September to November")
_COLD, _WARM = 0, 2
_LEAST_HOURS = 3.0
_LEAST_YEARS = 2
_TWO_YEARS = 730
_CLEAR_FROM = 0.4
_READING = {
    By.MINUTES: "Bar: half of the time heard lies in it. Mark: its middle.",
    By.PLAYS: "Bar: half of the plays lie in it. Mark: their middle.",
}


class _Wins(NamedTuple):
    measure: Measure
    difference: float
    years: int
    of: int
    warm: float
    cold: float


def seasons(
    frame: Frame, span: Span, measure: Measure | None = None, by: By = By.MINUTES
) -> Seasons:
    """Spread of each measure in each quarter of the year, over all years of the span.

    What it says is of one measure, or of the one that differs most.
    """
    plays = frame.within(span)
    found = {m: _by_quarter(frame, span, m, by, seasons=True) for m in Measure}
    told = tuple(
        Season(name, {m: s.at(n, _LEAST_HOURS) for m, s in found.items()})
        for n, name in enumerate(NAMES)
    )
    caption = Caption(
        takeaway(frame, span, measure, by) or _no_pattern(frame, span, measure, by),
        coverage.weighed(sentences.coverage(plays, by=by), plays, by),
        _READING[by],
    )
    return Seasons(told, caption, by)


def _no_pattern(frame: Frame, span: Span, measure: Measure | None, by: By) -> str:
    if span.days < _TWO_YEARS:
        return "Two years or more tell whether moods follow the seasons"
    follow = "your moods follow" if measure is None else f"{measure} follows"
    if all(_compared(frame, span, each, by) is None for each in _told(measure)):
        return f"Too little is known yet to tell whether {follow} the seasons"
    if measure is None:
        return "Your moods do not follow the seasons"
    return f"{measure.capitalize()} does not follow the seasons"


def _told(measure: Measure | None) -> Sequence[Measure]:
    return MEASURES if measure is None else (measure,)


def takeaway(frame: Frame, span: Span, measure: Measure | None = None, by: By = By.MINUTES) -> str:
    """How June to August differs from December to February, year by year; "" where it does not."""
    measures = _told(measure)
    key = ("seasons", span.begin, span.end, measures, by)
    return frame.keep(key, lambda: _sentence(frame, span, measures, by))


def _sentence(frame: Frame, span: Span, measures: Sequence[Measure], by: By) -> str:
    wins = [w for m in measures if (w := _compared(frame, span, m, by)) is not None]
    clear = [w for w in wins if abs(w.difference) >= _CLEAR_FROM and w.years * 3 >= w.of * 2]
    if not clear:
        return ""
    best = max(clear, key=lambda w: abs(w.difference))
    every = "both" if best.of == 2 else f"all {best.of}"
    often = f"{every if best.years == best.of else f'{best.years} of {best.of}'} years"
    word = comparative(best.measure, best.difference)
    return (
        f"{NAMES[_WARM]} is {word} than {NAMES[_COLD]} in {often}: {best.measure} "
        f"{written(best.measure, best.warm)} against {written(best.measure, best.cold)}"
    )


def _compared(frame: Frame, span: Span, measure: Measure, by: By) -> _Wins | None:
    """Each year's June to August against the December to February before it."""
    first = int(_quarters(np.array([span.begin]))[0])
    count = int(_quarters(np.array([span.end - 1]))[0]) - first + 1
    found = _by_quarter(frame, span, measure, by)
    fit = (found.known > _LEAST_HOURS * 3_600_000) & _mostly_recorded(frame, span, first, count)
    cold = [n for n in range(count) if (n + first) % 4 == _COLD and n + 2 < count]
    pairs = [(found.middle[n + 2], found.middle[n]) for n in cold if fit[n] and fit[n + 2]]
    if len(pairs) < _LEAST_YEARS:
        return None
    warm, chilly = np.array(pairs).T
    mean = float((warm - chilly).mean())
    wins = int((np.sign(warm - chilly) == np.sign(mean)).sum())
    return _Wins(
        measure,
        clear_steps(measure, mean),
        wins,
        len(pairs),
        float(warm.mean()),
        float(chilly.mean()),
    )


def _by_quarter(
    frame: Frame, span: Span, measure: Measure, by: By, *, seasons: bool = False
) -> Spreads:
    """Spreads of each quarter of the span, or of the four seasons, out of those of its quarters."""
    first, last = (int(n) for n in _quarters(np.array([span.begin, span.end - 1])))
    count = last - first + 1
    plays = frame.within(span)
    key = ("quarterly", measure, by, first, count)
    time = plays.keep(key, lambda: _quarterly(plays, (first, count), measure, by))
    return time.of((np.arange(count) + first) % 4, 4).spreads if seasons else time.spreads


def _quarterly(plays: Frame, stretch: tuple[int, int], measure: Measure, by: By) -> Table:
    """Values of a stretch of quarters, put together from those of its months."""
    first, count = stretch
    if not len(plays):
        return table(plays, np.zeros(0, np.int64), count, measure, by)
    month, months = monthly(plays, measure, by)
    return months.of((np.arange(len(months.time)) + month + 1) // 3 - first, count)


def _mostly_recorded(frame: Frame, span: Span, first: int, count: int) -> NDArray[np.bool_]:
    """Whether at least half of each quarter lies in the span and was recorded."""
    places = _quarters(np.arange(span.begin, span.end)) - first
    known = np.bincount(places, days.of_span(frame, span), count)
    return known >= 45


def _quarters(numbers: NDArray[np.integer]) -> NDArray[np.int64]:
    """Number of each day's quarter, three months each; those divisible by 4 begin in December."""
    return (steps.of_days(numbers, Step.MONTH) + 1) // 3
