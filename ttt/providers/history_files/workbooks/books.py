"""Which sheets a workbook has, and each of them as a file in CSV."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import BinaryIO

from ttt.providers.history_files.blocks import PIECE
from ttt.providers.history_files.packed import zips
from ttt.providers.history_files.packed.unpacking import Unpacked
from ttt.providers.history_files.refusals import WhyNoHistory
from ttt.providers.history_files.workbooks import excel, libre
from ttt.providers.history_files.workbooks.excel import Style
from ttt.providers.history_files.workbooks.marked import Damaged

_EXCEL, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_SHARED, _STYLES, _LIBRE = "xl/sharedStrings.xml", "xl/styles.xml", "content.xml"
_IS_LIBRE = b"opendocument.spreadsheet"
_MOST_BYTES = 256 << 20
"""Bytes unpacked of the parts that all sheets share, and of one sheet."""
_MOST_SHEETS = 50

Rows = Callable[[], Iterator[list[str]]]


@dataclass(frozen=True)
class Sheet:
    """A sheet as a file within a file: `size` is that of its XML."""

    name: str
    size: int
    rows: Rows
    why: WhyNoHistory | None = None

    def unpacked(self, _: BinaryIO, most: int) -> Unpacked:
        """Its rows in CSV, at most so many bytes."""
        return _Csv(self.rows(), most)


class _Csv:
    """Rows as they are asked for, as far as their sheet is whole."""

    def __init__(self, rows: Iterator[list[str]], most: int) -> None:
        self._rows, self._left, self._ready = rows, most, b""
        self._width = 0
        self.why: WhyNoHistory | None = None

    def read(self, size: int) -> bytes:
        """Up to so many bytes, b"" at the end."""
        while len(self._ready) < size and self.why is None and (more := self._more()):
            self._ready += more
        piece, self._ready = self._ready[:size], self._ready[size:]
        if len(piece) > self._left:
            piece, self._ready, self.why = piece[: self._left], b"", WhyNoHistory.TOO_BIG
        self._left -= len(piece)
        return piece

    def _more(self) -> bytes:
        text = io.StringIO()
        try:
            for cells in self._rows:
                # A row ends with its last cell that is filled, as no row of a table does.
                self._width = max(self._width, len(cells))
                blank = [""] * (self._width - len(cells))
                csv.writer(text).writerow([" ".join(cell.split()) for cell in (*cells, *blank)])
                if text.tell() > PIECE:
                    break
        except Damaged:
            self.why = WhyNoHistory.DAMAGED_ZIP
        return text.getvalue().encode("utf-8", "replace")


class _Book:
    """The parts of a workbook by name; one that is missing or locked is Damaged."""

    def __init__(self, entries: Sequence[zips.Entry], stream: BinaryIO) -> None:
        self.parts = {entry.name.replace("\\", "/"): entry for entry in entries}
        self._stream = stream

    def opened(self, name: str) -> Unpacked:
        entry = self.parts.get(name)
        if entry is None or entry.why is not None:
            raise Damaged
        return entry.unpacked(self._stream, _MOST_BYTES)

    def of_excel(self) -> Iterator[Sheet]:
        found, from_1904 = excel.listed(self.opened(_EXCEL), self.opened(_RELATIONS))
        kinds = excel.kinds(self.opened(_STYLES)) if _STYLES in self.parts else ()
        for name, path in found:
            if path in self.parts:
                rows = partial(self._excel_rows, path, Style(kinds, from_1904))
                yield Sheet(name, self.parts[path].size, rows)

    def _excel_rows(self, path: str, style: Style) -> Iterator[list[str]]:
        shared, is_whole = list[str](), True
        try:
            if _SHARED in self.parts:
                shared.extend(excel.texts(self.opened(_SHARED)))
        except Damaged:
            is_whole = False
        yield from excel.rows(self.opened(path), shared, style)
        if not is_whole:
            raise Damaged

    def of_libre(self) -> Iterator[Sheet]:
        for at, name in enumerate(libre.listed(self.opened(_LIBRE))):
            rows = partial(self._libre_rows, at)
            yield Sheet(name, self.parts[_LIBRE].size, rows)

    def _libre_rows(self, at: int) -> Iterator[list[str]]:
        return libre.rows(self.opened(_LIBRE), at)


def sheets(entries: Sequence[zips.Entry], stream: BinaryIO) -> list[Sheet]:
    """The sheets of a zip with these files, none where it is no workbook that can be read."""
    book = _Book(entries, stream)
    try:
        if _EXCEL in book.parts:
            return list(islice(book.of_excel(), _MOST_SHEETS))
        if _LIBRE in book.parts and _IS_LIBRE in book.opened("mimetype").read(100):
            return list(islice(book.of_libre(), _MOST_SHEETS))
    except Damaged:
        pass
    return []
