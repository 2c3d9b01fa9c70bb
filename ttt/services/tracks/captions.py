"""What is known of the rows under a chart: possible numbers, how many, and whose they are."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ttt.chartdata import Caption
from ttt.found import Reach, Source
from ttt.music import Measure
from ttt.services.tracks.rows import TrackRow
from ttt.words import counted

# What a measure can be; anything else (0 BPM, NaN) is how some sources say "unknown".
_POSSIBLE: Mapping[str, tuple[float, float]] = {
    Measure.POPULARITY: (0, 100),
    Measure.ENERGY: (0, 1),
    Measure.VALENCE: (0, 1),
    Measure.TEMPO: (20, 300),
    Reach.DEEZER_RANK: (1, 1e6),
    Reach.LASTFM_LISTENERS: (1, 1e12),
    Reach.LASTFM_PLAYCOUNT: (1, 1e12),
}


def number(row: TrackRow, measure: str) -> float | None:
    """Value of a measure, None where it is not known or not possible."""
    value = row.number(measure)
    low, high = _POSSIBLE[measure]
    return value if value is not None and low <= value <= high else None


def caption(
    takeaway: str, known: Sequence[TrackRow], total: int, what: str, names: Sequence[str]
) -> Caption:
    """Words round a chart: `known` are the rows that it shows, by the values of these `names`."""
    return Caption(takeaway, coverage(len(known), total, what), sources(known, names))


def beyond(chart: Caption, page: Caption) -> str:
    """What a chart has to say of its coverage and sources that its page has not said already."""
    differs = _known(chart.coverage) != _known(page.coverage)
    parts = [
        chart.coverage if differs else "",
        chart.sources if differs or chart.sources != page.sources else "",
    ]
    return " · ".join(filter(None, parts))


def _known(words: str) -> str:
    """How much is known: "41 of 50", or "all" of however many."""
    known, of, total = [*words.split(), "", "", ""][:3]
    return "all" if of == "of" and known == total else f"{known} {of} {total}"


def coverage(known: int, total: int, what: str) -> str:
    """How many tracks have what a chart shows: "41 of 50 tracks have a key"."""
    if total == 0:
        return "No tracks yet"
    tracks = counted(total, "track")
    return f"{known:,} of {tracks} {'has' if 1 in (known, total) else 'have'} {what}"


def sources(rows: Iterable[TrackRow], names: Sequence[str]) -> str:
    """Sources of the named values."""
    return named(
        Counter(
            source
            for row in rows
            for source in {row.values[name].source for name in names if name in row.values}
        )
    )


def named(used: Counter[Source | None]) -> str:
    """Sources, with the number of tracks each where there are several."""
    there = [(source.label, used[source]) for source in Source if used[source]]
    if len(there) < 2:
        return "".join(f"source: {label}" for label, _ in there)
    *first, last = [f"{label} ({count})" for label, count in there]
    return f"sources: {', '.join(first)} and {last}"
