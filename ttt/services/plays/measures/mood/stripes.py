"""A row a year, a stripe a week: one measure, so that seasons line up as columns."""

from collections import Counter
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ttt.chartdata import By, Caption
from ttt.chartdata.mood import Stripes
from ttt.music import Measure, written
from ttt.services.plays.frame import Frame, Span, zone
from ttt.services.plays.measures import coverage, days
from ttt.services.plays.measures.mood import odd, sentences
from ttt.services.plays.measures.mood.river import LEAST_HOURS
from ttt.services.plays.measures.mood.spread import table as time_table

WEEKS = 53
_LEAST_KNOWN = 0.5
_MOST_OF_A_YEAR = 270  # days
_COMPARED = 2  # years, or none leads


def stripes(frame: Frame, span: Span, measure: Measure, by: By = By.MINUTES) -> Stripes:
    """Weeks of a year are counted from the first of January, so the last has a day or two."""
    plays = frame.within(span)
    years = range(span.first.year, span.last.year + 1)
    count = len(years) * WEEKS
    table = _places(span, years[0])
    weeks = time_table(plays, table[plays.day - span.begin], count, measure, by)
    found = weeks.spreads
    fit = (found.known >= found.all * _LEAST_KNOWN) & (found.known > LEAST_HOURS * 3_600_000)
    cells = np.where(fit, found.middle, np.nan).reshape(len(years), WEEKS)
    yearly = weeks.of(np.arange(count) // WEEKS, len(years)).spreads
    means = tuple(
        s.middle if (s := yearly.at(n, 10 * LEAST_HOURS)) else None for n in range(len(years))
    )
    best = odd.week(frame, span, by)
    return Stripes(
        measure=measure,
        years=tuple(years),
        cells=tuple(tuple(None if np.isnan(v) else float(v) for v in row) for row in cells),
        blank=_blank(frame, span, table, count),
        means=means,
        odd=_cell(best.first, years[0]) if best else None,
        caption=Caption(
            _takeaway(measure, dict(zip(years, means, strict=True)), _whole(frame, span))
            if found.known.any()
            else sentences.NOTHING,
            coverage.weighed(sentences.coverage(plays, (measure,), by), plays, by),
            "Blank: too little is known of the week.",
        ),
    )


def _places(span: Span, year: int) -> NDArray[np.int64]:
    """Place of each day of the span: years after the first times 53, and the week."""
    numbers = np.arange(span.begin, span.end).astype("datetime64[D]")
    of_year = numbers.astype("datetime64[Y]")
    weeks = (numbers - of_year.astype("datetime64[D]")).astype(np.int64) // 7
    found: NDArray[np.int64] = (of_year.astype(np.int64) + 1970 - year) * WEEKS + weeks
    return found


def _blank(
    frame: Frame, span: Span, table: NDArray[np.int64], count: int
) -> tuple[tuple[int, int], ...]:
    """Weeks of the span without a recorded day."""
    known = np.bincount(table, days.of_span(frame, span), count) > 0
    inside = np.bincount(table, minlength=count) > 0
    return tuple(divmod(int(place), WEEKS) for place in np.flatnonzero(inside & ~known))


def _cell(first: date, year: int) -> tuple[int, int]:
    """Row and week that a week's Thursday is in."""
    middle = zone.day(zone.number(first) + 3)
    return middle.year - year, (middle - date(middle.year, 1, 1)).days // 7


def _whole(frame: Frame, span: Span) -> set[int]:
    """Years of which so much was recorded that no season is missing, which would tell of itself."""
    numbers = np.arange(span.begin, span.end).astype("datetime64[D]")
    years = numbers.astype("datetime64[Y]").astype(np.int64) + 1970
    recorded = Counter(years[days.of_span(frame, span)].tolist())
    return {year for year, known in recorded.items() if known >= _MOST_OF_A_YEAR}


def _takeaway(measure: Measure, means: dict[int, float | None], whole: set[int]) -> str:
    known = [(mean, year) for year, mean in means.items() if mean is not None]
    if not known:
        return sentences.TOO_LITTLE
    of_whole = [pair for pair in known if pair[1] in whole]
    if len(of_whole) < _COMPARED:
        return ", ".join(f"{year}: {measure} {written(measure, mean)}" for mean, year in known[-2:])
    mean, year = max(of_whole)
    most, _ = sentences.most(measure)
    return f"{year} was the {most} year: {measure} {written(measure, mean)}"
