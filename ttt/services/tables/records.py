"""Text cut into the rows and cells of a table; a row that is damaged costs itself and no other."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

# A cell may hold line breaks; one that runs on longer was never closed.
_MOST_LINES = 50
_LINE = r" *(?::-+:?|-+:|-{3,}) *"
_RULE = re.compile(rf"\|?{_LINE}(?:\|{_LINE})+\|?|\+?[-=]{{2,}}(?:\+[-=]{{2,}})+\+?|\+[-=]+\+")
_NEVER_CLOSED = "A quotation mark in this row is never closed."
_TOO_LONG = f"A cell of this row is longer than {csv.field_size_limit():,} letters."
_INSIDE = "A quotation mark stands inside a cell of this row: write it twice there."


@dataclass(frozen=True, slots=True)
class Record:
    """A row by the number that spreadsheets show; `cells` is None where it cannot be cut.

    `text` is what it holds, on one line; `trouble` is a sentence on why it cannot be cut.
    """

    number: int
    cells: tuple[str, ...] | None
    text: str
    trouble: str = ""

    @property
    def blank(self) -> bool:
        """Whether it holds nothing, or only a line drawn under a header or round a table."""
        return not self.text.strip(" ,;\t|") or bool(_RULE.fullmatch(self.text))


def cut(text: str, delimiter: str) -> Iterator[Record]:
    """All rows of a text, blank ones too."""
    source = io.StringIO(text, newline="")
    lines, number = list(islice(source, _MOST_LINES)), 0
    while lines:
        number += 1
        cells, taken, trouble = _row(lines, delimiter)
        yield Record(number, cells, " ".join("".join(lines[:taken]).split()), trouble)
        lines = [*lines[taken:], *islice(source, taken)]


def _row(lines: list[str], delimiter: str) -> tuple[tuple[str, ...] | None, int, str]:
    """The first row of some lines, how many of them it takes, and why it cannot be cut."""
    # A blank before a quotation mark is no part of a cell; elsewhere it may be meant.
    blank = f'{delimiter} "' in lines[0] or lines[0].startswith(' "')
    # strict, or a quotation mark that is never closed swallows what follows in silence.
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=blank)
    try:
        return tuple(next(reader)), reader.line_num, ""
    except csv.Error as error:
        return _escaped(lines, delimiter) or (None, 1, _why(str(error)))


def _escaped(lines: list[str], delimiter: str) -> tuple[tuple[str, ...], int, str] | None:
    """The first row of some lines in which a backslash stands before quotation marks."""
    if '\\"' not in lines[0]:
        return None
    reader = csv.reader(lines, delimiter=delimiter, strict=True, doublequote=False, escapechar="\\")
    try:
        return tuple(next(reader)), reader.line_num, ""
    except csv.Error:
        return None


def _why(error: str) -> str:
    if "limit" in error:
        return _TOO_LONG
    return _NEVER_CLOSED if "end of data" in error else _INSIDE
