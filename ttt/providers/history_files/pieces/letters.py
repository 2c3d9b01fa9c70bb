"""JSON as other programs save it again: in UTF-16 or UTF-32, or with keys in other letter case."""

import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import BinaryIO, Protocol, cast

from ttt.providers import encodings
from ttt.providers.history_files.blocks import PIECE

_WRITTEN = (
    (re.compile(rb"\xff\xfe\0\0|\0\0\xfe\xff"), "utf-32"),
    (re.compile(rb"\xff\xfe|\xfe\xff"), "utf-16"),
    (re.compile(rb"[\[{]\0\0\0[^\0]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0[\[{]\0\0\0[^\0]"), "utf-32-be"),
    (re.compile(rb"[\[{]\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"\0[\[{]\0[^\0]"), "utf-16-be"),
)
KEY = re.compile(rb'"([^"\\]{1,60})"\s*+:')
ANY_KEY = re.compile(rb'"((?:[^"\\]|\\u[\da-fA-F]{4}){1,60})"\s*+:')
_LOOKED_AT = 1 << 14
_NAME = re.compile(rb'"([A-Za-z_#]{1,60})"(?=\s*+:)')


class Reads(Protocol):
    """What bytes can be read of."""

    def read(self, size: int, /) -> bytes:
        """Up to so many bytes, b"" at the end."""


def head_as_utf8(head: bytes) -> bytes:
    """The first bytes of a file as if it were written in UTF-8, which nearly all JSON is."""
    encoding = _encoding(head)
    return head if encoding is None else head.decode(encoding, "ignore").encode("utf-8", "replace")


def as_utf8(head: bytes, stream: BinaryIO) -> BinaryIO:
    """A stream of UTF-8 that begins with this head, in whatever it can be written."""
    encoding = _encoding(head) or _of_no_utf_8(head)
    whole = Rewound(head, stream)
    return cast(BinaryIO, whole if encoding is None else _Decoded(whole, encoding))


def in_usual_case(head: bytes, stream: BinaryIO, names: Iterable[str]) -> BinaryIO:
    """A stream in which keys are written as these names, where its head has them otherwise."""
    usual = {name.lower().encode(): name.encode() for name in names}
    there = {key for key in KEY.findall(head[:_LOOKED_AT]) if key.lower() in usual}
    odd = any(key != usual[key.lower()] for key in there)
    whole = Rewound(head, stream)
    # A format can have a key in two cases of its own.
    is_plain = (
        not odd or there >= set(usual.values()) or len({k.lower() for k in there}) < len(there)
    )
    return cast(BinaryIO, whole if is_plain else _Renamed(whole, _in_case(usual)))


def renamed(stream: BinaryIO, names: Mapping[bytes, bytes]) -> BinaryIO:
    """The same stream, in which keys have these names."""
    said = partial(ANY_KEY.sub, lambda key: b'"' + names.get(key[1], key[1]) + b'":')
    return cast(BinaryIO, _Renamed(stream, said)) if names else stream


def _in_case(usual: Mapping[bytes, bytes]) -> Callable[[bytes], bytes]:
    return partial(_NAME.sub, lambda key: b'"' + usual.get(key[1].lower(), key[1]) + b'"')


def _encoding(head: bytes) -> str | None:
    return next((encoding for begin, encoding in _WRITTEN if begin.match(head)), None)


def _of_no_utf_8(head: bytes) -> str | None:
    """The encoding of what some other program saved again, by its first letters beyond ASCII."""
    try:
        getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError as error:
        around = head[max(error.start - _LOOKED_AT, 0) : error.start + _LOOKED_AT]
        found = encodings.likeliest(around)
        return None if found == "utf-8-sig" else found
    return None


class Rewound:
    """A stream whose first bytes were read, and are read once more."""

    def __init__(self, head: bytes, stream: Reads) -> None:
        self._head = head
        self._stream = stream

    def read(self, size: int) -> bytes:
        """Up to as many bytes, b"" at the end."""
        piece, self._head = self._head[:size], self._head[size:]
        return piece or self._stream.read(size)


class _Decoded:
    def __init__(self, stream: Reads, encoding: str) -> None:
        self._stream = stream
        self._decode = getincrementaldecoder(encoding)("replace").decode

    def read(self, size: int) -> bytes:
        """About as many bytes, b"" at the end."""
        while piece := self._stream.read(size):
            if text := self._decode(piece):
                return text.encode("utf-8", "replace")
        return self._decode(b"", final=True).encode("utf-8", "replace")


class _Renamed:
    """Cuts behind a comma, as no key has one, and what it cannot cut in one piece it leaves."""

    def __init__(self, stream: Reads, said: Callable[[bytes], bytes]) -> None:
        self._stream = stream
        self._said = said
        self._left = b""

    def read(self, size: int) -> bytes:
        """About as many bytes, b"" at the end."""
        piece = self._stream.read(size)
        data = self._left + piece
        end = data.rfind(b",") + 1 if piece and len(data) < 2 * PIECE else len(data)
        if piece and not end:
            self._left = data
            return self.read(size)
        ready, self._left = data[:end], data[end:]
        return self._said(ready)
