"""What somebody chose of a list, by filters and on charts, and how it stands in an address."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from urllib.parse import quote, unquote

from ttt.music import Measure
from ttt.services.tracks.genres import having
from ttt.services.tracks.marking import Box, Marked, Span
from ttt.services.tracks.narrowing import NUMBERS, TEXTS, Filter
from ttt.services.tracks.rows import TrackRow

# The parts of an address that hold a choice.
NAMES = ("genre", "filter", "map", "key", "bar")
_TO = ".."


class Chip(NamedTuple):
    """One thing that was chosen, in words, and the choice without it."""

    words: str
    without: "Choice"


@dataclass(frozen=True, slots=True)
class Choice:
    """Genres, filters by column, and what is marked on charts; empty means all tracks."""

    genres: tuple[str, ...] = ()
    filter: Filter = field(default_factory=Filter)
    marked: Marked = field(default_factory=Marked)

    def __bool__(self) -> bool:
        return bool(self.genres or self.filter.texts or self.filter.spans or self.marked)

    def narrowed(self, rows: Sequence[TrackRow]) -> Sequence[TrackRow]:
        """Rows by genre and column; charts show these, whatever is marked on them."""
        return self.filter.among(having(rows, self.genres))

    def among(self, rows: Sequence[TrackRow]) -> Sequence[TrackRow]:
        """Rows by all that was chosen."""
        return self.marked.among(self.narrowed(rows))

    def chips(self) -> list[Chip]:
        """Each thing that was chosen, and how it is taken away."""
        chips = [
            Chip(genre, replace(self, genres=tuple(g for g in self.genres if g != genre)))
            for genre in self.genres
        ]
        chips += [self._text(name, text) for name, text in self.filter.texts.items()]
        chips += [self._span(name, span) for name, span in self.filter.spans.items()]
        return chips + self._marks()

    def _text(self, name: str, text: str) -> Chip:
        texts = {n: t for n, t in self.filter.texts.items() if n != name}
        return Chip(f"{name}: {text}", replace(self, filter=Filter(texts, self.filter.spans)))

    def _span(self, name: str, span: Span) -> Chip:
        spans = {n: s for n, s in self.filter.spans.items() if n != name}
        words = f"{name} {_number(span[0])} to {_number(span[1])}"
        return Chip(words, replace(self, filter=Filter(self.filter.texts, spans)))

    def _marks(self) -> list[Chip]:
        marked, chips = self.marked, []
        if marked.box is not None:
            chips.append(Chip("Part of the map", replace(self, marked=replace(marked, box=None))))
        for code in marked.codes:
            codes = tuple(c for c in marked.codes if c != code)
            chips.append(Chip(code, replace(self, marked=replace(marked, codes=codes))))
        for measure, spans in marked.spans.items():
            if spans:
                rest = {m: s for m, s in marked.spans.items() if m != measure}
                ends = " and ".join(f"{_number(low)} to {_number(high)}" for low, high in spans)
                words = f"{measure.capitalize()} {ends}"
                chips.append(Chip(words, replace(self, marked=replace(marked, spans=rest))))
        return chips


def written(choice: Choice) -> dict[str, str]:
    """A choice as parts of an address, those that are empty left out."""
    marked = choice.marked
    filters = [f"{name}:{_safe(text)}" for name, text in choice.filter.texts.items()]
    filters += [f"{name}:{_ends(span)}" for name, span in choice.filter.spans.items()]
    parts = {
        "genre": map(_safe, choice.genres),
        "filter": filters,
        "map": map(_ends, marked.box or ()),
        "key": marked.codes,
        "bar": [f"{m}:{_ends(span)}" for m, spans in marked.spans.items() for span in spans],
    }
    joined = {name: ",".join(each) for name, each in parts.items()}
    return {name: text for name, text in joined.items() if text}


def read(address: Mapping[str, str]) -> Choice:
    """The choice of an address; what nobody could have chosen is left out."""
    parts = {name: address.get(name, "").split(",") for name in NAMES}
    pairs = [part.partition(":") for part in parts["filter"]]
    bars: dict[Measure, list[Span]] = {}
    for name, _, ends in (part.partition(":") for part in parts["bar"]):
        if name in set(Measure) and (span := _span(ends)) is not None:
            bars.setdefault(Measure(name), []).append(span)
    return Choice(
        tuple(unquote(genre) for genre in parts["genre"] if genre),
        Filter(
            {name: unquote(text) for name, _, text in pairs if name in TEXTS and text},
            _known((name, _span(ends)) for name, _, ends in pairs if name in NUMBERS),
        ),
        Marked(_box(parts["map"]), tuple(code for code in parts["key"] if code), bars),
    )


def _box(parts: Sequence[str]) -> Box | None:
    spans = [span for part in parts if (span := _span(part)) is not None]
    return Box(*spans) if len(spans) == len(Box._fields) else None


def _known(spans: Iterable[tuple[str, Span | None]]) -> dict[str, Span]:
    return {name: span for name, span in spans if span is not None}


def _span(text: str) -> Span | None:
    low, _, high = text.partition(_TO)
    try:
        ends = float(low), float(high)
    except ValueError:
        return None
    return ends if ends[0] <= ends[1] else None


def _ends(span: Span) -> str:
    return f"{_number(span[0])}{_TO}{_number(span[1])}"


def _number(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")


def _safe(text: str) -> str:
    return quote(text, safe=" ")
