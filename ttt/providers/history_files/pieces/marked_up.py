"""The tracks of an XML file, a piece of about 1 MB at a time, each parsed by itself.

So nothing of a document type is ever read, and what is damaged costs its own track.
"""

import re
from collections.abc import Callable, Iterator
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

Made = Callable[[ET.Element], Any]


class XmlRows:
    """Rows made of the tracks of a file, wherever they stand in it."""

    def __init__(self, made: Made, telling: Telling) -> None:
        self._made = made
        self._telling = telling

    def __call__(self, stream: BinaryIO, given: Given) -> Iterator[Block]:
        """The file in blocks."""
        return built(self._pieces(stream), self._telling(given))

    def _pieces(self, stream: BinaryIO) -> Iterator[list[Any] | WhyRefused]:
        rows: list[Any] = []
        for raw, is_last in _tracks(as_utf8(stream.read(PIECE), stream)):
            one = self._row(raw, is_last=is_last)
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

    def _row(self, raw: bytes, *, is_last: bool) -> Any | WhyRefused:
        if len(raw) > LONGEST_ROW:
            return WhyRefused.TOO_LONG
        closed = _CLOSES.search(raw)
        if closed is None:
            return WhyRefused.CUT_OFF if is_last else WhyRefused.UNREADABLE
        text = storable(raw[: closed.end()].decode("utf-8", "replace"))
        try:
            return self._made(ET.fromstring(_BARE.sub("&amp;", text)))  # noqa: S314  # nosec B314
        except ET.ParseError:
            return WhyRefused.UNREADABLE


def _tracks(stream: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """What opens as a track up to where the next one does, and whether it is the last."""
    data = b""
    while piece := stream.read(PIECE):
        data += piece
        opened = [found.start() for found in _OPENS.finditer(data)]
        for begin, end in pairwise(opened):
            yield data[begin:end], False
        data = data[opened[-1] :] if opened else data[-len(b"<track ") :]
        if len(data) > LONGEST_ROW + PIECE:
            # Of one that is too long, enough to see that it is.
            data = data[: LONGEST_ROW + 1] + data[-len(b"<track ") :]
    if _OPENS.match(data):
        yield data, True
