"""The rows of a file in XML or HTML, a piece of about 1 MB at a time, each parsed by itself.

So nothing of a document type is ever read, and what is damaged costs its own row.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from typing import Any, BinaryIO
from xml.etree import ElementTree as ET  # nosec B405  # of single tracks, without document types

from ttt.plays import WhyRefused
from ttt.providers.history_files.blocks import LONGEST_ROW, PIECE, Block, Given, built
from ttt.providers.history_files.pieces.kinds import Telling
from ttt.providers.history_files.pieces.letters import as_utf8
from ttt.text import storable

_OPENS = re.compile(rb"<track(?=[\s>])")
_CLOSES = re.compile(rb"</track\s*>")
_ROWS_A_BLOCK = 4000
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-fA-F]+);)")

_LONGEST_OPENING = 40
"""Bytes, of what a row opens with."""

Made = Callable[[str], Any]


class MarkedRows:
    """Rows of what opens in one way up to where it opens again, wherever it stands in a file.

    One is whole where it `closes`; what is `made` of its text is the row, or why it is none.
    """

    def __init__(
        self, opens: re.Pattern[bytes], closes: re.Pattern[bytes], made: Made, telling: Telling
    ) -> None:
        self._opens = opens
        self._closes = closes
        self._made = made
        self._telling = telling

    def __call__(self, stream: BinaryIO, given: Given) -> Iterator[Block]:
        """The file in blocks."""
        return built(self._pieces(stream), self._telling(given))

    def _pieces(self, stream: BinaryIO) -> Iterator[list[Any] | WhyRefused]:
        rows: list[Any] = []
        for one in self.rows(stream):
            if isinstance(one, WhyRefused):
                yield rows
                yield one
                rows = []
            else:
                rows.append(one)
            if len(rows) == _ROWS_A_BLOCK:
                yield rows
                rows = []
        yield rows

    def rows(self, stream: BinaryIO) -> Iterator[Any | WhyRefused]:
        """Each row, or why it is none."""
        for raw, is_last in _cut(as_utf8(stream.read(PIECE), stream), self._opens):
            yield self._row(raw, is_last=is_last)

    def _row(self, raw: bytes, *, is_last: bool) -> Any | WhyRefused:
        if len(raw) > LONGEST_ROW:
            return WhyRefused.TOO_LONG
        closed = self._closes.search(raw)
        if closed is None:
            return WhyRefused.CUT_OFF if is_last else WhyRefused.UNREADABLE
        return self._made(raw[: closed.end()].decode("utf-8", "replace"))


def track_rows(made: Callable[[ET.Element], Any], telling: Telling) -> MarkedRows:
    """Rows made of the tracks of a file."""
    return MarkedRows(_OPENS, _CLOSES, partial(_parsed, made), telling)


def _parsed(made: Callable[[ET.Element], Any], text: str) -> Any | WhyRefused:
    try:
        return made(ET.fromstring(_BARE.sub("&amp;", storable(text))))  # noqa: S314  # nosec B314
    except ET.ParseError:
        return WhyRefused.UNREADABLE


def _cut(stream: BinaryIO, opens: re.Pattern[bytes]) -> Iterator[tuple[bytes, bool]]:
    """What opens so up to where the next one does, and whether it is the last."""
    data = b""
    while piece := stream.read(PIECE):
        data += piece
        opened = [found.start() for found in opens.finditer(data)]
        for begin, end in pairwise(opened):
            yield data[begin:end], False
        data = data[opened[-1] :] if opened else data[-_LONGEST_OPENING:]
        if len(data) > LONGEST_ROW + PIECE:
            # Of one that is too long, enough to see that it is.
            data = data[: LONGEST_ROW + 1] + data[-_LONGEST_OPENING:]
    if opens.match(data):
        yield data, True
