"""Where the values of tracks came from: in words, and as signs short enough for a table."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, tzinfo

from ttt.found import Source
from ttt.music import Measure
from ttt.services.rows import TrackRow

_SIGNS = {
    Source.HAND: "H",
    Source.FILE: "F",
    Source.SPOTIFY: "S",
    Source.RECCOBEATS: "R",
    Source.DEEZER: "D",
    Source.CATALOGUE: "C",
    Source.LASTFM: "L",
    Source.MUSICBRAINZ: "M",
    Source.UPLOAD: "U",
    Source.DEMO: "S*",
}
_MARKED = (*Measure, "key")


def sign(source: Source) -> str:
    """One letter for a source, two for the demo."""
    return _SIGNS[source]


def words(source: Source, observed_at: datetime, zone: tzinfo | None) -> str:
    """A source and the day of its value: "ReccoBeats, 3 Nov 2026"."""
    return _dated(source, {_day(observed_at, zone)})


def mark(row: TrackRow) -> str | None:
    """Signs of what a table shows of a row: "R", or "R, tempo D" where one value is another's.

    The sign that stands alone is that of most values; None when no value is known.
    """
    names: dict[Source, list[str]] = defaultdict(list)
    for name in _MARKED:
        if name in row.values:
            names[row.values[name].source].append(name)
    if row.genre_source is not None:
        names[row.genre_source].append("genres")
    main = max(names, key=lambda source: len(names[source]), default=None)
    if main is None:
        return None
    others = [f"{' '.join(said)} {sign(s)}" for s, said in names.items() if s is not main]
    return ", ".join([sign(main), *others])


def legend(rows: Iterable[TrackRow], zone: tzinfo | None) -> list[str]:
    """Each sign of the rows' marks with its source and days: "D Deezer, 3 Nov 2026"."""
    days: dict[Source, set[date]] = defaultdict(set)
    for row in rows:
        for name in _MARKED:
            if name in row.values:
                value = row.values[name]
                days[value.source].add(_day(value.observed_at, zone))
        if row.genre_source is not None:
            days[row.genre_source].update()
    return [f"{sign(s)} {_dated(s, days[s])}" for s in Source if s in days]


def _dated(source: Source, days: set[date]) -> str:
    # The catalogue's label has its year; a day would be more than is known.
    if source is Source.CATALOGUE or not days:
        return source.label
    ends = dict.fromkeys([min(days), max(days)])
    return f"{source.label}, {' to '.join(f'{day.day} {day:%b %Y}' for day in ends)}"


def _day(moment: datetime, zone: tzinfo | None) -> date:
    return moment.astimezone(zone).date() if zone else moment.date()
