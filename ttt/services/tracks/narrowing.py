"""Sorting and filtering a list by what its columns say; what is not known is never guessed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ttt import music
from ttt.music import Measure
from ttt.services.tracks import provenance
from ttt.services.tracks.marking import Span
from ttt.services.tracks.rows import TrackRow
from ttt.text import without_accents

TEXTS: Mapping[str, Callable[[TrackRow], str | None]] = {
    "Title": lambda row: row.title,
    "Artist": lambda row: ", ".join(row.artists),
    "Album": lambda row: row.album,
    "Feel": lambda row: _word(row, Measure.ENERGY, music.energy_word),
    "Mood": lambda row: _word(row, Measure.VALENCE, music.mood),
    "Key": lambda row: row.key_name,
    "Camelot": lambda row: row.camelot,
    "Genres": lambda row: ", ".join(row.genres),
    "Tags": lambda row: ", ".join(row.tags),
    "Note": lambda row: row.note,
    "Source": provenance.mark,
    "Added": lambda row: None if row.added_at is None else f"{row.added_at:%Y-%m-%d}",
    "Added by": lambda row: row.added_by,
}
NUMBERS: Mapping[str, Callable[[TrackRow], float | None]] = {
    "Year": lambda row: row.release_year,
    "Popularity": lambda row: row.number(Measure.POPULARITY),
    "Energy": lambda row: row.number(Measure.ENERGY),
    "Valence": lambda row: row.number(Measure.VALENCE),
    "Tempo": lambda row: row.number(Measure.TEMPO),
    "Minutes": lambda row: None if row.duration_ms is None else row.duration_ms / 60_000,
}
COLUMNS = (*TEXTS, *NUMBERS)


@dataclass(frozen=True, slots=True)
class Filter:
    """What texts hold, whatever their case and accents, and in which spans numbers lie."""

    texts: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)

    def among(self, rows: Sequence[TrackRow]) -> Sequence[TrackRow]:
        """The rows that fit; one whose value is not known fits no filter of that value."""
        if not (self.texts or self.spans):
            return rows
        wanted = {name: _plain(text.strip()) for name, text in self.texts.items()}
        return [row for row in rows if self._fits(row, wanted)]

    def _fits(self, row: TrackRow, wanted: Mapping[str, str]) -> bool:
        return all(text in _plain(TEXTS[name](row) or "") for name, text in wanted.items()) and all(
            _within(NUMBERS[name](row), span) for name, span in self.spans.items()
        )


def _plain(text: str) -> str:
    return without_accents(text.casefold())


def filled(rows: Sequence[TrackRow]) -> list[str]:
    """Columns that can be filtered by: those in which a row says something."""
    texts = [name for name, said in TEXTS.items() if any(map(said, rows))]
    return texts + [name for name in NUMBERS if extent(rows, name) is not None]


def extent(rows: Sequence[TrackRow], name: str) -> Span | None:
    """Least and greatest number of a column, None where none is known."""
    known = [number for row in rows if (number := NUMBERS[name](row)) is not None]
    return (min(known), max(known)) if known else None


def ordered(rows: Sequence[TrackRow], name: str, *, descending: bool = False) -> list[TrackRow]:
    """Rows by a column; those that say nothing come last, as they stood."""
    known = [(value, row) for row in rows if (value := _value(row, name)) is not None]
    known.sort(key=lambda pair: pair[0], reverse=descending)
    first = [row for _, row in known]
    return first + [row for row in rows if _value(row, name) is None]


def _value(row: TrackRow, name: str) -> Any:
    if name in NUMBERS:
        return NUMBERS[name](row)
    if name == "Added":
        return row.added_at
    return (TEXTS[name](row) or "").casefold() or None


def _word(row: TrackRow, measure: Measure, word: Callable[[float], str]) -> str | None:
    number = row.number(measure)
    return None if number is None else word(number)


def _within(number: float | None, span: Span) -> bool:
    return number is not None and span[0] <= number <= span[1]
