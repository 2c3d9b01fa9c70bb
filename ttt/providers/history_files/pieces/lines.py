"""The rows of a file with one JSON object a line, a piece of about 1 MB at a time."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from ttt.plays import WhyRefused
from ttt.providers.history_files.blocks import LONGEST_ROW, PIECE
from ttt.providers.history_files.pieces.arrays import ArrayRows
from ttt.providers.history_files.pieces.decoding import Decoder, Malformed
from ttt.providers.history_files.pieces.places import Marks

_BLANKS = b" \t\r\n"


def line_rows(stream: BinaryIO, marks: Marks, decoder: Decoder) -> Iterator[list[Any] | WhyRefused]:
    """Lists of decoded rows; a WhyRefused stands for one line that is no row."""
    for piece in _pieces(stream):
        if piece is None:
            yield WhyRefused.TOO_LONG
            continue
        lines, last = piece
        try:
            yield decoder.lines(lines)
        except Malformed:
            yield from _one_by_one(lines, marks, decoder, last=last)


def _pieces(stream: BinaryIO) -> Iterator[tuple[bytes, bool] | None]:
    """Whole lines, and whether they are the last; None for a line that is too long."""
    data = stream.read(PIECE).removeprefix(b"\xef\xbb\xbf")
    while data:
        piece = stream.read(PIECE)
        end = data.rfind(b"\n") + 1
        if not piece or end:
            lines, data = (data[:end], data[end:]) if piece else (data, b"")
            if lines.strip(_BLANKS):
                yield lines, not piece
        data = data.lstrip(_BLANKS) + piece
        if len(data) > LONGEST_ROW + PIECE and b"\n" not in data:
            data = _past_a_giant(stream)
            yield None


def _past_a_giant(stream: BinaryIO) -> bytes:
    while piece := stream.read(PIECE):
        _, ended, rest = piece.partition(b"\n")
        if ended:
            return rest or b"\n"
    return b""


def _one_by_one(
    lines: bytes, marks: Marks, decoder: Decoder, *, last: bool
) -> Iterator[list[Any] | WhyRefused]:
    rows: list[Any] = []
    each = [line for line in map(_bare, lines.splitlines()) if line]
    for place, line in enumerate(each, 1):
        try:
            rows += _rows(line, decoder)
        except Malformed:
            yield rows
            rows = []
            is_end = last and place == len(each) and not lines.endswith(b"\n")
            yield from _within(line, marks, decoder, is_end=is_end)
    yield rows


def _within(
    line: bytes, marks: Marks, decoder: Decoder, *, is_end: bool
) -> Iterator[list[Any] | WhyRefused]:
    """What a line holds that is no row as a whole: several rows, or a part of one."""
    pieces = [piece for piece in ArrayRows(BytesIO(line), marks, decoder) if piece]
    for piece in pieces or [WhyRefused.CUT_OFF]:
        is_cut = piece is WhyRefused.CUT_OFF and not is_end
        yield WhyRefused.UNREADABLE if is_cut else piece


def _bare(line: bytes) -> bytes:
    return line.strip(_BLANKS).rstrip(b",]").removeprefix(b"[").lstrip(b"]")


def _rows(line: bytes, decoder: Decoder) -> list[Any]:
    try:
        return decoder.rows(line)
    except Malformed:
        return [decoder.rescued(line)]
