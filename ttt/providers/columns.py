"""Tables of other people: which column holds what, and in which unit."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ttt.providers import identity
from ttt.providers import numbers as values
from ttt.providers.column_names import NAMES
from ttt.providers.keys import notations

Cells = Mapping[str, str]

_TRACK = ("spotify_id", "isrc")
_NAMED = ("title", "artist", "album")
# What a table says beside which track it is and what it is called.
VALUES = tuple(field for field in NAMES if field not in (*_TRACK, *_NAMED))
# Ids in columns of such a name are those of other things, which look like a track's.
_OF_SOMETHING_ELSE = re.compile(
    r"album|artist|kunstler|interpret|playlist|user|owner|addedby|show|episode|episodio|context"
)
# Of a column without a name that is known, so many cells have to be links or ids.
_MOSTLY = 0.8
_LOOKED_AT = 100
_SHARES = tuple(name for name, ends in values.RANGES.items() if ends == (0.0, 1.0))
_OF_A_WHOLE = (*_SHARES, "popularity")
_PERCENT = re.compile(r"(?:percentage|percent|pct|%|0100)$")
# "Energy (0-100)", and what a name that came again is called.
_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*\d[^()\[\]]*[)\]]\s*$")
_DIGIT = re.compile(r"\d")
_PERCENT_SIGNS = ("%", "％")
_MOST = 100
_BEYOND_LATIN = "\u0250"
_UNITS = r"(?:bpm|beats per minute|db|dbfs|lufs|%)"
_NUMBER = re.compile(
    rf"'?([+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?)\s*{_UNITS}?", re.IGNORECASE
)
_NOTHING = frozenset(
    "na n/a n.a. #n/a #na <na> nan none null nil undefined unknown".split()  # noqa: SIM905
)
_LONGEST_NOTHING = max(map(len, _NOTHING))


def number(cell: str) -> float | None:
    """Number of a cell such as "0.5", "0,5", "-6.3 dB" or "64 %"."""
    text = cell.strip()
    if not text.isascii():
        text = text.replace("−", "-").replace("％", "%")
    found = _NUMBER.fullmatch(text)
    return float(found[1].replace(",", ".")) if found else None


class Columns:
    """The fields of a table whose rows all have the same columns.

    `chosen` are columns by field that a person named, "" where no column holds one; the others go
    by their names, and links and ids by their look.
    """

    def __init__(self, rows: Sequence[Cells], chosen: Mapping[str, str] | None = None) -> None:
        header = list(rows[0]) if rows else []
        self._columns = {field: _columns(field, header) for field in NAMES}
        self._columns["spotify_id"] += _by_look(rows, self._columns)
        self._columns["isrc"] = self._columns["isrc"] or _isrcs_by_look(rows, self._columns)
        if chosen is not None:
            self._columns |= {field: [] for field in ("spotify_id", *_NAMED)}
            self._columns |= {field: [column] if column else [] for field, column in chosen.items()}
        shares = [column for field in _SHARES for column in self._columns[field]]
        self._units = _units_of({column: _bare(column, rows) for column in shares})
        for column in self._columns["popularity"]:
            self._units[column] = _unit_of_hundred(_bare(column, rows))
        keys = (cells[column] for cells in rows for column in self._columns["key"])
        self.says_minor = any(map(notations.is_minor, keys))
        """Whether keys are minor by an "m", so that letters alone are major."""

    @property
    def names_tracks(self) -> bool:
        """Whether there is a column for ids, links or ISRCs."""
        return any(self._columns[field] for field in _TRACK)

    @property
    def names_recordings(self) -> bool:
        """Whether there are columns for titles and for artists."""
        return bool(self._columns["title"] and self._columns["artist"])

    @property
    def holds_values(self) -> bool:
        """Whether there is a column for anything but which track it is."""
        return any(self._columns[field] for field in VALUES)

    def named(self, field: str) -> list[str]:
        """The columns that hold a field, the likeliest first."""
        return self._columns[field]

    def said(self, cells: Cells, field: str) -> list[str]:
        """What a row says of a field, by column; blanks, dashes and words for nothing are none."""
        return [text for name in self._columns[field] if says(text := cells[name].strip())]

    def number(self, cells: Cells, field: str) -> float | None:
        """Number of a field in Spotify's unit, None where it is not known or not sure."""
        for column in self._columns[field]:
            if says(text := cells[column].strip()):
                return self._in_unit(text, column, field)
        return None

    def _in_unit(self, text: str, column: str, field: str) -> float | None:
        found, unit = number(text), self._units.get(column, _SHARES_ALL)
        if text.endswith(_PERCENT_SIGNS):
            unit = _PERCENT_SAID if field in _SHARES else _SHARES_ALL
        return None if found is None else unit.read(found)


def _bare(column: str, rows: Sequence[Cells]) -> list[float]:
    """The numbers of a column that do not say themselves that they are percent."""
    texts = [text for cells in rows if says(text := cells[column].strip())]
    bare = [text for text in texts if not text.endswith(_PERCENT_SIGNS)]
    return [known for text in bare if (known := number(text)) is not None]


