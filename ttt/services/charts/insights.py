"""What charts and headlines show of a list of tracks, as plain data.

Only known values count: a missing one lowers the coverage and is never read as 0.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log10

from ttt import music
from ttt.chartdata import (
    POPULARITY,
    Caption,
    Distribution,
    Genres,
    KeyWheel,
    MoodMap,
    MoodPoint,
    Periods,
    PeriodValues,
    RankedValues,
    Scale,
)
from ttt.found import Reach
from ttt.music import Measure, Period
from ttt.services.tracks import takeaways, trends
from ttt.services.tracks.captions import caption, coverage, named, number, sources
from ttt.services.tracks.genres import counted
from ttt.services.tracks.rows import TrackRow

# Measures of how well known a track is. They differ, so no chart holds two of them.
SCALES: Mapping[str, Scale] = {
    Measure.POPULARITY: POPULARITY,
    Reach.DEEZER_RANK: Scale("Deezer rank", "of 1,000,000"),
    Reach.LASTFM_LISTENERS: Scale("Last.fm listeners", "listeners", logarithmic=True),
    Reach.LASTFM_PLAYCOUNT: Scale("Last.fm plays", "plays", logarithmic=True),
}
_MOST_GENRES = 10
_FROM_FIRST_TO_NOW = (Period.LONG_TERM, Period.MEDIUM_TERM, Period.SHORT_TERM)


def popularity(rows: Sequence[TrackRow], measure: str = Measure.POPULARITY) -> RankedValues:
    """A measure of SCALES for each track over its rank, or its place in a list without ranks."""
    scale = SCALES[measure]
    known = [
        (row.rank or place, value, row)
        for place, row in enumerate(rows, start=1)
        if (value := number(row, measure)) is not None
    ]
    ranks, values = tuple(k[0] for k in known), tuple(k[1] for k in known)
    heights = tuple(map(log10, values)) if scale.logarithmic else values
    trend = trends.line(ranks, heights)
    takeaway = takeaways.popularity(values, trends.direction(ranks, heights), scale.name)
    return RankedValues(
        ranks=ranks,
        values=values,
        labels=tuple(row.label for _, _, row in known),
        size=max(len(rows), *ranks, 0),
        trend=(10 ** trend[0], 10 ** trend[1]) if trend and scale.logarithmic else trend,
        caption=caption(takeaway, [k[2] for k in known], len(rows), scale.name, [measure]),
        scale=scale,
    )


def popularity_measures(rows: Iterable[TrackRow]) -> list[str]:
    """Those measures of SCALES that are known of any track; popularity where none is."""
    known = {name for row in rows for name in SCALES if number(row, name) is not None}
    return [measure for measure in SCALES if measure in known] or [Measure.POPULARITY]


def distribution(
    rows: Sequence[TrackRow],
    measure: Measure,
    compare: Sequence[TrackRow] | None = None,
    compare_name: str = "your year",
) -> Distribution:
    """How one measure is spread; the takeaway sets it against `compare` where there is one."""
    known = [row for row in rows if number(row, measure) is not None]
    values = _numbers(rows, measure)
    compared = _numbers(compare or (), measure)
    takeaway = takeaways.distribution(measure, values, compared, compare_name)
    return Distribution(
        measure=measure,
        values=values,
        median=music.median(values),
        caption=caption(takeaway, known, len(rows), measure, [measure]),
    )


def mood_map(rows: Sequence[TrackRow]) -> MoodMap:
    """Every track whose energy and valence are known."""
    known = [
        (row, point)
        for place, row in enumerate(rows, start=1)
        if (point := _mood_point(row, row.rank or place)) is not None
    ]
    points = tuple(point for _, point in known)
    return MoodMap(
        points=points,
        caption=caption(
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
        counts=counts, caption=caption(takeaway, known, len(rows), "a key", ["key", "mode"])
    )


def genres(rows: Sequence[TrackRow]) -> Genres:
    """How many tracks the commonest genres have, of those with any."""
    known = [row for row in rows if row.genres]
    tracks = counted(known)
    names = tuple(tracks)[:_MOST_GENRES]
    return Genres(
        names=names,
        tracks=tuple(tracks[name] for name in names),
        other=sum(set(names).isdisjoint(row.genres) for row in known),
        total=len(known),
        caption=Caption(
            takeaways.genres(tracks, len(known)),
            coverage(len(known), len(rows), "a genre"),
            named(Counter(row.genre_source for row in known)),
        ),
    )


def periods(
    lists: Mapping[Period, Sequence[TrackRow]], beside: Sequence[TrackRow] | None = None
) -> Periods:
    """Medians of all three periods, from the year to the last weeks; unknown ones are None.

    `beside` is a list of another kind, which stands last.
    """
    columns: list[tuple[Period | None, Sequence[TrackRow]]] = [
        (period, lists.get(period, ())) for period in _FROM_FIRST_TO_NOW
    ]
    if beside is not None:
        columns.append((None, beside))
    values = tuple(
        PeriodValues(period, {m: music.median(_numbers(of, m)) for m in Measure})
        for period, of in columns
    )
    rows = [row for _, of in columns for row in of]
    complete = sum(all(number(row, m) is not None for m in Measure) for row in rows)
    return Periods(
        periods=values,
        caption=Caption(
            takeaways.periods(values),
            coverage(complete, len(rows), "all four values"),
            sources(rows, list(Measure)),
        ),
    )


def whole(rows: Sequence[TrackRow]) -> Caption:
    """How many tracks all is known of that the charts of a list show, and who says so."""
    names = [*Measure, "key", "mode"]
    known = [
        row
        for row in rows
        if row.camelot is not None
        and row.genres
        and all(number(row, measure) is not None for measure in Measure)
    ]
    return Caption("", coverage(len(known), len(rows), "all values"), sources(rows, names))


def _numbers(rows: Iterable[TrackRow], measure: Measure) -> tuple[float, ...]:
    return tuple(v for row in rows if (v := number(row, measure)) is not None)


def _mood_point(row: TrackRow, place: int) -> MoodPoint | None:
    valence, energy = number(row, Measure.VALENCE), number(row, Measure.ENERGY)
    if valence is None or energy is None:
        return None
    popularity, tempo = number(row, Measure.POPULARITY), number(row, Measure.TEMPO)
    return MoodPoint(row.uri, row.label, valence, energy, popularity, tempo, place)
