"""JSON as Python, JavaScript and MongoDB's shell write it: other quotation marks, bare keys."""

import re
from typing import BinaryIO, cast

from ttt.providers.history_files.blocks import LONGEST_ROW
from ttt.providers.history_files.pieces.letters import Reads, Rewound

# “, ”, „ and ‟, which a word processor puts in the place of plain ones.
_TYPESET = rb"\xe2\x80[\x9c-\x9f]"
_BEGINS = re.compile(rb"[\[({\s]*(?:[\[{]\s*(?:'|" + _TYPESET + rb")|\{\s*[A-Za-z_]\w*\s*:)")
_SCRIPT = re.compile(
    rb"\A(?>(?:\s*//[^\n]*\n|\s*/\*.{0,1000}?\*/)*)\s*(?:[\w.$ ]{1,60}[=(])?\s*(?=[\[{])", re.DOTALL
)
"""What makes a script of JSON: comments, a name that it is given, a call that it is handed to."""
_TOO_MANY = re.compile(r'("(?:[^"\\]++|\\.)*+")|,(?=\s*+[}\]])', re.DOTALL)
"""A string, or a comma before a bracket that closes."""
_NOT_TYPESET = rb"[^\\\r\n\xe2]++|\\.|\xe2[\x81-\xbf]|\xe2\x80[\x80-\x9b\xa0-\xbf]"
_BETWEEN_TYPESET = _TYPESET + rb"(?:" + _NOT_TYPESET + rb")*+" + _TYPESET
_STRING = rb"'(?:[^'\\\r\n]|\\.)*+'|\"(?:[^\"\\\r\n]|\\.)*+\"|" + _BETWEEN_TYPESET
_TOKEN = re.compile(
    rb"datetime\.datetime\((\d+(?:, \d+){2,6})(?:, tzinfo=([^(),]+(?:\(\))?))?\)"
    rb"|(?<![\w.])[A-Za-z_.]++\(\s*(" + _STRING + rb"|-?[\d.]+)\s*\)|(" + _STRING + rb")|(['\"])"
    rb"|([A-Za-z_$][\w$]*+)(\s*+:)?|\}"
)
_ESCAPED = re.compile(rb"\\(?:x([\da-fA-F]{2})|U([\da-fA-F]{8})|(')|.)|(\")", re.DOTALL)
_WORDS = {
    b"True": b"true",
    b"False": b"false",
    **dict.fromkeys((b"None", b"nan", b"NaN", b"inf", b"undefined"), b"null"),
}


def is_spoken(head: bytes) -> bool:
    """Whether what begins so is no JSON, but what a program prints in its place."""
    return bool(_BEGINS.match(head.removeprefix(b"\xef\xbb\xbf")))


def as_json(data: bytes) -> bytes:
    """The same in JSON, as far as it is whole."""
    return _TOKEN.sub(_said, data)


def unscripted(text: bytes) -> bytes:
    """JSON out of a script that says nothing else."""
    return _SCRIPT.sub(b"", text, count=1)


def without_commas_too_many(text: str) -> str:
    """JSON without commas behind which nothing comes."""
    return _TOO_MANY.sub(r"\1", text)


def spoken_as_json(head: bytes, stream: BinaryIO) -> BinaryIO:
    """A stream of JSON that begins with this head, whichever of these ways it is written in."""
    whole = Rewound(head, stream)
    return cast(BinaryIO, _Json(whole) if is_spoken(head) else whole)


def _said(found: re.Match[bytes]) -> bytes:
    numbers, zone, called, text, _, word, colon = found.groups()
    if numbers:
        return _time(numbers, zone or b"")
    if called or text:
        return _string(called or text)
    if colon:
        return b'"' + word + b'"' + colon
    return _WORDS.get(found[0], found[0])


def _string(text: bytes) -> bytes:
    marks = 3 if text.startswith(b"\xe2\x80") else 1 if text[:1] in b"'\"" else 0
    return b'"' + _ESCAPED.sub(_escaped, text[marks:-marks]) + b'"' if marks else text


def _escaped(found: re.Match[bytes]) -> bytes:
    short, long, quote, double = found.groups()
    if quote:
        return quote
    if double:
        return b'\\"'
    if not (short or long):
        return found[0]
    code = int(short or long, 16)
    return chr(code).encode(errors="replace") if 0x20 <= code < 0x110000 else b" "


def _time(numbers: bytes, zone: bytes) -> bytes:
    year, month, day, hour, minute, second = ([int(n) for n in numbers.split(b",")] + [0] * 3)[:6]
    time = f'"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}'
    return f'{time}{"Z" if b"utc" in zone.lower() else ""}"'.encode()


class _Json:
    """Turns what is whole of each piece, and keeps what is not for the next."""

    def __init__(self, stream: Reads) -> None:
        self._stream = stream
        self._left = b""

    def read(self, size: int) -> bytes:
        """About as many bytes, b"" at the end."""
        while piece := self._stream.read(size):
            data = self._left + piece
            end = _whole(data) if len(data) < LONGEST_ROW else len(data)
            self._left = data[end:]
            if end:
                return as_json(data[:end])
        rest, self._left = self._left, b""
        return as_json(rest)


def _whole(data: bytes) -> int:
    """Behind the last object that ends in these bytes, outside of texts."""
    end = 0
    for found in _TOKEN.finditer(data):
        if found[5]:
            break
        end = found.end() if found[0] == b"}" else end
    return end
