"""Every value of one track in words, each with where it came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from ttt.found import Reach
from ttt.music import PITCH_CLASSES, Measure
from ttt.services.tracks import provenance, takeaways
from ttt.services.tracks.rows import TrackRow

_SHARES = ("danceability", "acousticness", "instrumentalness", "liveness", "speechiness")
_FEW = 2
_COUNTS = {
    Reach.DEEZER_RANK: ("Deezer rank", " of 1,000,000"),
    Reach.LASTFM_LISTENERS: ("Last.fm listeners", ""),
    Reach.LASTFM_PLAYCOUNT: ("Last.fm plays", ""),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A value ready to read; all but `name` are None while it is not known."""

    name: str
    text: str | None
    sign: str | None = None
    source: str | None = None


def facts(row: TrackRow, zone: tzinfo | None) -> list[Fact]:
    """What there is to know of a track; measures of a single service only where they are known."""
    measures = [_fact(row, zone, m, m, text=_described(row, m)) for m in Measure]
    key = _fact(row, zone, "key", "key", "mode", text=_key(row))
    features = [_fact(row, zone, name, name, text=_number(row, name, ".2f")) for name in _SHARES]
    loudness = _fact(row, zone, "loudness", "loudness", text=_number(row, "loudness", ".1f", " dB"))
    reach = [
        _fact(row, zone, name, measure, text=_number(row, measure, ",.0f", unit))
        for measure, (name, unit) in _COUNTS.items()
        if measure in row.values
    ]
    return [*measures, key, _genres(row), *features, loudness, *reach]


def standing(found: Sequence[Fact]) -> str:
    """How many of the facts are known, and of a few unknown ones which those are."""
    unknown = [fact.name.lower() for fact in found if fact.text is None]
    if not unknown:
        return "Every value is known"
    if len(unknown) == len(found):
        return "No value is known yet"
    if len(unknown) <= _FEW:
        return f"All values but {' and '.join(unknown)} are known"
    return f"{len(found) - len(unknown)} of {len(found)} values are known"


def _fact(row: TrackRow, zone: tzinfo | None, name: str, *used: str, text: str | None) -> Fact:
    name = name[0].upper() + name[1:]
    if text is None:
        return Fact(name, None)
    values = [row.values[key] for key in used if key in row.values]
    signs = dict.fromkeys(provenance.sign(value.source) for value in values)
    sources = dict.fromkeys(provenance.words(v.source, v.observed_at, zone) for v in values)
    return Fact(name, text, " ".join(signs), "; ".join(sources))


def _genres(row: TrackRow) -> Fact:
    if row.genre_source is None:
        return Fact("Genres", None)
    source = row.genre_source
    return Fact("Genres", ", ".join(row.genres), provenance.sign(source), source.label)


def _described(row: TrackRow, measure: Measure) -> str | None:
    number = row.number(measure)
    return None if number is None else takeaways.described(measure, number)


def _number(row: TrackRow, name: str, form: str, unit: str = "") -> str | None:
    number = row.number(name)
    return None if number is None else f"{number:{form}}{unit}"


def _key(row: TrackRow) -> str | None:
    if row.key_name is not None:
        return f"{row.key_name} ({row.camelot})"
    key = row.number("key")
    if key is None or key not in range(12):
        return None
    return f"{PITCH_CLASSES[int(key)]}, mode unknown"
