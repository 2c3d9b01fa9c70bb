"""Where the values of tracks came from: in words, and as signs short enough for a table."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, tzinfo

from ttt.found import Source
from ttt.music import Measure
from ttt.services.tracks.rows import TrackRow

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
GENRES = "genres"
# What a table shows, in its order; genres have a source and no day.
MARKED = (*Measure, "key", GENRES)


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
    names = _names(row)
    main = max(names, key=lambda source: len(names[source]), default=None)
    if main is None:
        return None
    others = [f"{' '.join(said)} {sign(s)}" for s, said in names.items() if s is not main]
    return ", ".join([sign(main), *others])


def legend(
    rows: Sequence[TrackRow], zone: tzinfo | None, wanted: Collection[str] = MARKED
) -> list[str]:
    """Each sign of the wanted values with its source and days: "D Deezer, 3 Nov 2026"."""
    present = {s for row in rows for s, names in _names(row).items() if set(names) & set(wanted)}
    return [f"{sign(s)} {_dated(s, _days(rows, s, wanted, zone))}" for s in Source if s in present]


def _names(row: TrackRow) -> dict[Source, list[str]]:
    """What each source gave, of what a table shows."""
    names: dict[Source, list[str]] = defaultdict(list)
    for name in MARKED:
        if name in row.values:
            names[row.values[name].source].append(name)
    if row.genre_source is not None:
        names[row.genre_source].append(GENRES)
    return names


def _days(
    rows: Iterable[TrackRow], source: Source, names: Iterable[str], zone: tzinfo | None
) -> set[date]:
    values = (row.values.get(name) for row in rows for name in names)
    return {_day(v.observed_at, zone) for v in values if v is not None and v.source is source}


def _dated(source: Source, days: set[date]) -> str:
    # The catalogue's label has its year; a day would be more than is known.
    if source is Source.CATALOGUE or not days:
        return source.label
    ends = dict.fromkeys([min(days), max(days)])
    return f"{source.label}, {' to '.join(f'{day.day} {day:%b %Y}' for day in ends)}"


def _day(moment: datetime, zone: tzinfo | None) -> date:
    return moment.astimezone(zone).date() if zone else moment.date()
