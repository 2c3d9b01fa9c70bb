"""From a stream to blocks: a format's rows out of JSON or a table, whichever way it is written."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import chain
from typing import Any, BinaryIO, cast

import msgspec

from ttt.plays import WhyRefused
from ttt.providers.history_files.blocks import PIECE, Block, Given, Told, built
from ttt.providers.history_files.pieces.arrays import ArrayRows
from ttt.providers.history_files.pieces.decoding import Decoder, names_of
from ttt.providers.history_files.pieces.letters import KEY, Rewound, as_utf8, in_usual_case
from ttt.providers.history_files.pieces.lines import line_rows
from ttt.providers.history_files.pieces.tables import Dialect, dialect, table_rows

Telling = Callable[[Given], Callable[[Any, int], Told]]
"""What the rows of one file tell of."""
Headed = Callable[[list[str], Given], Callable[[list[str], int], Told]]

# Also of arrays one after the other, of arrays of arrays, and of rows that no bracket opens.
_TOP = re.compile(rb"\A[\s,\]]*+(?:(?:\[\s*+)++|(?=\{))")
_WRAP = re.compile(
    rb'\{(?:\s*+"[^"\\]{1,60}"\s*+:\s*+(?:\{|(?:"[^"\\]{0,300}+"|[-\w.]{1,40}+)\s*+,))*+'
    rb'\s*+"[^"\\]{1,60}"\s*+:\s*+(?=\[\s*+\{)'
)
_QUOTED = re.compile(rb'"(\w+)"')
_LINES_LOOKED_AT = 5
_BLANKS = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"


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
        head, whole = self._usual(stream)
        if self._opening is None and _has_lines(head):
            pieces = line_rows(whole, decoder)
        else:
            again = self._again or self._opening is None
            pieces = iter(ArrayRows(whole, self._opening or _TOP, decoder, again=again))
        return built(pieces, self._telling(given))

    def _usual(self, stream: BinaryIO) -> tuple[bytes, BinaryIO]:
        """The first bytes of the array or of the lines, and all of them, as usually written."""
        stream = as_utf8(stream.read(PIECE), stream)
        stream = in_usual_case(_first(stream), stream, self._names)
        head = _first(stream)
        if self._opening is None and (wrap := _WRAP.match(head)):
            before = {key.decode(errors="replace") for key in KEY.findall(wrap.group())}
            head = head if before & self._names else head[wrap.end() :]
        return head, cast(BinaryIO, Rewound(head, stream))

    @cached_property
    def _names(self) -> set[str]:
        outer = _QUOTED.findall(self._opening.pattern) if self._opening else ()
        return names_of(self._row) | {name.decode() for name in outer}


def each(told: Callable[[Any, int, Given], Told]) -> Telling:
    """What rows tell of where each is told by itself: by the row, its number and what is given."""
    return lambda given: lambda row, number: told(row, number, given)


def _has_lines(head: bytes) -> bool:
    """Whether an object stands on a line of its own, and the array is not opened."""
    if head[:1] != b"{":
        return False
    lines = head.split(b"\n", _LINES_LOOKED_AT)
    whole = lines[:-1] if len(lines) > 1 or len(head) >= PIECE else lines
    ended = (line.rstrip(_BLANKS + b",").endswith(b"}") for line in whole if line[:1] == b"{")
    return any(ended)


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
        pieces = table_pieces(stream, self._delimiter)
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
        delimiter: str | None = None,
        no_row: Callable[[list[str]], bool] = lambda _: False,
        quoted: bool = True,
    ) -> None:
        self._telling = telling
        self._delimiter = delimiter
        self._no_row = no_row
        self._quoted = quoted

    def __call__(self, stream: BinaryIO, given: Given) -> Iterator[Block]:
        """The file in blocks."""
        pieces = self._rows_only(table_pieces(stream, self._delimiter, quoted=self._quoted))
        return built(pieces, self._telling(given))

    def _rows_only(
        self, pieces: Iterator[list[Any] | WhyRefused]
    ) -> Iterator[list[Any] | WhyRefused]:
        for piece in pieces:
            if isinstance(piece, list):
                yield [cells for cells in piece if not self._no_row(cells)]
            else:
                yield piece


def table_pieces(
    stream: BinaryIO, delimiter: str | None = None, *, quoted: bool = True
) -> Iterator[list[Any] | WhyRefused]:
    """Lists of rows of cells, however the table is written."""
    head = stream.read(PIECE)
    written: Dialect = dialect(head, delimiter)
    return table_rows(cast(BinaryIO, Rewound(head, stream)), written, quoted=quoted)
