"""Rows of any size of file, about 1 MB at a time: what a format gives and takes, whatever it is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, BinaryIO, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from ttt.plays import LeftOut, RefusedRow, ToldPlay, WhyRefused

PIECE = 1 << 20
LONGEST_ROW = 4 << 20
"""Bytes; a row of a history has a few hundred."""

Told = ToldPlay | LeftOut | RefusedRow


class Column(StrEnum):
    """What a column of a table of one's own can hold."""

    TIME = "time"
    CLOCK = "time of day"
    TITLE = "title"
    ARTIST = "artist"
    ALBUM = "album"
    MS_PLAYED = "ms played"
    SECONDS_PLAYED = "seconds played"
    LENGTH_MS = "length in ms"
    LENGTH_SECONDS = "length in seconds"
    SPOTIFY_ID = "spotify id"
    ISRC = "isrc"
    MBID = "mbid"
    MEDIA = "media type"


class Order(StrEnum):
    """What stands first in a date such as 03/04/2024."""

    DAY = "day"
    MONTH = "month"


class Block(NamedTuple):
    """The rows of one piece of a file, in their order; together they are all of them."""

    plays: list[ToldPlay]
    left_out: list[LeftOut]
    refused: list[RefusedRow]


@dataclass(frozen=True)
class Given:
    """What formats need beside a file: the latest believable time, and a person's answers."""

    latest: int
    """UTC seconds; later times are refused."""
    zone: ZoneInfo | None = None
    columns: Mapping[str, Column] = field(default_factory=dict)
    order: Order | None = None
    """What stands first in dates that are numbers, where the file or the person says so."""
    video: bool = False
    """The file says of itself that it holds videos."""
    whose: frozenset[str] = frozenset()
    """Whose plays are wanted of a file that holds several people's; none for all of them."""


class Rows(Protocol):
    """A format's rows: lists of what each row is, or why a stretch of the file is no row."""

    def __call__(self, stream: BinaryIO, given: Given) -> Iterator[Block]:
        """Go through the file once; a damaged one never raises."""


def built(
    pieces: Iterable[list[Any] | WhyRefused], told: Callable[[Any, int], Told]
) -> Iterator[Block]:
    """Blocks of judged rows, numbered from 1; a reason in the place of a list is one row."""
    row = 0
    for piece in pieces:
        block = Block([], [], [])
        if isinstance(piece, WhyRefused):
            row += 1
            block.refused.append(RefusedRow(row, piece))
        else:
            _fill(block, piece, row, told)
            row += len(piece)
        yield block


def _fill(block: Block, rows: list[Any], before: int, told: Callable[[Any, int], Told]) -> None:
    plays, left_out, refused = block
    for number, row in enumerate(rows, before + 1):
        one = told(row, number)
        if type(one) is ToldPlay:
            plays.append(one)
        elif type(one) is LeftOut:
            left_out.append(one)
        elif type(one) is RefusedRow:
            refused.append(one)
