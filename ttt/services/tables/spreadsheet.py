"""CSV as spreadsheets write and read it, with formulas defused."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from ttt import words
from ttt.errors import InvalidInput
from ttt.found.letters import Guess
from ttt.providers import encodings, identity
from ttt.providers.encodings import Decoded
from ttt.providers.history_files.pieces import quoting
from ttt.services.tables import layout
from ttt.services.tables.records import Record
from ttt.services.tracks import links

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 20_000
# Each row has a cell for every column, whatever it says itself.
MOST_CELLS = 2_000_000
# A spreadsheet has no more, and each name is looked at.
MOST_COLUMNS = 16_384
BYTE_ORDER_MARK = "\ufeff"  # without it at the start Excel does not read UTF-8
# What a spreadsheet would run, and what only looks defused: undoing would change that.
_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")

_LONGEST_SHOWN = 200
_NO_TEXT, _MOST_ODD = re.compile(r"[\0-\x08\x0e-\x1f]"), 0.05
_IN_WORKBOOKS = re.compile(rb"\[Content_Types\]\.xml|mimetypeapplication/")
WORKBOOK = "This is a workbook that cannot be read: save it as CSV first."
_ZIP = "This is a zip file: unpack it, and bring the lists in it one by one."
_PACKED = "This file is compressed: unpack it first."

_ELSE = {
    b"\xd0\xcf\x11\xe0": WORKBOOK,
    b"%PDF": "This is a PDF, not a list: save the list itself as CSV or text.",
    b"{\\rtf": "This is a formatted text (RTF): save it as plain text.",
    b"\x1f\x8b": _PACKED,
    b"\xfd7zXZ\x00": _PACKED,
    b"BZh91AY&SY": _PACKED,
    b"\x28\xb5\x2f\xfd": _PACKED,
    b"7z\xbc\xaf\x27\x1c": "This is a 7z archive: unpack it, and bring the lists in it one by one.",
    b"Rar!\x1a\x07": "This is a RAR archive: unpack it, and bring the lists in it one by one.",
}

Cells = dict[str, str]


class Broken(NamedTuple):
    """A row (from 1) that cannot be read, what it holds, and a sentence that says why."""

    number: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: each row that is not blank stands in `rows` or in `broken`.

    With `guesses` the encoding is not sure; `lost` letters could not be read; without
    `header_sure` the first row may as well be data.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[int, Cells], ...]
    broken: tuple[Broken, ...] = ()
    guesses: tuple[Guess, ...] = ()
    lost: int = 0
    header_sure: bool = True


def write(columns: Sequence[str], records: Iterable[Mapping[str, object]]) -> str:
    """CSV text with a header, in which no cell is a formula."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(columns)
    for record in records:
        writer.writerow([_defused(record[column]) for column in columns])
    return file.getvalue()


def file(columns: Sequence[str], records: Iterable[Mapping[str, object]]) -> str:
    """Content of a CSV file that Excel reads as well."""
    return BYTE_ORDER_MARK + write(columns, records)


def decode(content: bytes, encoding: str | None = None) -> Decoded:
    """The text of a file that may hold a table; InvalidInput when it is none."""
    _check(content)
    decoded = encodings.decode(content, encoding)
    text = decoded.text.rstrip("\0")
    if "\0" in decoded.text and len(_NO_TEXT.findall(text)) > len(text) * _MOST_ODD:
        raise InvalidInput("This is not a text file: save it as CSV first.")
    # A few are what a program or a broken disk left between the letters.
    text = text.replace("\0", "")
    if not text.strip():
        raise InvalidInput("The file is empty.")
    return replace(decoded, text=text)


def cut(decoded: Decoded, *, header: bool | None = None) -> Sheet:
    """The rows of a text; `header` says whether its first row names the columns.

    Column names are case-folded and each there once. A row that has more or fewer cells than the
    header has names is not taken: who knows which of its cells is missing.
    """
    text = quoting.plain(decoded.text, typeset=quoting.is_typeset(decoded.text))
    found = layout.find(text, header=header)
    rows, broken = [], []
    names = dict.fromkeys(found.names, "")
    require_few(0, len(names))
    for number, (record, own) in enumerate(layout.body(found), start=1):
        require_few(number, len(names))
        reason = _reason(record, len(own), headed=bool(found.header))
        if reason:
            broken.append(Broken(record.number, record.text[:_LONGEST_SHOWN], reason))
            continue
        called = own if own == found.names else layout.merged(found.names, own)
        names |= dict.fromkeys(called, "")
        rows.append((record.number, _by_column(called, record.cells or ())))
    if len(names) > len(found.names):
        rows = [(number, names | cells) for number, cells in rows]
    guesses, lost = decoded.guesses, decoded.lost
    return Sheet(tuple(names), tuple(rows), tuple(broken), guesses, lost, found.sure)


def require_few(rows: int, columns: int) -> None:
    """Refuse, by InvalidInput, too many rows, or a table that has too many with every column."""
    if rows > MAX_ROWS:
        raise InvalidInput(f"The file has more than {MAX_ROWS:,} rows: split it.")
    if rows * columns > MOST_CELLS or columns > MOST_COLUMNS:
        raise InvalidInput("The file has too many rows and columns: split it, or leave some out.")


def undefused(cell: str) -> str:
    """The text that `write` made a cell of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def put_together(sheets: Sequence[Sheet]) -> Sheet:
    """Tables as one, with the columns of all of them; rows are numbered through."""
    names = tuple(dict.fromkeys(name for sheet in sheets for name in sheet.columns))
    blank, rows, broken, before = dict.fromkeys(names, ""), list[Any](), list[Broken](), 0
    for sheet in sheets:
        rows += [(before + number, blank | cells) for number, cells in sheet.rows]
        broken += [row._replace(number=before + row.number) for row in sheet.broken]
        before = max((n for n, *_ in (*rows, *broken)), default=0)
    require_few(len(rows), len(names))
    return replace(sheets[0], columns=names, rows=tuple(rows), broken=tuple(broken))


def _check(content: bytes) -> None:
    if len(content) > MAX_BYTES:
        raise InvalidInput(f"The file is larger than {MAX_BYTES // 1024**2} MB: split it.")
    if content.startswith(b"PK\x03\x04"):
        raise InvalidInput(WORKBOOK if _IN_WORKBOOKS.search(content) else _ZIP)
    for begins, what in _ELSE.items():
        if content.startswith(begins):
            raise InvalidInput(what)


def _reason(record: Record, width: int, *, headed: bool) -> str:
    """Why a row cannot be taken, "" for one that can."""
    if record.cells is None:
        return record.trouble
    surplus = [cell for cell in record.cells[width:] if cell.strip()]
    count = len(record.cells)
    if surplus:
        return f"This row has {count} cells where {width} belong: one may lack quotation marks."
    if not headed and len({*map(identity.track_link, record.cells)} - {None}) > 1:
        return links.SEVERAL
    if headed and count < width:
        return f"This row has {words.counted(count, 'cell')} where {width} belong."
    return ""


def _by_column(columns: Sequence[str], row: Sequence[str]) -> Cells:
    cells = map(quoting.unwrapped, row)
    return dict.fromkeys(columns, "") | dict(zip(columns, cells, strict=False))


def _defused(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
