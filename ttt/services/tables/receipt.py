"""What became of each row that somebody wanted to add."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ttt import words
from ttt.services.tables import spreadsheet
from ttt.text import one_line

_VALUES = {
    "duration_ms": "length",
    "release_date": "release date",
    "time_signature": "time signature",
}
_LONGEST_SHOWN = 30
_COLUMNS = ("row", "text", "outcome", "reason")


@dataclass(frozen=True, slots=True)
class Line:
    """A row (from 1) and the track that its text names."""

    row: int
    text: str
    spotify_id: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row (from 1) that was not taken; `reason` is a whole sentence."""

    row: int
    text: str
    reason: str


class Unusable(NamedTuple):
    """How many cells of a field hold what cannot be meant, and what the first of them holds."""

    total: int
    first: str


class Reason(NamedTuple):
    """A reason, how many rows it is about, and the first of them."""

    text: str
    total: int
    rows: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A row (from 1) whose track is on the list now; `added` unless it was there already."""

    row: int
    text: str
    added: bool
    uri: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row (from 1) whose title and artist nobody was asked about yet.

    `said` is what else the row says of its track, as it is stored; None where that is nothing.
    """

    row: int
    text: str
    title: str
    artist: str
    said: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Every row that was not blank is counted once: added, already there, waiting or refused.

    `repeated` of those already there stand further up in what was brought. `values` counts the
    tracks of which each field was taken as the person's own, `unusable` the cells of each that
    were left out of rows that were not refused; `lost_letters` of the file could not be read;
    `import_id` is the kept receipt's.
    """

    added: int
    already_there: int
    refused: tuple[Refusal, ...] = ()
    taken: tuple[Taken, ...] = field(default=(), compare=False)
    waiting: tuple[Waiting, ...] = ()
    repeated: int = field(default=0, compare=False)
    values: Mapping[str, int] = field(default_factory=dict, compare=False)
    unusable: Mapping[str, Unusable] = field(default_factory=dict, compare=False)
    lost_letters: int = field(default=0, compare=False)
    import_id: int | None = field(default=None, compare=False)

    @classmethod
    def of(cls, taken: Iterable[Taken], refused: Iterable[Refusal]) -> "Receipt":
        """Count rows."""
        taken = tuple(taken)
        added = sum(row.added for row in taken)
        repeated = len(taken) - len({row.uri for row in taken})
        in_order = tuple(sorted(refused, key=lambda refusal: refusal.row))
        return cls(added, len(taken) - added, in_order, taken, repeated=repeated)

    @property
    def reasons(self) -> list[Reason]:
        """Refused rows by their reason, the commonest first."""
        return by_reason(self.refused)

    def as_json(self) -> dict[str, object]:
        """The same for programs."""
        told: dict[str, object] = {
            "added": self.added,
            "already_there": self.already_there,
            "repeated": self.repeated,
            "waiting": len(self.waiting),
            "values": dict(self.values),
            "refused": [{"row": r.row, "reason": r.reason} for r in self.refused],
        }
        if self.unusable:
            told["unusable"] = {name: one._asdict() for name, one in self.unusable.items()}
        return told | ({"lost_letters": self.lost_letters} if self.lost_letters else {})

    def as_csv(self) -> str:
        """Row by row what was given and what became of it, as a file for a spreadsheet."""
        rows = [(r.row, r.text, "refused", r.reason) for r in self.refused]
        rows += [(t.row, t.text, "added" if t.added else "already there", "") for t in self.taken]
        rows += [(w.row, w.text, "waiting", "") for w in self.waiting]
        records = [dict(zip(_COLUMNS, row, strict=True)) for row in sorted(rows)]
        return spreadsheet.file(_COLUMNS, records)


def by_reason(refused: Iterable[Refusal]) -> list[Reason]:
    """Refused rows by their reason, the commonest first."""
    found: dict[str, list[Refusal]] = {}
    for refusal in refused:
        found.setdefault(refusal.reason, []).append(refusal)
    reasons = (Reason(reason, len(rows), tuple(rows)) for reason, rows in found.items())
    return sorted(reasons, key=lambda one: -one.total)


def count_unusable(rows: Iterable[Mapping[str, str]]) -> dict[str, Unusable]:
    """Cells that cannot be meant by their field, the commonest first, with a short example."""
    found: dict[str, Unusable] = {}
    for row in rows:
        for name, text in row.items():
            total, first = found.get(name) or (0, _short(text))
            found[name] = Unusable(total + 1, first)
    return dict(sorted(found.items(), key=lambda one: -one[1].total))


def _short(text: str) -> str:
    line = one_line(text[: 2 * _LONGEST_SHOWN])
    return line if len(line) <= _LONGEST_SHOWN else f"{line[:_LONGEST_SHOWN]}…"


def told_unusable(found: Mapping[str, Unusable]) -> str:
    """Cells that were left out, by their field; "" where there are none."""
    total = sum(one.total for one in found.values())
    if not total:
        return ""
    was = "was" if total == 1 else "were"
    fields = "; ".join(_told(name, one) for name, one in found.items())
    return f"{words.counted(total, 'value')} could not be used and {was} left out: {fields}."


def _told(name: str, one: Unusable) -> str:
    such = "" if one.total == 1 else "such as "
    return f"{one.total:,} of {called(name)}, {such}“{one.first}”"


def told_lost(letters: int) -> str:
    """Letters that could not be read, what stands in their place, and what to do."""
    stand = "1 letter of the file could not be read and stands"
    if letters > 1:
        stand = f"{letters:,} letters of the file could not be read and stand"
    what = "If the file looks right elsewhere, save it as UTF-8 and bring it again."
    return f"{stand} as “\ufffd”. {what}"


def called(field: str) -> str:
    """A field's name for people: "release date"."""
    return _VALUES.get(field, field)


def told_values(counts: Mapping[str, int]) -> str:
    """Tracks by what was taken of them: "energy of 2 tracks, release date of 1"."""
    told = [f"{called(name)} of {count:,}" for name, count in counts.items()]
    tracks = " track" if next(iter(counts.values()), 0) == 1 else " tracks"
    return ", ".join([told[0] + tracks, *told[1:]]) if told else ""
