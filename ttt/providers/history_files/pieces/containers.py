"""From a stream to blocks: a format's rows out of JSON or a table, whichever way it is written."""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, BinaryIO, cast

import msgspec

from ttt.plays import WhyRefused
from ttt.providers.history_files.blocks import PIECE, Block, Given, Told, built
from ttt.providers.history_files.pieces.arrays import ArrayRows
from ttt.providers.history_files.pieces.decoding import Decoder
from ttt.providers.history_files.pieces.lines import line_rows
from ttt.providers.history_files.pieces.tables import Dialect, dialect, table_rows

Telling = Callable[[Given], Callable[[Any, int], Told]]
"""What the rows of one file tell of."""
Headed = Callable[[list[str], Given], Callable[[list[str], int], Told]]

_TOP = re.compile(rb"\A\s*+\[")
_BLANKS = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"


class Rewound:
    """A stream whose first bytes were read, and are read once more."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head
        self._stream = stream

    def read(self, size: int) -> bytes:
        """Up to as many bytes, b"" at the end."""
        piece, self._head = self._head[:size], self._head[size:]
        return piece or self._stream.read(size)


class JsonRows:
    """Rows of a type out of an array, or out of lines where the file is no array.

    `opening` finds the array in a larger object, `again` more than one of them.
    """

    def __init__(
        self,
        row: type[msgspec.Struct],
        telling: Telling,
        opening: re.Pattern[bytes] | None = None,
        *,
        again: bool = False,
    ) -> None:
        self._row = row
        self._telling = telling
        self._opening = opening
        self._again = again

    def __call__(self, stream: BinaryIO, given: Given) -> Iterator[Block]:
        """The file in blocks."""
        decoder = Decoder(self._row)
        head = _first(stream)
        whole = cast(BinaryIO, Rewound(head, stream))
        if self._opening is None and head[:1] == b"{":
            pieces = line_rows(whole, decoder)
        else:
            pieces = iter(ArrayRows(whole, self._opening or _TOP, decoder, again=self._again))
        return built(pieces, self._telling(given))


def each(told: Callable[[Any, int, Given], Told]) -> Telling:
    """What rows tell of where each is told by itself: by the row, its number and what is given."""
    return lambda given: lambda row, number: told(row, number, given)


def _first(stream: BinaryIO) -> bytes:
    """The first bytes that are not blank."""
    head = stream.read(PIECE).removeprefix(_BOM).lstrip(_BLANKS)
    while not head and (piece := stream.read(PIECE)):
        head = piece.lstrip(_BLANKS)
    return head


class TableRows:
    """Rows of a table under a header."""

    def __init__(self, headed: Headed, delimiter: str | None = None) -> None:
        self._headed = headed
        self._delimiter = delimiter

    def __call__(self, stream: BinaryIO, given: Given) -> Iterator[Block]:
        """The file in blocks; its header is no row."""
        pieces = _pieces(stream, self._delimiter)
        for first in pieces:
            if isinstance(first, list) and first:
                told = self._headed(first.pop(0), given)
                yield from built(chain([first], pieces), told)
                return


class BareRows:
    """Rows of a table without a header; lines that `comment` matches are none."""

    def __init__(
        self,
        telling: Telling,
        *,
        delimiter: str = ",",
        no_row: Callable[[list[str]], bool] = lambda _: False,
        quoted: bool = True,
    ) -> None:
        self._telling = telling
        self._delimiter = delimiter
        self._no_row = no_row
        self._quoted = quoted

    def __call__(self, stream: BinaryIO, given: Given) -> Iterator[Block]:
        """The file in blocks."""
        pieces = self._rows_only(_pieces(stream, self._delimiter, quoted=self._quoted))
        return built(pieces, self._telling(given))

    def _rows_only(
        self, pieces: Iterator[list[Any] | WhyRefused]
    ) -> Iterator[list[Any] | WhyRefused]:
        for piece in pieces:
            if isinstance(piece, list):
                yield [cells for cells in piece if not self._no_row(cells)]
            else:
                yield piece


def _pieces(
    stream: BinaryIO, delimiter: str | None, *, quoted: bool = True
) -> Iterator[list[Any] | WhyRefused]:
    head = stream.read(PIECE)
    written: Dialect = dialect(head, delimiter)
    return table_rows(cast(BinaryIO, Rewound(head, stream)), written, quoted=quoted)
