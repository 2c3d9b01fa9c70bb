"""The rows of a JSON file, wherever they stand in it, a piece of about 1 MB at a time.

A piece is cut behind the last object that looks like a row's end, and parsed. Parsing tells whether
the cut was right, because a piece begins where a row begins. Only where it does not parse, values
are looked for one by one, and what is damaged costs as few rows as can be.
"""

import re
from collections.abc import Generator, Iterator
from typing import Any, BinaryIO

from ttt.plays import WhyRefused
from ttt.providers.history_files.blocks import LONGEST_ROW, PIECE
from ttt.providers.history_files.pieces.decoding import Decoder, Malformed
from ttt.providers.history_files.pieces.places import BEFORE, Marks, Place, next_list, place_of
from ttt.providers.history_files.pieces.scanning import BETWEEN, BROKEN, DEEP, OPEN, value_end

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
_OBJECTS_TRIED = 100_000
"""Objects that are no rows, one after the other, before the rest of a file is given up."""
_LAST = re.compile(rb"\}\s*+(?=\])")
_SEPARATORS = b" \t\r\n,"
_SEPARATED = re.compile(rb"[ \t\r\n,]*+")
_DEBRIS = re.compile(rb'[}:]|"(?:[^"\\]++|\\.)*+"\s*+:', re.DOTALL)
"""What stands where a row should, and is the rest of one whose beginning is lost."""


