"""Bytes as they are unpacked: as far as they are whole, and no more of them than are allowed."""

import zlib
from abc import ABC, abstractmethod
from contextlib import suppress
from typing import BinaryIO, Protocol

from ttt.providers.history_files.refusals import WhyNoHistory

RAW, GZIP = -zlib.MAX_WBITS, 16 + zlib.MAX_WBITS
"""How deflate is wrapped: not at all, as in a zip, or as gzip does."""
_PACKED = 1 << 14
_CRUMBS = 64
_STREAMS = 1000
"""Streams behind each other in one file; nobody writes so many."""


class Unpacked(Protocol):
    """Bytes of something packed, from its beginning.

    `why` says why they end before their time: DAMAGED_ZIP or TOO_BIG.
    """

    why: WhyNoHistory | None

    def read(self, size: int, /) -> bytes:
        """Up to so many bytes, b"" at the end; nothing raises."""


class Stretch:
    """So many bytes of a stream from a place on; the stream may be elsewhere in between."""

    def __init__(self, stream: BinaryIO, start: int, size: int | None = None) -> None:
        self._stream = stream
        self.at = start
        self._end = None if size is None else start + size

    def read(self, size: int) -> bytes:
        """Up to so many bytes, b"" at the end."""
        if self._end is not None:
            size = min(size, self._end - self.at)
        self._stream.seek(self.at)
        piece = self._stream.read(max(size, 0))
        self.at += len(piece)
        return piece


class Stored:
    """Bytes that are not packed at all. `crc` is what they have to come to."""

    def __init__(self, packed: Stretch, size: int, most: int, crc: int | None) -> None:
        self._packed, self._size, self._most = packed, size, most
        self._sum = _Sum(crc)
        self._total = 0
        self.why: WhyNoHistory | None = None

    def read(self, size: int) -> bytes:
        """Up to so many bytes, b"" at the end."""
        piece = self._packed.read(min(size, self._most - self._total))
        self._total += len(piece)
        self._sum.add(piece)
        if size and not piece:
            self.why = self._ended()
        return piece

    def _ended(self) -> WhyNoHistory | None:
        if self._total < min(self._size, self._most):
            return WhyNoHistory.DAMAGED_ZIP
        if self._size > self._most:
            return WhyNoHistory.TOO_BIG
        return None if self._sum.fits else WhyNoHistory.DAMAGED_ZIP


class Bounded(ABC):
    """Bytes that a decoder makes, counted as they are made."""

    def __init__(self, packed: Stretch, most: int, crc: int | None = None) -> None:
        self._packed, self._most = packed, most
        self._sum = _Sum(crc)
        self._streams, self._over = 1, False
        self.total = 0
        self.why: WhyNoHistory | None = None

    def read(self, size: int) -> bytes:
        """Up to so many bytes, b"" at the end."""
        made = bytearray()
        while len(made) < size and not self._over:
            piece = self._further(min(size - len(made), self._most - self.total + 1))
            self.total += len(piece)
            made += piece
            if self.total > self._most:
                self._end(WhyNoHistory.TOO_BIG)
                del made[self._most - self.total :]
        self._sum.add(made)
        if self._over and self.why is None and not self._sum.fits:
            self.why = WhyNoHistory.DAMAGED_ZIP
        return bytes(made)

    @abstractmethod
    def _further(self, size: int) -> bytes:
        """Up to so many bytes more, b"" where something else came; `_end` is called at the end."""

    def _end(self, why: WhyNoHistory | None) -> None:
        self._over, self.why = True, why

    def _may_begin_another(self) -> bool:
        """Whether one more stream may stand behind this one."""
        self._streams += 1
        if self._streams > _STREAMS:
            self._end(WhyNoHistory.DAMAGED_ZIP)
        return not self._over


class Inflated(Bounded):
    """Bytes out of a deflate stream; of gzip's, of several behind each other."""

    def __init__(self, packed: Stretch, wrapped: int, most: int, crc: int | None = None) -> None:
        super().__init__(packed, most, crc)
        self._wrapped = wrapped
        self._decoder = zlib.decompressobj(wrapped)

    @property
    def behind(self) -> int:
        """The place behind what was packed, once all of it was read."""
        return self._packed.at - len(self._decoder.unused_data)

    def _further(self, size: int) -> bytes:
        if self._decoder.eof:
            return self._next_stream()
        packed = self._decoder.unconsumed_tail or self._packed.read(_PACKED)
        before = self._decoder.copy()
        try:
            piece = self._decoder.decompress(packed, size)
        except zlib.error:
            self._end(WhyNoHistory.DAMAGED_ZIP)
            return _as_far_as_whole(before, packed, size)
        if not packed and not piece:
            self._end(WhyNoHistory.DAMAGED_ZIP)
        return piece

    def _next_stream(self) -> bytes:
        """Begin what stands behind a stream; what is no stream is padding, and the end."""
        rest = self._decoder.unused_data or self._packed.read(_PACKED)
        if self._wrapped != GZIP or not rest.startswith(b"\x1f\x8b"):
            self._end(None)
        elif self._may_begin_another():
            self._packed.at -= len(rest)
            self._decoder = zlib.decompressobj(self._wrapped)
        return b""


class _Sum:
    """Whether bytes come to a checksum; any does where there is none to come to."""

    def __init__(self, expected: int | None) -> None:
        self._expected, self._found = expected, 0

    def add(self, piece: bytes | bytearray) -> None:
        if self._expected is not None:
            self._found = zlib.crc32(piece, self._found)

    @property
    def fits(self) -> bool:
        return self._expected in {None, self._found}


def _as_far_as_whole(decoder: "zlib._Decompress", packed: bytes, size: int) -> bytes:
    """What a decoder makes of bytes before those that it cannot read."""
    made = bytearray()
    with suppress(zlib.error):
        for start in range(0, len(packed), _CRUMBS):
            made += decoder.decompress(packed[start : start + _CRUMBS], max(size - len(made), 1))
    return bytes(made[:size])
