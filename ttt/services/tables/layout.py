"""Where a table begins and what parts its cells: headers, title lines above them, or none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import mode

from ttt.providers import columns, identity
from ttt.providers.history_files.pieces import quoting
from ttt.services.tables import records
from ttt.services.tables.records import Record

DELIMITERS = ",;\t|"
_SAID = re.compile(r'"?sep=(.)"?\s*(?:\r\n|\r|\n|$)', re.IGNORECASE)
# Title lines above a header are few.
_LOOKED_AT = 20
# So many names of fields are no song.
_MANY = 3
# What stands under a header and never is one: numbers, dates, lengths.
_NUMBER = re.compile(r"[-+]?[.,:/ -]*+\d[\d.,:/ TZ%-]*+")
# Songs are called so, too.
_TITLE = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is cut: `header` is the number of its row of names, 0 where there is none.

    `sure` is False where the first row may as well be a track as a header.
    """

    text: str
    delimiter: str
    header: int
    names: tuple[str, ...]
    sure: bool = True


def find(text: str, *, header: bool | None = None) -> Layout:
    """The layout under which most columns have names that are known; `header` settles it."""
    text, said = _without_separator(text)
    text = _unwrapped(text)
    found = [_layout(text, d, header) for d in dict.fromkeys(said + DELIMITERS)]
    return max(found, key=lambda layout: (_known(layout.names), len(layout.names)))


def _unwrapped(text: str) -> str:
    """A table each row of which was put into quotation marks as a whole, without them."""
    rows = list(islice(records.cut(text, ","), _LOOKED_AT))
    cells = [row.cells or ("", "") for row in rows if not row.blank]
    if not cells or any(len(row) > 1 for row in cells) or not text.lstrip().startswith('"'):
        return text
    first = (records.cut(cells[0][0], delimiter) for delimiter in DELIMITERS)
    if max((_known(row.cells or ()) for rows in first for row in rows), default=0) < 2:
        return text
    return "\n".join(map(_inside, records.cut(text, ",")))


def _inside(row: Record) -> str:
    """What the only cell of a row holds, on one line; other rows as they are."""
    match row.cells:
        case (cell,):
            return " ".join(cell.split())
    return row.text


def is_one_column(text: str) -> bool:
    """Whether nothing parts the lines of a text into cells, as far as most of them go."""
    rows = [list(islice(records.cut(text, d), _LOOKED_AT)) for d in DELIMITERS]
    filled = [[row for row in some if row.cells and not row.blank] for some in rows]
    return all(not some or _width(some) == 1 for some in filled)


def body(layout: Layout) -> Iterator[tuple[Record, tuple[str, ...]]]:
    """The rows below the header, each with the names of its columns.

    Where tables were put together a header comes again, of the same columns or of others, which
    then are those of the rows below it.
    """
    names = layout.names
    for row in records.cut(layout.text, layout.delimiter):
        if row.number <= layout.header or row.blank:
            continue
        if layout.header and row.cells and _repeats(names, row.cells):
            continue
        if layout.header and _heads(row):
            names = _unique(row.cells or (), [row])
        else:
            yield row, names


