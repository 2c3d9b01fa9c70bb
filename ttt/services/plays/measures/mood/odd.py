"""The week that differs most from the weeks around it, and the tracks that did it."""

import numpy as np
from numpy.typing import NDArray

from ttt import words
from ttt.chartdata import By, Caption, Of, Step
from ttt.chartdata.mood import OddTrack, OddWeek
from ttt.music import Measure
from ttt.services.plays.frame import Frame, Span, zone
from ttt.services.plays.measures import counting, coverage, days, steps, tops
from ttt.services.plays.measures.counting import HOUR
from ttt.services.plays.measures.mood import sentences
from ttt.services.plays.measures.mood.spread import MEASURES, rounded
from ttt.services.plays.measures.mood.stepwise import by_step

_YEAR = 53
_LEAST_WEEKS = 20
_LEAST_KNOWN = 0.6
_LEAST_HOURS = 3
# Days before and after a week that have to be recorded: beside a gap weeks are odd by chance.
_BESIDE = 14
_TRACKS = 5


def week(frame: Frame, span: Span, by: By = By.MINUTES) -> OddWeek | None:
    """The whole week furthest from the middle of the year around it; None in a short history.

    Its distance is the sum over the measures of the squared difference in standard deviations.
    """
    return frame.keep(("odd week", span.begin, span.end, by), lambda: _week(frame, span, by))


def _week(frame: Frame, span: Span, by: By) -> OddWeek | None:
    chosen = steps.of_span(span, Step.WEEK)
    found = {m: by_step(frame, chosen, m, by) for m in MEASURES}
    fit = _eligible(frame, chosen)
    for spread in found.values():
        fit &= spread.known > spread.all * _LEAST_KNOWN
        fit &= spread.known > _LEAST_HOURS * HOUR
    if fit.sum() < _LEAST_WEEKS:
        return None
    usual = {m: _around(np.where(fit, s.middle, np.nan)) for m, s in found.items()}
    far = sum(_distance(found[m].middle, usual[m], fit) for m in MEASURES)
    best = int(np.argmax(np.where(fit, far, -1.0)))
    values = {m: (float(found[m].middle[best]), float(usual[m][best])) for m in MEASURES}
    begin = steps.begin(chosen.first + best, Step.WEEK)
    return _told(frame, begin, values, by)


def _eligible(frame: Frame, chosen: steps.Steps) -> NDArray[np.bool_]:
    """Whole weeks of the span that were recorded, and so were two weeks on both sides."""
    begin = steps.begin(chosen.first, Step.WEEK) - _BESIDE
    end = steps.begin(chosen.first + chosen.count, Step.WEEK) + _BESIDE
    blank = ~days.recorded(frame, begin, end)
    before = np.concatenate(([0], np.cumsum(blank)))
    starts = np.arange(chosen.count) * 7
    fine: NDArray[np.bool_] = before[starts + 7 + 2 * _BESIDE] == before[starts]
    return fine & ~chosen.cut()


def _around(middles: NDArray[np.float64]) -> NDArray[np.float64]:
    """Middle of the year round each week, of the weeks that are known."""
    padded = np.pad(middles, _YEAR // 2, constant_values=np.nan)
    windows = np.sort(np.lib.stride_tricks.sliding_window_view(padded, _YEAR), axis=1)
    known = (~np.isnan(windows)).sum(axis=1)
    rows = np.arange(len(middles))
    low, high = (known - 1).clip(0) // 2, known // 2
    middle: NDArray[np.float64] = windows[rows, low] + windows[rows, high]
    return middle / 2


def _distance(
    middles: NDArray[np.float64], usual: NDArray[np.float64], fit: NDArray[np.bool_]
) -> NDArray[np.float64]:
    difference = np.where(fit, middles - usual, 0.0)
    deviation = float(difference[fit].std())
    return (difference / deviation) ** 2 if deviation else np.zeros(len(middles))


def _told(frame: Frame, begin: int, values: dict[Measure, tuple[float, float]], by: By) -> OddWeek:
    first, last = zone.day(begin), zone.day(begin + 6)
    plays = frame.within(Span(first, last, "", ""))
    order = tops.ranked(plays, Of.TRACKS, by, _TRACKS)
    minutes = counting.totals(plays, Of.TRACKS, By.MINUTES)
    count = counting.totals(plays, Of.TRACKS, By.PLAYS)
    amounts = count if by is By.PLAYS else minutes
    share = float(amounts[order].sum() / amounts.sum())
    tracks = tuple(_track(frame, int(key), float(minutes[key]), int(count[key])) for key in order)
    known = coverage.weighed(sentences.coverage(plays, by=by), plays, by)
    held = f"{words.share(share, 1)} of its {'time' if by is By.MINUTES else 'plays'}"
    takeaway = f"{words.days(first, last)}: {words.counted(len(tracks), 'track')} held {held}"
    return OddWeek(first, last, values, tracks, share, Caption(takeaway, known, _RULE), by)


_RULE = (
    "The week whose middles of energy, valence and tempo lie furthest from those of the year "
    "around it. Weeks within two weeks of a gap, or with few known values, are left out."
)


def _track(frame: Frame, key: int, minutes: float, plays: int) -> OddTrack:
    title, artists, face = tops.named(frame, Of.TRACKS, key)
    tracks = frame.tracks
    values = {m: rounded(tracks, m)[face] for m in MEASURES}
    return OddTrack(
        key,
        title,
        artists,
        minutes,
        plays,
        tracks.uri[face],
        tracks.cover_url[face],
        {m: None if np.isnan(v) else float(v) for m, v in values.items()},
    )