class ArrayRows:
    """Iterates over lists of decoded rows; a WhyRefused stands for one stretch that is no row.

    `marks` know a row where it begins; what is wrapped around lists of rows is passed over.
    """

    def __init__(self, stream: BinaryIO, marks: Marks, decoder: Decoder) -> None:
        self._stream = stream
        self._marks = marks
        self._decoder = decoder
        self._data = b""
        self._at = 0
        self._final = False
        self._wasted = 0
        self._one_by_one = 0
        self._is_counted = False
        self._next_list: re.Pattern[bytes] | None = None

    def __iter__(self) -> Iterator[list[Any] | WhyRefused]:
        tried = 0
        while (place := self._opened()) is not None:
            tried = tried + place if isinstance(place, int) else 0
            if tried > _OBJECTS_TRIED:
                yield self._given_up(WhyRefused.UNREADABLE)
            elif not isinstance(place, int):
                yield from self._rows_at(place)

    def _rows_at(self, place: Place) -> Iterator[list[Any] | WhyRefused]:
        if place is Place.TORN and not self._is_counted:
            yield WhyRefused.UNREADABLE
        self._is_counted = False
        yield from self._alone() if place is Place.ALONE else self._array()

    def _fill(self) -> None:
        piece = self._stream.read(PIECE)
        self._final = not piece
        self._data += piece

    def _opened(self) -> Place | int | None:
        """Go to where rows begin, or how many objects were none; None where nothing is left."""
        row, at, tried = self._marks.next_row(self._data, self._at, final=self._final)
        if row is not None:
            place, start = place_of(self._data, row)
            self._data, self._at = self._data[start:], 0
            self._next_list = next_list(self._data[row - start :])
            return place
        if self._final:
            return None
        dropped = max(at - BEFORE, 0)
        self._data, self._at = self._data[dropped:], at - dropped
        self._fill()
        return tried

    def _alone(self) -> Iterator[list[Any] | WhyRefused]:
        """The one row that begins these bytes."""
        while (end := value_end(self._data, 0)) == OPEN and self._may_still_close(0):
            self._fill()
        one = self._row(0, end)
        if isinstance(one, WhyRefused):
            one, end = self._behind(one, 0, end)
        self._data = self._data[end:]
        yield one

    def _array(self) -> Iterator[list[Any] | WhyRefused]:
        while not self._ended():
            if not self._data and not self._final:
                self._fill()
                continue
            rows = self._fast()
            if rows is not None:
                yield rows
            elif (yield from self._careful()):
                return
            if not self._final and len(self._data) < LONGEST_ROW + PIECE:
                self._fill()

    def _ended(self) -> bool:
        """Whether the array is over; separators before the next row are dropped."""
        self._data = self._data.lstrip(_SEPARATORS)
        return self._data[:1] == b"]" or (self._final and not self._data)

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
        following = self._next_list.search(self._data) if self._next_list else None
        until = following.start() if following else len(self._data)
        back = max(0, until - _LOOK_BACK)
        if following or self._final or self._data[-1:] == b"]":
            closes = [m.end() for m in _LAST.finditer(self._data, back, until)]
            yield from ((end, end) for end in reversed(closes[-_CLOSES_TRIED:]))
        if not following:
            between = list(BETWEEN.finditer(self._data, back))
            yield from ((m.start() + 1, m.end()) for m in reversed(between[-_CUTS_TRIED:]))

    def _careful(self) -> Generator[list[Any] | WhyRefused, None, bool]:
        """Value by value, as far as values end in these bytes; whether the next row is lost."""
        at, rows = 0, list[Any]()
        while at < len(self._data) and self._data[at : at + 1] != b"]":
            end = value_end(self._data, at)
            if end == OPEN and self._may_still_close(at):
                break
            one = self._row(at, end)
            if one == [None] and self._one_by_one > _DAMAGED_ROWS:
                one = WhyRefused.UNREADABLE
            if self._data[at : at + 1] == b"[" and self._holds_rows(at, end):
                one, end = [], at + 1
            if isinstance(one, WhyRefused):
                yield rows
                one, end = self._behind(one, at, end)
                yield one
                rows = []
            else:
                rows += one
            separated = _SEPARATED.match(self._data, end)
            at = separated.end() if separated else end
            if self._is_counted or len(rows) >= _AT_ONCE:
                yield rows
                rows = []
            if self._is_counted:
                break
        self._data = self._data[at:]
        yield rows
        return self._is_counted

    def _may_still_close(self, at: int) -> bool:
        left = len(self._data) - at
        if self._final or left > LONGEST_ROW:
            return False
        return left <= _SUSPECT or not BETWEEN.search(self._data, at)

    def _row(self, at: int, end: int) -> list[Any] | WhyRefused:
        """The row at this place, or why it is none."""
        self._one_by_one += 1
        if end in {OPEN, DEEP, BROKEN}:
            return WhyRefused.TOO_LONG if self._is_giant(at, end) else WhyRefused.UNREADABLE
        if _DEBRIS.match(self._data, at):
            return WhyRefused.UNREADABLE
        raw = self._data[at:end]
        try:
            return self._decoder.rows(raw)
        except Malformed:
            return self._rescued(raw)

    def _holds_rows(self, at: int, end: int) -> bool:
        """Whether a list in the list has rows in it, which are read as if it were none."""
        return self._marks.next_row(self._data[at:end], 0, final=True)[0] is not None

    def _is_giant(self, at: int, end: int) -> bool:
        is_long = end == OPEN and len(self._data) - at > LONGEST_ROW
        return is_long and not BETWEEN.search(self._data, at)

    def _rescued(self, raw: bytes) -> list[Any] | WhyRefused:
        self._wasted += len(raw)
        if self._wasted > _WASTE:
            return WhyRefused.UNREADABLE
        try:
            return [self._decoder.rescued(raw)]
        except Malformed:
            return WhyRefused.UNREADABLE

    def _behind(self, why: WhyRefused, at: int, end: int) -> tuple[WhyRefused, int]:
        """Why a row is none, and where the next one begins; what is between belongs to it."""
        if self._one_by_one > _DAMAGED_ROWS or self._wasted > _WASTE:
            return self._given_up(why), len(self._data)
        row, looked, _ = self._marks.next_row(self._data, at + 1, final=self._final)
        if row is not None:
            self._wasted += row - at if end == OPEN else 0
            return why, row
        self._is_counted = True
        is_cut = end == OPEN and self._final
        return WhyRefused.CUT_OFF if is_cut else why, max(looked, at + 1)

    def _given_up(self, why: WhyRefused) -> WhyRefused:
        """The rest of the file goes, as too much of it is damaged."""
        while not self._final:
            self._data = b""
            self._fill()
        self._data, self._is_counted = b"", True
        return why