def merged(names: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """What the columns of another header are called beside those of the first."""
    fields = {field: name for name in reversed(names) if (field := columns.field_named(name))}
    free = set(names) - set(others)
    found = list[str]()
    for other in others:
        same = fields.get(columns.field_named(other) or "", "")
        found.append(same if other not in names and same in free else other)
        free.discard(found[-1])
    return tuple(found)


def _repeats(names: Sequence[str], cells: Sequence[str]) -> bool:
    if names[:1] != (_name(cells[0]),):
        return False
    return _unique(cells, [Record(0, tuple(cells), "")]) == names


def _heads(row: Record) -> bool:
    """Whether a row can be nothing but names of columns, by which tracks are known.

    For a song may be called "Energy", and its artist "Time".
    """
    cells = [cell for cell in row.cells or () if cell.strip()]
    fields = set(map(columns.field_named, cells)) - {None}
    names_tracks = "spotify_id" in fields or {"title", "artist"} <= fields
    return len(fields) > 1 and names_tracks and (len(fields) == len(cells) or len(fields) > _MANY)


def _without_separator(text: str) -> tuple[str, str]:
    """The text without Excel's line that names the separator, and that separator."""
    said = _SAID.match(text)
    return (text[said.end() :], said[1]) if said else (text, "")


def _layout(text: str, delimiter: str, header: bool | None) -> Layout:
    rows = [r for r in islice(records.cut(text, delimiter), _LOOKED_AT) if r.cells and not r.blank]
    if not rows:
        return Layout(text, delimiter, 0, ())
    best = _named(rows) if header is None else None
    if best is not None:
        sure = _known(best.cells or ()) > 1 or _differs(best, rows)
        names = _unique((*_number_above(best, rows), *(best.cells or ())), rows)
        return Layout(text, delimiter, best.number, names, sure)
    width = _width(rows)
    first = next(row for row in rows if len(row.cells or ()) == width)
    if header is False or (header is None and _holds_a_track(first)):
        return Layout(text, delimiter, 0, tuple(f"column {n}" for n in range(1, width + 1)))
    sure = header is True or _differs(first, rows)
    return Layout(text, delimiter, first.number, _unique(first.cells or (), rows), sure)


def _number_above(header: Record, rows: Sequence[Record]) -> tuple[str, ...]:
    """What stands above the numbers of rows, for which R writes no name: a cell without one."""
    below = [row.cells for row in rows if row.number > header.number and row.cells]
    width = len(header.cells or ()) + 1
    counted = [int(row[0]) for row in below if len(row) == width and _TITLE.fullmatch(row[0])]
    counts = len(counted) == len(below) > 1
    return ("",) if counts and counted == [*range(counted[0], counted[0] + len(below))] else ()


def _named(rows: Sequence[Record]) -> Record | None:
    """The row in which most cells are names of fields, unless it is a row like those above it.

    For a song may be called "Energy", and its artist "Time". Below the first that can be nothing
    else, another begins a table of its own.
    """
    if (first := next(filter(_heads, rows), None)) is not None:
        return first
    best, widest = None, 0
    for row in rows:
        filled = sum(bool(cell.strip()) for cell in row.cells or ())
        known = _known(row.cells or ())
        fits = filled > widest or filled == 1 or 1 < known == filled
        if known > (_known(best.cells or ()) if best else 0) and fits and not _holds_a_track(row):
            best = row
        widest = max(widest, filled)
    return best


def _known(cells: Sequence[str]) -> int:
    """How many different fields the cells are names of."""
    return len(set(filter(None, map(columns.field_named, map(quoting.unwrapped, cells)))))


def _width(rows: Sequence[Record]) -> int:
    """How many cells most rows have."""
    return mode(len(row.cells or ()) for row in rows)


def _holds_a_track(row: Record) -> bool:
    return any(identity.spotify_id(cell) or identity.isrc(cell) for cell in row.cells or ())


def _differs(first: Record, rows: Sequence[Record]) -> bool:
    """Whether some column holds links or numbers below, and something else in the first row."""
    below = [row.cells for row in rows if row.number > first.number and row.cells]
    return any(
        cell.strip() and not _is_value(cell) and _are_values([row[at] for row in below if row[at:]])
        for at, cell in enumerate(first.cells or ())
    )


def _are_values(cells: Sequence[str]) -> bool:
    """Whether most are links or numbers; a song may be called "505", but not most of them."""
    filled = [cell for cell in cells if cell.strip()]
    values = list(filter(_is_value, filled))
    if len(values) == 1 and _TITLE.fullmatch(values[0].strip()):
        return False
    return len(values) * 2 > len(filled)


def _is_value(cell: str) -> bool:
    text = cell.strip()
    is_link = "://" in text or text.startswith("spotify:")
    return is_link or bool(_NUMBER.fullmatch(text) or identity.isrc(text))


def _unique(cells: Sequence[str], rows: Sequence[Record]) -> tuple[str, ...]:
    """Names of columns without capitals, each once; those without a name are counted.

    Columns at the end that have no name and hold nothing in these rows are none.
    """
    names: list[str] = []
    taken = set[str]()
    for place, cell in enumerate(cells, start=1):
        name = _name(cell) or f"column {place}"
        names.append(name if name not in taken else f"{name} ({place})")
        taken.add(names[-1])
    while names and not cells[len(names) - 1].strip() and not _is_filled(len(names) - 1, rows):
        names.pop()
    return tuple(names)


def _name(cell: str) -> str:
    return quoting.unwrapped(cell.strip("\ufeff \t")).casefold()


def _is_filled(place: int, rows: Sequence[Record]) -> bool:
    return any(cell.strip() for row in rows for cell in (row.cells or ())[place : place + 1])
