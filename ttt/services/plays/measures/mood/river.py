"""Three measures over time, each with its spread, and how much is known of each step."""

from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from ttt.chartdata import By, Caption, Step
from ttt.chartdata.mood import Ribbon, River, Spread
from ttt.music import Measure
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.measures import coverage, days, steps
from ttt.services.plays.measures.mood import odd, seasons, sentences
from ttt.services.plays.measures.mood.spread import MEASURES, Spreads, whole
from ttt.services.plays.measures.mood.stepwise import by_step, known

# A step with less known time than this, in hours, says nothing.
LEAST_HOURS = 1.0
_AROUND = {Step.DAY: 7, Step.WEEK: 13, Step.MONTH: 3}
_MANY_DAYS = 2 * 366


def river(
    frame: Frame,
    span: Span,
    step: Step = Step.WEEK,
    measures: tuple[Measure, ...] = MEASURES,
    by: By = By.MINUTES,
) -> River:
    """Spreads of each measure a step; the line is the mean of the middles around a step."""
    chosen = steps.of_span(span, step)
    plays = frame.within(span)
    recorded = days.of_steps(frame, chosen)
    now, before = _now_and_before(frame, span)
    ribbons = tuple(
        _ribbon(m, by_step(frame, chosen, m, by), recorded, step, (now, before), by)
        for m in measures
    )
    found = odd.week(frame, span, by)
    return River(
        step=step,
        starts=tuple(chosen.begins()),
        ribbons=ribbons,
        known=_shares(known(frame, chosen, by)),
        holes=days.holes(frame, span),
        odd=(found.first, {m: v for m, (v, _) in found.values.items()}) if found else None,
        now_name=now[0],
        before_name=before[0],
        caption=Caption(
            seasons.takeaway(frame, span, by=by) or sentences.against(ribbons, now[0], before[0]),
            coverage.weighed(sentences.coverage(plays, by=by), plays, by),
            sentences.READING[by] if any(r.now is not None for r in ribbons) else "",
        ),
        by=by,
    )


def _now_and_before(frame: Frame, span: Span) -> tuple[tuple[str, Frame], tuple[str, Frame]]:
    """The span and the one before it; of a long history without one its last two years."""
    if span.before is None and span.days > _MANY_DAYS:
        year = timedelta(days=365)
        last = Span(span.last - year + timedelta(days=1), span.last, "", "the last year")
        early = Span(last.first - year, last.first - timedelta(days=1), "", "the year before")
        return (last.name, frame.within(last)), (early.name, frame.within(early))
    if span.before is None:
        return (span.name, frame.within(span)), ("", frame.only(slice(0)))
    return (span.name, frame.within(span)), (span.before.name, frame.within(span.before))


def _ribbon(
    measure: Measure,
    found: Spreads,
    recorded: NDArray[np.bool_],
    step: Step,
    sides: tuple[tuple[str, Frame], tuple[str, Frame]],
    by: By,
) -> Ribbon:
    shown: tuple[Spread | None, ...] = tuple(
        found.at(n, LEAST_HOURS) if recorded[n] else None for n in range(len(recorded))
    )
    late, early = (whole(plays, measure, by) for _, plays in sides)
    return Ribbon(
        measure,
        shown,
        _line(shown, recorded, _AROUND[step]),
        late.middle if late else None,
        early.middle if early else None,
    )


def _line(
    shown: tuple[Spread | None, ...], recorded: NDArray[np.bool_], around: int
) -> tuple[float | None, ...]:
    """Mean of the middles in a window round each step, where at least a third of it has any."""
    middles = np.array([0.0 if s is None else s.middle for s in shown])
    known = np.array([s is not None for s in shown], np.float64)
    half = around // 2
    sums, counts = (_windows(column, half) for column in (middles, known))
    enough = recorded & (counts * 3 >= around)
    return tuple(
        float(total / count) if fine else None
        for total, count, fine in zip(sums, counts, enough, strict=True)
    )


def _windows(column: NDArray[np.float64], half: int) -> NDArray[np.float64]:
    """Sum from `half` places before to `half` places after each."""
    sums = np.concatenate(([0.0], np.cumsum(np.pad(column, half))))
    return sums[2 * half + 1 :] - sums[: len(column)]


def _shares(shares: NDArray[np.float64]) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(share) else float(share) for share in shares)
