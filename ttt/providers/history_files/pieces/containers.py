"""From a stream to blocks: a format's rows out of JSON or a table, whichever way it is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, BinaryIO, cast

import msgspec

from ttt.plays import WhyRefused
from ttt.providers.history_files.blocks import PIECE, Block, Given, Told, built
from ttt.providers.history_files.pieces.arrays import ArrayRows
from ttt.providers.history_files.pieces.decoding import Decoder, names_of
from ttt.providers.history_files.pieces.kinds import Kind, Others, Telling
from ttt.providers.history_files.pieces.letters import Rewound, as_utf8, in_usual_case, renamed
from ttt.providers.history_files.pieces.lines import line_rows
from ttt.providers.history_files.pieces.places import AHEAD, Marks
from ttt.providers.history_files.pieces.spoken import spoken_as_json
from ttt.providers.history_files.pieces.tables import Dialect, below_titles, dialect, table_rows

Headed = Callable[[list[str], Given], Callable[[list[str], int], Told]]
Piece = list[list[str]] | WhyRefused

_LINES_LOOKED_AT = 5
_BLANKS = b" \t\r\n"
_RULE = frozenset("-: ")
_BOM = b"\xef\xbb\xbf"


class JsonRows:
    """Rows of a type, wherever they stand in a file of JSON or of lines of it.

    Those of other `kinds` among them are read as what they are; `called` says by the first bytes
    of a file which names its keys have here.
    """

    def __init__(
        self,
        row: type[msgspec.Struct],
        telling: Telling,
        kinds: Sequence[Kind] = (),
        called: Callable[[bytes], Mapping[bytes, bytes]] | None = None,
    ) -> None:
        self._row = row
        self._called = called
        self._telling = telling
        self._others = Others(row, kinds)
        self._marks = Marks(field.encode_name for field in msgspec.structs.fields(row))

    def __call__(self, stream: BinaryIO, given: Given) -> Iterator[Block]:
        """The file in blocks."""
        decoder = Decoder(self._row, self._others)
        head, whole = self._usual(stream)
        has_lines = _has_lines(head, self._marks)
        pieces = (
            line_rows(whole, self._marks, decoder)
            if has_lines
            else iter(ArrayRows(whole, self._marks, decoder))
        )
        return built(pieces, self._others.telling(self._telling(given), given))

    def _usual(self, stream: BinaryIO) -> tuple[bytes, BinaryIO]:
        """The first bytes that are not blank, and all from them on, as usually written."""
        stream = as_utf8(stream.read(PIECE), stream)
        stream = spoken_as_json(_first(stream), stream)
        head = _first(stream)
        stream = in_usual_case(head, stream, self._names)
        if self._called is not None:
            stream = renamed(stream, self._called(head))
        head = _first(stream)
        return head, cast(BinaryIO, Rewound(head, stream))

    @cached_property
    def _names(self) -> set[str]:
        return names_of(self._row)


def each(told: Callable[[Any, int, Given], Told]) -> Telling:
    """What rows tell of where each is told by itself: by the row, its number and what is given."""
    return lambda given: lambda row, number: told(row, number, given)


def _has_lines(head: bytes, marks: Marks) -> bool:
    """Whether a row stands on a line of its own, and no list is opened before."""
    if head[:1] != b"{":
        return False
    lines = head.split(b"\n", _LINES_LOOKED_AT)
    whole = lines[:-1] if len(lines) > 1 or len(head) >= PIECE else lines
    return any(
        line.rstrip(_BLANKS + b",]").endswith(b"}") and marks.are_of(line[:AHEAD])
        for line in whole
        if line[:1] == b"{"
    )


def _first(stream: BinaryIO) -> bytes:
    """The first bytes that are not blank."""
    head = stream.read(PIECE).removeprefix(_BOM).lstrip(_BLANKS)
    while not head and (piece := stream.read(PIECE)):
        head = piece.lstrip(_BLANKS)
    return head


class TableRows:
    """Rows of a table under a header; where it may lack one, `with_header` gives it one."""

    def __init__(
        self,
        headed: Headed,
        with_header: Callable[[list[list[str]]], list[list[str]]] | None = None,
        is_header: Callable[[list[str]], bool] | None = None,
    ) -> None:
        self._headed = headed
        self._is_header = is_header
        self._with_header = with_header or (lambda rows: rows)

    def __call__(self, stream: BinaryIO, given: Given) -> Iterator[Block]:
        """The file in blocks; its header is no row."""
        pieces = table_pieces(stream)
        for first in pieces:
            if isinstance(first, list) and first:
                header, *rows = self._with_header(below_titles(first))
                wanted = (_without_headers(header, piece) for piece in chain([rows], pieces))
                if self._is_header is None:
                    yield from built(wanted, self._headed(header, given))
                else:
                    tables = _Tables(self._headed, self._is_header, header, given)
                    yield from built(tables.parted(wanted), tables.told)
                return


class _Tables:
    """Tables that were put together: each row is told by the header above it."""

    def __init__(
        self,
        headed: Headed,
        is_header: Callable[[list[str]], bool],
        header: list[str],
        given: Given,
    ) -> None:
        self._headed = headed
        self._is_header = is_header
        self._given = given
        self._telling = headed(header, given)

    def parted(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        """The same rows without headers; what was given is told before the next is asked for."""
        for piece in pieces:
            if isinstance(piece, WhyRefused):
                yield piece
                continue
            rows: list[list[str]] = []
            for row in piece:
                if self._is_header(row):
                    yield rows
                    self._telling, rows = self._headed(row, self._given), []
                else:
                    rows.append(row)
            yield rows

    def told(self, cells: list[str], row: int) -> Told:
        """What a row tells."""
        return self._telling(cells, row)


def _without_headers(header: list[str], piece: Piece) -> Piece:
    """Rows without headers again, of tables put together, and the line that Markdown draws."""
    if isinstance(piece, WhyRefused):
        return piece
    return [row for row in piece if row != header and not _RULE.issuperset("".join(row))]


class BareRows:
    """Rows of a table without a header; a line may be none, or be `parted` into several."""

    def __init__(
        self,
        telling: Telling,
        *,
        delimiter: str | None = None,
        no_row: Callable[[list[str]], bool] = lambda _: False,
        parted: Callable[[list[str]], list[list[str]]] = lambda cells: [cells],
        quoted: bool = True,
    ) -> None:
        self._telling = telling
        self._delimiter = delimiter
        self._no_row = no_row
        self._parted = parted
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
                lines = [cells for cells in piece if not self._no_row(cells)]
                yield [cells for line in lines for cells in self._parted(line)]
            else:
                yield piece


def table_pieces(
    stream: BinaryIO, delimiter: str | None = None, *, quoted: bool = True
) -> Iterator[list[Any] | WhyRefused]:
    """Lists of rows of cells, however the table is written."""
    head = stream.read(PIECE)
    written: Dialect = dialect(head, delimiter)
    return table_rows(cast(BinaryIO, Rewound(head, stream)), written, quoted=quoted)
