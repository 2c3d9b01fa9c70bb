"""The rows of a table as text (CSV and its kin), whatever its encoding, in constant memory."""

import csv
import re
from codecs import getincrementaldecoder
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import dropwhile, islice
from typing import Any, BinaryIO, NamedTuple

from ttt.plays import WhyRefused
from ttt.providers import encodings
from ttt.providers.history_files.blocks import PIECE
from ttt.providers.history_files.pieces import quoting

_FIRST_ROWS = 20
_FEW = 3
"""Lines of which none is cut: a header, and a play without a line break behind it."""
_ROWS_A_BLOCK = 4000
_LINES_A_ROW = 20
_LONGEST_LINE = 100_000
"""Characters; below what the csv module takes as one field, so that no setting of its is needed."""
_MOST_TITLES = 5
_DELIMITERS = ",;\t|"
_HINT = re.compile(r"\W?sep=.\s*|#[^,;\t|]*", re.IGNORECASE)
"""What stands above a header: which delimiter Excel is to take, or a comment."""


class Dialect(NamedTuple):
    """How a table is written."""

    encoding: str
    delimiter: str
    returns: bool = False
    """Its lines end with carriage returns alone, as on old Macs."""
    typeset: bool = False
    """Its cells stand in quotation marks of a word processor."""


def dialect(head: bytes, delimiter: str | None = None) -> Dialect:
    """How a table that begins so is most likely written."""
    encoding = encodings.likeliest(head)
    text = head.decode(encoding, "replace").lstrip("﻿\r\n ")
    lines = _without_hint(text.splitlines(keepends=True))[: _MOST_TITLES + 1]
    first = next((line for line in lines if any(map(line.count, _DELIMITERS))), "")
    delimiter = delimiter or max(_DELIMITERS, key=first.count)
    returns = "\r" in text and "\n" not in text
    return Dialect(encoding, delimiter, returns, quoting.is_typeset("".join(lines)))


def first_rows(head: bytes, written: Dialect) -> list[list[str]]:
    """The first rows of a table that begins so, without a last one that may be cut."""
    text = head.decode(written.encoding, "replace").replace("\0", "")
    lines = text.splitlines(keepends=True)[: _FIRST_ROWS * 2]
    whole = lines if len(lines) < _FEW or lines[-1].endswith(("\n", "\r")) else lines[:-1]
    whole = _without_hint([_line(line.rstrip("\r\n"), written) for line in whole])
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(islice(_reader(whole, written.delimiter), _FIRST_ROWS))
    return [row for row in rows if any(row)]


def below_titles(rows: list[list[str]]) -> list[list[str]]:
    """Rows without those above a header that only say what the table is."""
    looked_at = enumerate(rows[: _MOST_TITLES + 1])
    return rows[next((at for at, row in looked_at if sum(map(bool, row)) > 1), 0) :]


def table_rows(
    stream: BinaryIO, written: Dialect, *, quoted: bool = True
) -> Iterator[list[Any] | WhyRefused]:
    """Lists of rows of cells; a WhyRefused stands for one line that is no row.

    A quotation mark that is never closed costs its own line and none after it; where nothing is
    `quoted`, it is a letter like others.
    """
    lines = _Lines(_text_lines(stream, written))
    marks = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    block: list[Any] = []
    while (row := _row(lines, written.delimiter, marks)) is not None:
        if isinstance(row, WhyRefused):
            yield block
            yield row
            block = []
        elif lines.runs_on(written.delimiter):
            yield block
            yield lines.taken_back()
            block = []
        elif any(row):
            block.append(row)
        if len(block) == _ROWS_A_BLOCK:
            yield block
            block = []
    yield block


def _reader(lines: Iterable[str], delimiter: str, **more: Any) -> Iterator[list[str]]:
    # A blank between a delimiter and a quotation mark is no part of a cell.
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True, **more)


def _row(lines: "_Lines", delimiter: str, quoting: Any) -> list[str] | WhyRefused | None:
    lines.forget()
    try:
        row = next(_reader(lines, delimiter, quoting=quoting), None)
    except csv.Error:
        return WhyRefused.TOO_LONG if lines.too_long else lines.taken_back()
    if lines.left_open:
        return lines.taken_back()
    return WhyRefused.TOO_LONG if lines.too_long else row


class _Lines:
    """Lines that can be taken back, all but the first: a broken row ends with its line."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._back: deque[str] = deque()
        self._taken: list[str] = []
        self.left_open = False
        """More was asked for than there is, or than a row has: a quotation mark is not closed."""

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._further()
        if line is None:
            self.left_open = bool(self._taken)
            raise StopIteration
        self._taken.append(line)
        return line

    def _further(self) -> str | None:
        if len(self._taken) == _LINES_A_ROW:
            return None
        return self._back.popleft() if self._back else next(self._lines, None)

    def runs_on(self, delimiter: str) -> bool:
        """Whether a stray quotation mark made one row of several lines: one closed in a word."""
        if len(self._taken) < 2:
            return False
        try:
            list(_reader(self._taken, delimiter, strict=True))
        except csv.Error:
            return True
        return False

    @property
    def too_long(self) -> bool:
        """Whether a line of this row was cut."""
        return any(len(line) > _LONGEST_LINE for line in self._taken)

    def forget(self) -> None:
        """Begin a new row."""
        self._taken = []
        self.left_open = False

    def taken_back(self) -> WhyRefused:
        """Give all lines of this row but the first again, and say what that one is."""
        cut = len(self._taken) == 1 and not self._taken[0].endswith("\n")
        self._back.extendleft(reversed(self._taken[1:]))
        return WhyRefused.CUT_OFF if cut else WhyRefused.UNREADABLE


def _without_hint(lines: list[str]) -> list[str]:
    """Without hints and comments above the header."""
    return list(dropwhile(_HINT.fullmatch, lines))


def _line(text: str, written: Dialect) -> str:
    """A line with its end, as csv takes it."""
    if written.typeset or "&" in text or '="' in text:
        text = quoting.plain(text, typeset=written.typeset)
    return f"{text}\n"


def _text_lines(stream: BinaryIO, written: Dialect) -> Iterator[str]:
    """Lines with their ends; of one that is too long, enough to see that it is."""
    decode = getincrementaldecoder(written.encoding)("replace").decode
    end, text, is_first = "\r" if written.returns else "\n", "", True
    while piece := stream.read(PIECE):
        # What a broken disk left of lines stands for nothing, and spoils those around it.
        *lines, rest = (text + decode(piece).replace("\0", "")).split(end)
        lines = _without_hint(lines) if is_first else lines
        is_first = is_first and not lines
        yield from (_line(line, written) for line in lines)
        text = rest[: _LONGEST_LINE + 1]
    text += decode(b"", final=True)
    if text:
        yield _line(text, written).removesuffix("\n")
