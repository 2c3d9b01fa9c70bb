"""What the pages of a Parquet file unpack to, by their own heads: its foot may say another thing.

A head is a struct of Thrift's compact protocol, of which the first three numbers are read.
"""

from collections.abc import Iterator
from typing import BinaryIO

_HEAD = 1 << 16
_DEEPEST = 8
_TRUE, _FALSE, _BYTE, _INTS, _DOUBLE, _BINARY = 1, 2, 3, {4, 5, 6}, 7, 8
_LISTS, _STRUCT = {9, 10}, 12
_UNPACKED, _PACKED = 2, 3


def unpacked_sizes(stream: BinaryIO, start: int, length: int) -> Iterator[int]:
    """The sizes of all pages from one place on. Raises ValueError where they cannot be told."""
    end = start + length
    while start < end:
        stream.seek(start)
        head = _Head(stream.read(_HEAD))
        sizes = head.numbers()
        unpacked, packed = sizes.get(_UNPACKED, -1), sizes.get(_PACKED, -1)
        if min(unpacked, packed) < 0:
            raise ValueError("A page without a size.")
        yield unpacked
        start += head.at + packed


class _Head:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def numbers(self, depth: int = 0) -> dict[int, int]:
        """The numbers of a struct by field, gone to its end."""
        found, field = dict[int, int](), 0
        while kind := self._byte():
            field = field + (kind >> 4) if kind >> 4 else self._number()
            if kind & 15 in _INTS:
                found[field] = self._number()
            else:
                self._skip(kind & 15, depth)
        return found

    def _skip(self, kind: int, depth: int) -> None:
        if kind == _STRUCT and depth < _DEEPEST:
            self.numbers(depth + 1)
        elif kind in _LISTS and depth < _DEEPEST:
            self._skip_list(depth)
        elif kind in _INTS:
            self._varint()
        elif kind == _BINARY:
            length = self._varint()
            self.at += length
        elif kind in {_BYTE, _DOUBLE}:
            self.at += 1 if kind == _BYTE else 8
        elif kind not in {_TRUE, _FALSE}:
            raise ValueError(kind)

    def _skip_list(self, depth: int) -> None:
        first = self._byte()
        count = self._varint() if first >> 4 == 15 else first >> 4
        for _ in range(min(count, len(self._data))):
            self._skip(first & 15, depth + 1)

    def _byte(self) -> int:
        if self.at >= len(self._data):
            raise ValueError("The head of a page is cut off, or too long.")
        self.at += 1
        return self._data[self.at - 1]

    def _varint(self) -> int:
        number = shift = 0
        while (byte := self._byte()) & 128:
            number, shift = number | (byte & 127) << shift, shift + 7
        return number | byte << shift

    def _number(self) -> int:
        number = self._varint()
        return (number >> 1) ^ -(number & 1)
