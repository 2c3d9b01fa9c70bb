"""The rows of a JSON array, wherever it stands in its file, a piece of about 1 MB at a time.

A piece is cut behind the last object that looks like a row's end, and parsed. Parsing tells whether
the cut was right, because a piece begins where a row begins. Only where it does not parse, values
are looked for one by one, and what is damaged costs as few rows as can be.
"""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from ttt.plays import WhyRefused
from ttt.providers.history_files.blocks import LONGEST_ROW, PIECE
from ttt.providers.history_files.pieces.decoding import Decoder, Malformed
from ttt.providers.history_files.pieces.scanning import BETWEEN, DEEP, OPEN, value_end

_CUTS_TRIED = 16
_CLOSES_TRIED = 4
_LOOK_BACK = 1 << 16
_SUSPECT = 1 << 18
"""Bytes from where on a value that does not end is broken, if another row seems to follow."""
_WASTE = 16 << 20
"""Bytes gone through in vain before the rest of a file is given up."""
_AT_ONCE = 5000
_DAMAGED_ROWS = 200_000
"""Rows looked for one by one before the rest of a file is given up."""
_LAST = re.compile(rb"\}\s*+(?=\])")
_SEPARATORS = b" \t\r\n,"
_BETWEEN_ARRAYS = _SEPARATORS + b"[]"


class ArrayRows:
    """Iterates over lists of decoded rows; a WhyRefused stands for one stretch that is no row.

    `opening` matches up to the bracket that opens the array; `again` says that more such arrays
    may follow, as pages do.
    """

    def __init__(
        self, stream: BinaryIO, opening: re.Pattern[bytes], decoder: Decoder, *, again: bool = False
    ) -> None:
        self._stream = stream
        self._opening = opening
        self._decoder = decoder
        self._again = again
        self._anchored = opening.pattern.startswith(rb"\A")
        self._data = b""
        self._final = False
        self._wasted = 0
        self._one_by_one = 0
        self._lost_count = False

    def __iter__(self) -> Iterator[list[Any] | WhyRefused]:
        while self._opened():
            yield from self._array()
            if not self._again:
                return

    def _fill(self) -> None:
        piece = self._stream.read(PIECE)
        self._final = not piece
        self._data += piece

    def _opened(self) -> bool:
        while True:
            found = self._opening.search(self._data)
            if found:
                self._data = self._data[found.end() :]
                return True
            if self._final or (self._anchored and self._data.strip(_BETWEEN_ARRAYS)):
                return False
            self._data = self._data[-_LOOK_BACK:].lstrip(b" \t\r\n")
            self._fill()

    def _array(self) -> Iterator[list[Any] | WhyRefused]:
        while not self._ended():
            if not self._data and not self._final:
                self._fill()
                continue
            rows = self._fast()
            if rows is not None:
                yield rows
            else:
                yield from self._careful()
            if not self._final and len(self._data) < LONGEST_ROW + PIECE:
                self._fill()

    def _ended(self) -> bool:
        """Whether the array is over; separators before the next row are dropped."""
        self._data = self._data.lstrip(_SEPARATORS)
        if self._data[:1] == b"]":
            further = BETWEEN.search(self._data) if self._lost_count else None
            self._data = self._data[further.end() if further else 1 :]
            return further is None
        return self._final and not self._data

    def _fast(self) -> list[Any] | None:
        for end, ahead in self._cuts():
            try:
                rows = self._decoder.rows(self._data[:end])
            except Malformed:
                continue
            self._data = self._data[ahead:]
            return rows
        return None

    def _cuts(self) -> Iterator[tuple[int, int]]:
        """Where the rows of these bytes may end, and where what follows them begins."""
        is_paged = self._again and not self._anchored
        page = self._opening.search(self._data) if is_paged else None
        until = page.start() if page else len(self._data)
        back = max(0, until - _LOOK_BACK)
        if page or self._final or self._data[-1:] == b"]":
            closes = [m.end() for m in _LAST.finditer(self._data, back, until)]
            yield from ((end, end) for end in reversed(closes[-_CLOSES_TRIED:]))
        if not page:
            between = list(BETWEEN.finditer(self._data, back))
            yield from ((m.start() + 1, m.end()) for m in reversed(between[-_CUTS_TRIED:]))

    def _careful(self) -> Iterator[list[Any] | WhyRefused]:
        """Value by value, as far as values end in these bytes."""
        at, rows = 0, list[Any]()
        while at < len(self._data) and self._data[at : at + 1] != b"]":
            end = value_end(self._data, at)
            if end == OPEN and self._may_still_close(at):
                break
            one, at = self._row(at, end)
            if isinstance(one, list):
                rows += one
            else:
                yield rows
                yield one
                rows = []
            at = self._behind_separators(at)
            self._one_by_one += 1
            if len(rows) >= _AT_ONCE:
                yield rows
                rows = []
        self._data = self._data[at:]
        yield rows

    def _behind_separators(self, at: int) -> int:
        while at < len(self._data) and self._data[at] in _SEPARATORS:
            at += 1
        return at

    def _may_still_close(self, at: int) -> bool:
        left = len(self._data) - at
        if self._final or left > LONGEST_ROW:
            return False
        return left <= _SUSPECT or not BETWEEN.search(self._data, at)

    def _row(self, at: int, end: int) -> tuple[list[Any] | WhyRefused, int]:
        """The row at this place, or why it is none, and where to go on."""
        if self._one_by_one > _DAMAGED_ROWS:
            return self._given_up(WhyRefused.UNREADABLE)
        if end in {OPEN, DEEP}:
            return self._skipped(at)
        raw = self._data[at:end]
        try:
            return self._decoder.rows(raw), end
        except Malformed:
            return self._rescued(raw), max(end, at + 1)

    def _rescued(self, raw: bytes) -> list[Any] | WhyRefused:
        self._wasted += len(raw)
        if self._wasted > _WASTE:
            return WhyRefused.UNREADABLE
        try:
            return [self._decoder.rescued(raw)]
        except Malformed:
            return WhyRefused.UNREADABLE

    def _skipped(self, at: int) -> tuple[WhyRefused, int]:
        self._lost_count = True
        self._wasted += len(self._data) - at
        following = BETWEEN.search(self._data, at)
        if following and self._wasted <= _WASTE:
            return WhyRefused.UNREADABLE, following.end()
        if following or self._final:
            too_much = self._wasted > _WASTE
            return self._given_up(WhyRefused.UNREADABLE if too_much else WhyRefused.CUT_OFF)
        return self._past_a_giant()

    def _past_a_giant(self) -> tuple[WhyRefused, int]:
        while not self._final:
            self._data = self._data[-_LOOK_BACK:]
            self._fill()
            following = BETWEEN.search(self._data)
            if following:
                return WhyRefused.TOO_LONG, following.end()
        return WhyRefused.TOO_LONG, len(self._data)

    def _given_up(self, why: WhyRefused) -> tuple[WhyRefused, int]:
        """The rest of the file goes: it ends within a row, or too much of it is damaged."""
        while not self._final:
            self._data = b""
            self._fill()
        return why, len(self._data)
