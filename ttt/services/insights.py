"""What charts and headlines show of a list of tracks, as plain data.

Only known values count: a missing one lowers the coverage and is never read as 0.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ttt import music
from ttt.chartdata import (
    Caption,
    Distribution,
    KeyWheel,
    MoodMap,
    MoodPoint,
    Periods,
    PeriodValues,
    RankedValues,
)
from ttt.found import Source
from ttt.music import Measure, Period
from ttt.services import takeaways, trends
from ttt.services.rows import TrackRow

# What a measure can be; anything else (0 BPM, NaN) is how some sources say "unknown".
_POSSIBLE = {
    Measure.POPULARITY: (0.0, 100.0),
    Measure.ENERGY: (0.0, 1.0),
    Measure.VALENCE: (0.0, 1.0),
    Measure.TEMPO: (20.0, 300.0),
}
_FROM_FIRST_TO_NOW = (Period.LONG_TERM, Period.MEDIUM_TERM, Period.SHORT_TERM)


@dataclass(frozen=True, slots=True)
class Headline:
    """Median of a measure and its difference from another list, both ready to read."""

    measure: Measure
    value: str | None
    delta: str | None


def popularity(rows: Sequence[TrackRow]) -> RankedValues:
    """Popularity of each track over its rank, or over its place in a list without ranks."""
    known = [
        (row.rank or place, value, row)
        for place, row in enumerate(rows, start=1)
        if (value := _number(row, Measure.POPULARITY)) is not None
    ]
    ranks, values = tuple(k[0] for k in known), tuple(k[1] for k in known)
    return RankedValues(
        ranks=ranks,
        values=values,
        labels=tuple(row.label for _, _, row in known),
        size=max(len(rows), *ranks, 0),
        trend=trends.line(ranks, values),
        caption=_caption(
            takeaways.popularity(ranks, values),
            [row for _, _, row in known],
            len(rows),
            "popularity",
            [Measure.POPULARITY],
        ),
    )


def distribution(
    rows: Sequence[TrackRow],
    measure: Measure,
    compare: Sequence[TrackRow] | None = None,
    compare_name: str = "your year",
) -> Distribution:
    """How one measure is spread; the takeaway sets it against `compare` where there is one."""
    known = [row for row in rows if _number(row, measure) is not None]
    values = _numbers(rows, measure)
    compared = _numbers(compare or (), measure)
    takeaway = takeaways.distribution(measure, values, compared, compare_name)
    return Distribution(
        measure=measure,
        values=values,
        median=music.median(values),
        caption=_caption(takeaway, known, len(rows), measure, [measure]),
    )


def mood_map(rows: Sequence[TrackRow]) -> MoodMap:
    """Every track whose energy and valence are known."""
    known = [(row, point) for row in rows if (point := _mood_point(row)) is not None]
    points = tuple(point for _, point in known)
    return MoodMap(
        points=points,
        caption=_caption(
            takeaways.mood_map(points),
            [row for row, _ in known],
            len(rows),
            "energy and valence",
            list(Measure),
        ),
    )


def key_wheel(rows: Sequence[TrackRow]) -> KeyWheel:
    """How many tracks each of the 24 keys has."""
    known = [row for row in rows if row.camelot is not None]
    counted = Counter(row.camelot for row in known)
    counts = tuple(counted[code] for code, _, _ in music.camelot_wheel())
    takeaway = takeaways.key_wheel(counts)
    return KeyWheel(
        counts=counts, caption=_caption(takeaway, known, len(rows), "a key", ["key", "mode"])
    )


def periods(lists: Mapping[Period, Sequence[TrackRow]]) -> Periods:
    """Medians of all three periods, from the year to the last weeks; unknown ones are None."""
    values = tuple(
        PeriodValues(period, {m: music.median(_numbers(lists.get(period, ()), m)) for m in Measure})
        for period in _FROM_FIRST_TO_NOW
    )
    rows = [row for period in _FROM_FIRST_TO_NOW for row in lists.get(period, ())]
    complete = sum(all(_number(row, m) is not None for m in Measure) for row in rows)
    return Periods(
        periods=values,
        caption=Caption(
            takeaways.periods(values),
            _coverage(complete, len(rows), "all four values"),
            _sources(rows, list(Measure)),
        ),
    )


def headline(
    rows: Sequence[TrackRow], compare: Sequence[TrackRow] | None = None
) -> tuple[Headline, ...]:
    """Medians of the four measures, with the difference against another list such as the year."""
    return tuple(_headline(m, _numbers(rows, m), _numbers(compare or (), m)) for m in Measure)


def _headline(measure: Measure, values: Sequence[float], compared: Sequence[float]) -> Headline:
    middle, other = music.median(values), music.median(compared)
    if middle is None:
        return Headline(measure, None, None)
    value = takeaways.described(measure, middle)
    return Headline(measure, value, None if other is None else _delta(measure, middle, other))


def _delta(measure: Measure, value: float, other: float) -> str:
    """Signed difference of the numbers as they are shown, "0" where they look the same."""
    digits = 2 if measure in {Measure.ENERGY, Measure.VALENCE} else 0
    difference = round(round(value, digits) - round(other, digits), digits)
    return f"{difference:+.{digits}f}" if difference else "0"


def _number(row: TrackRow, measure: Measure) -> float | None:
    value = row.number(measure)
    low, high = _POSSIBLE[measure]
    return value if value is not None and low <= value <= high else None


def _numbers(rows: Iterable[TrackRow], measure: Measure) -> tuple[float, ...]:
    return tuple(v for row in rows if (v := _number(row, measure)) is not None)


def _mood_point(row: TrackRow) -> MoodPoint | None:
    valence, energy = _number(row, Measure.VALENCE), _number(row, Measure.ENERGY)
    if valence is None or energy is None:
        return None
    popularity, tempo = _number(row, Measure.POPULARITY), _number(row, Measure.TEMPO)
    return MoodPoint(row.uri, row.label, valence, energy, popularity, tempo)


def _caption(
    takeaway: str, known: Sequence[TrackRow], total: int, what: str, names: Sequence[str]
) -> Caption:
    return Caption(takeaway, _coverage(len(known), total, what), _sources(known, names))


def _coverage(known: int, total: int, what: str) -> str:
    if total == 0:
        return "No tracks yet"
    tracks = "track" if total == 1 else "tracks"
    return f"{known} of {total} {tracks} {'has' if 1 in (known, total) else 'have'} {what}"


def _sources(rows: Iterable[TrackRow], names: Sequence[str]) -> str:
    """Sources of the named values, with the number of tracks each where there are several."""
    used = Counter(
        source
        for row in rows
        for source in {row.values[name].source for name in names if name in row.values}
    )
    counted = [(source.label, used[source]) for source in Source if used[source]]
    if len(counted) < 2:
        return "".join(f"source: {label}" for label, _ in counted)
    *first, last = [f"{label} ({count})" for label, count in counted]
    return f"sources: {', '.join(first)} and {last}"
