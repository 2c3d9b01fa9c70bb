"""Plays or minutes over time, by day, week or month as fits, and day by day."""

import numpy as np
from numpy.typing import NDArray

from ttt import words
from ttt.chartdata import Activity, Bar, By, Calendar, Caption, Step
from ttt.services.plays.frame import Frame, Span, zone
from ttt.services.plays.measures import counting, coverage, days, steps

_MUCH_MORE = 1.25


def activity(frame: Frame, span: Span, by: By = By.PLAYS, step: Step | None = None) -> Activity:
    """A bar a step, the same days of the time before beside it."""
    chosen = steps.of_span(span, step or steps.fitting(span))
    known = days.of_span(frame, span)
    values = _sums(chosen, known, counting.daily(frame, span, by))
    before = _before(frame, chosen, by)
    bars = tuple(
        Bar(start, value, earlier, bool(cut))
        for start, value, earlier, cut in zip(
            chosen.begins(), values, before, chosen.cut(), strict=True
        )
    )
    name = span.before.name if span.before and any(b is not None for b in before) else ""
    reading = f"Line: {name}, the same days." if name else ""
    if any(bar.cut for bar in bars):
        reading += f" Paler: only a part of the {chosen.step} is in view."
    about = coverage.about(frame.within(span), by)
    caption = Caption(
        _takeaway(bars, chosen, by, about), coverage.of_time(frame, span, by), reading.strip()
    )
    return Activity(chosen.step, by, bars, days.holes(frame, span), name, caption)


def calendar(frame: Frame, span: Span, by: By = By.PLAYS) -> Calendar:
    """What each day holds; None where it was not recorded."""
    known, values = days.of_span(frame, span), counting.daily(frame, span, by)
    # Where some plays of a blank day are known, they are shown.
    shown = known | (values > 0)
    caption = Caption(
        _days_takeaway(span, shown, values, by, coverage.about(frame.within(span), by)),
        coverage.of_time(frame, span, by),
        "",
        coverage.before(frame, span, lambda before: calendar(frame, before, by).caption.takeaway),
    )
    return Calendar(
        span.first,
        tuple(float(v) if k else None for v, k in zip(values, shown, strict=True)),
        by,
        caption,
    )


def _sums(
    chosen: steps.Steps, known: NDArray[np.bool_], values: NDArray[np.float64]
) -> list[float | None]:
    """Sum a step; None for a step of which nothing was recorded."""
    places = chosen.days()
    sums = counting.summed(places, values, chosen.count)
    shown = counting.summed(places, known | (values > 0), chosen.count) > 0
    return [float(v) if s else None for v, s in zip(sums, shown, strict=True)]


def _before(frame: Frame, chosen: steps.Steps, by: By) -> list[float | None]:
    """The same days one span earlier, in the steps of this one."""
    before = chosen.span.before
    if before is None:
        return [None] * chosen.count
    shared = min(before.days, chosen.span.days)
    known = days.of_span(frame, before)[:shared]
    values = counting.daily(frame, before, by)[:shared]
    places = chosen.days()[:shared]
    sums = counting.summed(places, values, chosen.count)
    days_known = counting.summed(places, known, chosen.count)
    days_all = np.bincount(chosen.days(), minlength=chosen.count)
    # A step of which half is missing would look like a fall.
    return [
        float(v) if k and k * 2 >= n else None
        for v, k, n in zip(sums, days_known, days_all, strict=True)
    ]


def _takeaway(bars: tuple[Bar, ...], chosen: steps.Steps, by: By, about: str) -> str:
    known = [bar for bar in bars if bar.value is not None]
    whole = [bar for bar in known if not bar.cut]
    if not any(bar.value for bar in known):
        return words.NOTHING
    best = max(whole or known, key=lambda bar: bar.value or 0)
    when = {
        Step.DAY: words.day(best.start),
        Step.WEEK: f"the week of {words.day(best.start, year=chosen.span.long)}",
        Step.MONTH: words.month(best.start),
    }[chosen.step]
    peak = f"{when} was the fullest {chosen.step}: {words.amount(best.value or 0, by, about)}"
    middle = float(np.median([bar.value or 0 for bar in whole])) if len(whole) > 2 else 0
    sentence = peak[0].upper() + peak[1:]
    if middle and (best.value or 0) >= middle * _MUCH_MORE:
        return f"{sentence}, usually {words.whole(middle)}"
    return sentence


def _days_takeaway(
    span: Span, known: NDArray[np.bool_], values: NDArray[np.float64], by: By, about: str
) -> str:
    total, silent = int(known.sum()), int((known & (values == 0)).sum())
    if not values.any():
        return words.NOTHING
    best = int(values.argmax())
    when = words.day(zone.day(span.begin + best), year=span.long)
    peak = f"most on {when}: {words.amount(values[best], by, about)}"
    if total == 1:
        return f"Music on the one recorded day, {peak.removeprefix('most on ')}"
    if not silent:
        return f"Music on every one of {words.counted(total, 'recorded day')}; {peak}"
    if silent < total / 2:
        return f"Music on all but {silent} of {words.counted(total, 'recorded day')}; {peak}"
    return f"Music on {total - silent} of {words.counted(total, 'recorded day')}; {peak}"
