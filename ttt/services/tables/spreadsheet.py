"""CSV as spreadsheets write and read it: encodings, delimiters, formulas and row numbers."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ttt.errors import InvalidInput

MAX_BYTES = 5 * 1024 * 1024
BYTE_ORDER_MARK = "\ufeff"  # without it at the start Excel does not read UTF-8
_DELIMITERS = ",;\t"
# What a spreadsheet would run, and what only looks defused: undoing would change that.
_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")

Cells = dict[str, str]


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


def read(content: bytes, required: str | None = None) -> list[tuple[int, Cells]]:
    """Row number, as spreadsheets show it, and cells by column of each row that is not blank.

    Column names are case-folded, missing cells are empty. InvalidInput when the content is no
    CSV, or has no column named `required`.
    """
    text = _text(content)
    delimiter, columns = _delimited(text, required)
    if required is not None and required not in columns:
        raise InvalidInput(f"The first row has to name the columns, and one of them “{required}”.")
    _, *rows = _rows(text, delimiter)
    return [(number, _by_column(columns, row)) for number, row in rows]


def columns(content: bytes) -> list[str]:
    """Case-folded names of the columns; InvalidInput when the content is no CSV."""
    return _delimited(_text(content), None)[1]


def undefused(cell: str) -> str:
    """The text that `write` made a cell of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _defused(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _delimited(text: str, required: str | None) -> tuple[str, list[str]]:
    headers = {delimiter: _header(text, delimiter) for delimiter in _DELIMITERS}
    delimiter = max(headers, key=lambda d: (required in headers[d], len(headers[d])))
    return delimiter, headers[delimiter]


def _by_column(columns: Sequence[str], row: Sequence[str]) -> Cells:
    return dict.fromkeys(columns, "") | dict(zip(columns, row, strict=False))


def _text(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise InvalidInput(f"The file is larger than {MAX_BYTES // 1024**2} MB: split it.")
    if content.startswith(b"PK\x03\x04"):
        raise InvalidInput("This is a workbook or another zip file: save it as CSV first.")
    text = _decoded(content).removeprefix(BYTE_ORDER_MARK)
    if "\0" in text:
        raise InvalidInput("This is not a text file: save it as CSV first.")
    if not text.strip():
        raise InvalidInput("The file is empty.")
    return text


def _decoded(content: bytes) -> str:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidInput("This is not a text file, or not a whole one: save it as CSV in UTF-8.")


def _header(text: str, delimiter: str) -> list[str]:
    # Not strict: names in quotation marks are broken for all delimiters but one.
    _, names = next(_rows(text, delimiter, strict=False), (0, []))
    return [name.strip().casefold() for name in names]


def _rows(text: str, delimiter: str, strict: bool = True) -> Iterator[tuple[int, list[str]]]:
    # strict, or a quotation mark that is never closed swallows the rest of the file in silence.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if any(cell.strip() for cell in row):
                yield number, row
    except csv.Error as error:
        raise InvalidInput(f"Row {number + 1} cannot be read ({error}).") from None