def _units_of(found: Mapping[str, Sequence[float]]) -> dict[str, "_Unit"]:
    """Of columns of shares, whether each holds percent or shares, or neither where it proves none.

    One program wrote them all: where some column proves percent and none has a fraction, 1 is
    one of a hundred in the others too.
    """
    named = {column: squeezed(column) for column in found}
    said = {column for column, name in named.items() if _PERCENT.search(name)}
    units = {column: _proven(numbers) for column, numbers in found.items()}
    whole = all(n % 1 == 0 for column, ns in found.items() if column not in said for n in ns)
    if whole and _PERCENT_SEEN in units.values():
        few = {column for column, numbers in found.items() if max(numbers, default=0) <= _MOST}
        few -= {column for column in few if _DIGIT.search(named[column])}  # "Energy (1-10)"
        units |= dict.fromkeys(few, _PERCENT_SEEN)
    return units | dict.fromkeys(said, _PERCENT_SAID)


def _unit_of_hundred(numbers: Sequence[float]) -> "_Unit":
    """Whether a column of numbers up to 100 holds shares; a fraction beside others is not sure."""
    if not any(0 < number < 1 for number in numbers):
        return _SHARES_ALL
    return _HUNDREDTHS if max(numbers) <= 1 else _Unit(1, fractions=False)


class _Unit(NamedTuple):
    """By what a column's numbers are divided, None where nobody knows; whether fractions are."""

    divisor: float | None
    fractions: bool = True

    def read(self, number: float) -> float | None:
        """A number as a share of 1."""
        is_sure = self.fractions or not 0 < number < 1
        if not self.divisor or not is_sure:
            return None
        read = number / self.divisor
        return round(read, 9) if self.divisor < 1 else read


_SHARES_ALL, _PERCENT_SAID, _PERCENT_SEEN = _Unit(1), _Unit(100), _Unit(100, fractions=False)
_HUNDREDTHS = _Unit(0.01)


def _proven(numbers: Sequence[float]) -> _Unit:
    """What most of a column's numbers are; the others are mistakes, or of another table.

    Fractions of 1 and whole numbers above 1 are never both of one kind, so that half of each are
    shares and something else.
    """
    above, fractions = [n for n in numbers if n > 1], [n for n in numbers if 0 < n < 1]
    if len(above) > len(fractions):
        return _PERCENT_SEEN if 10 < max(above) <= _MOST else _Unit(None)
    are_parted = len(above) < len(fractions) or all(number % 1 == 0 for number in above)
    return _SHARES_ALL if are_parted else _Unit(None)


def says(text: str) -> bool:
    """Whether a cell says more than that nothing is known."""
    if len(text) > _LONGEST_NOTHING:
        return True
    return (text[:1].isalnum() or any(map(str.isalnum, text))) and text.casefold() not in _NOTHING


def name_nothing(*names: str) -> bool:
    """Whether names are all dashes or the same word for nothing; beside others one may be meant."""
    words = {name.strip("-–— ").casefold() for name in names} - {""}
    return len(words) < 2 and words <= _NOTHING


def _columns(field: str, header: Sequence[str]) -> list[str]:
    """Columns of the header that hold a field, the likeliest first."""
    names: dict[str, list[str]] = {}
    for column in header:
        name = squeezed(column)
        name = _PERCENT.sub("", name) if field in _OF_A_WHOLE else name
        name = name if name in _FIELDS else squeezed(_IN_BRACKETS.sub("", column))
        names.setdefault(name, []).append(column)
    return [column for name in NAMES[field] for column in names.get(name, ())]


def _by_look(rows: Sequence[Cells], known: Mapping[str, Sequence[str]]) -> list[str]:
    """Columns without a name that is known whose cells are tracks' links, URIs or ids."""
    taken = {column for columns in known.values() for column in columns}
    return [
        column
        for column in (rows[0] if rows else ())
        if column not in taken
        and _holds_tracks(column, [cells[column] for cells in rows if cells[column].strip()])
    ]


def _isrcs_by_look(rows: Sequence[Cells], known: Mapping[str, Sequence[str]]) -> list[str]:
    """Columns without a name that is known whose first cells are ISRCs, nearly all of them."""
    taken = {column for columns in known.values() for column in columns}
    found = []
    for column in rows[0] if rows else ():
        cells = [cells[column] for cells in rows[:_LOOKED_AT] if cells[column].strip()]
        isrcs = sum(identity.isrc(cell) is not None for cell in cells)
        if column not in taken and cells and isrcs >= _MOSTLY * len(cells):
            found.append(column)
    return found


def _holds_tracks(column: str, cells: Sequence[str]) -> bool:
    of_others = _OF_SOMETHING_ELSE.search(squeezed(column))
    named = identity.track_link if of_others else identity.spotify_id
    tracks = sum(named(cell) is not None for cell in cells)
    return bool(cells) and tracks >= _MOSTLY * len(cells)


def field_named(column: str) -> str | None:
    """The field that a column of this name holds, None for a name that nobody uses for one."""
    name = squeezed(column)
    names = (name, _PERCENT.sub("", name), squeezed(_IN_BRACKETS.sub("", column)))
    return next((_FIELDS[name] for name in names if name in _FIELDS), None)


@lru_cache(maxsize=2_000)
def squeezed(column: str) -> str:
    """Name of a column without capitals, accents, spaces and signs."""
    text = unicodedata.normalize("NFKC", column).casefold()
    # Beyond Latin letters a mark makes another letter.
    bare = (unicodedata.normalize("NFD", c)[0] if c < _BEYOND_LATIN else c for c in text)
    return "".join(c for c in bare if c.isalnum() or c == "%")


_FIELDS = {name: field for field, names in NAMES.items() for name in names}
