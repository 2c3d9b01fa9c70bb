"""Names of artists in the cells of a table, parted as their whole column is."""

import ast
import re
from collections.abc import Callable, Sequence

from ttt.providers.column_names import ARTISTS_IDS, SEVERAL_ARTISTS
from ttt.providers.columns import Columns, squeezed
from ttt.services.tables import spreadsheet
from ttt.services.tables.spreadsheet import Cells

Naming = Callable[[Cells], list[str]]
"""The names in a row."""
_Parting = Callable[[str, Cells], list[str]]

# One that a backslash stands before is part of a name; so may be one that a blank follows.
_COMMA = re.compile(r"(?<![\d\\]),(?=\S)|(?<!\\),(?=[^\d\s])")
_BARE_COMMA = re.compile(r"(?<!\\),")
_BETWEEN = re.compile(r"[,;|\s]+")


def naming(rows: Sequence[Cells], columns: Columns) -> Naming:
    """How the artists of a row are read: of the first column that names any in that row."""
    each = [(column, _parting(rows, column)) for column in columns.named("artist")]

    def named(cells: Cells) -> list[str]:
        for column, part in each:
            if (text := spreadsheet.undefused(cells[column])).strip():
                return part(text, cells)
        return []

    return named


def _parting(rows: Sequence[Cells], column: str) -> _Parting:
    """How cells of a column are parted into names: decided by all of it, not by a cell."""
    cells = [cells[column].strip() for cells in rows if cells[column].strip()]
    if cells and all(_listed(cell) is not None for cell in cells):
        return lambda text, _: _listed(text) or []
    if any(";" in cell for cell in cells):
        return lambda text, _: text.split(";")
    if any("\\," in cell for cell in cells):
        return lambda text, _: _by(_BARE_COMMA, text)
    counted = next((c for c in rows[0] if squeezed(c) in ARTISTS_IDS), None) if rows else None
    usual = _by_comma if squeezed(column) in SEVERAL_ARTISTS else _whole
    return usual if counted is None else _by_count(counted, usual)


def _whole(text: str, _: Cells) -> list[str]:
    return [text]


def _by_comma(text: str, _: Cells) -> list[str]:
    return _by(_COMMA, text)


def _by_count(counted: str, usual: _Parting) -> _Parting:
    """As many names as another column has ids of artists, where commas part just so many."""

    def part(text: str, cells: Cells) -> list[str]:
        count = len([one for one in _BETWEEN.split(cells[counted].strip()) if one])
        if count == 1:
            return [text]
        names = _by(_BARE_COMMA, text)
        return names if len(names) == count else usual(text, cells)

    return part


def _by(separator: re.Pattern[str], text: str) -> list[str]:
    return [name.replace("\\,", ",") for name in separator.split(text)]


def _listed(text: str) -> list[str] | None:
    """Names that are written as a list of Python's, None for any other text."""
    if not (text.startswith("[") and text.endswith("]")):
        return None
    try:
        names = ast.literal_eval(text)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return None
    return names if all(isinstance(name, str) for name in names) else None
