"""Text cut into the rows and cells of a table; a row that is damaged costs itself and no other."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

# A cell may hold line breaks; one that runs on longer was never closed.
_MOST_LINES = 50


@dataclass(frozen=True, slots=True)
class Record:
    """A row by the number that spreadsheets show; `cells` is None where it cannot be cut.

    `text` is what it holds, on one line.
    """

    number: int
    cells: tuple[str, ...] | None
    text: str

    @property
    def blank(self) -> bool:
        """Whether it holds nothing."""
        return not self.text.strip(" ,;\t|")


def cut(text: str, delimiter: str) -> Iterator[Record]:
    """All rows of a text, blank ones too."""
    lines = list(io.StringIO(text, newline=""))
    at = number = 0
    while at < len(lines):
        number += 1
        cells, taken = _row(lines[at : at + _MOST_LINES], delimiter)
        yield Record(number, cells, " ".join("".join(lines[at : at + taken]).split()))
        at += taken


def _row(lines: list[str], delimiter: str) -> tuple[tuple[str, ...] | None, int]:
    """The first row of some lines and how many of them it takes."""
    # strict, or a quotation mark that is never closed swallows what follows in silence.
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    try:
        return tuple(next(reader)), reader.line_num
    except csv.Error:
        return None, 1
