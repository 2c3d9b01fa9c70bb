"""Bytes out of what xz or bzip2 packed, within bounds of memory."""

import bz2
import lzma
from abc import abstractmethod

from ttt.providers.history_files.packed.unpacking import Bounded, Stretch
from ttt.providers.history_files.refusals import WhyNoHistory

XZ, BZIP2 = b"\xfd7zXZ\x00", b"BZh"
_MEMORY = 80 << 20
"""Enough for whatever the settings of xz pack by themselves; others could ask for gigabytes."""
_CRUMBS = 1 << 10
"""What is unpacked at once: so much is lost of what stands before a break."""


class _Streams(Bounded):
    """Bytes out of one stream, or of several behind each other."""

    begins: bytes

    def __init__(self, packed: Stretch, most: int) -> None:
        super().__init__(packed, most)
        self._decoder = self._new()

    @abstractmethod
    def _new(self) -> lzma.LZMADecompressor | bz2.BZ2Decompressor:
        """What unpacks one stream."""

    def _further(self, size: int) -> bytes:
        if self._decoder.eof:
            return self._next_stream()
        packed = self._packed.read(_CRUMBS) if self._decoder.needs_input else b""
        try:
            piece = self._decoder.decompress(packed, size)
        except (lzma.LZMAError, OSError):
            self._end(WhyNoHistory.DAMAGED_ZIP)
            return b""
        if not packed and not piece and self._decoder.needs_input and not self._decoder.eof:
            self._end(WhyNoHistory.DAMAGED_ZIP)
        return piece

    def _next_stream(self) -> bytes:
        """Begin what stands behind a stream and its padding; what is no stream is the end."""
        self._packed.at -= len(self._decoder.unused_data)
        while (rest := self._packed.read(_CRUMBS)) and not rest.strip(b"\0"):
            pass
        self._packed.at -= len(rest.lstrip(b"\0"))
        begins = self._packed.read(len(self.begins))
        self._packed.at -= len(begins)
        if begins != self.begins:
            self._end(None)
        elif self._may_begin_another():
            self._decoder = self._new()
        return b""


class Unxzed(_Streams):
    """Bytes out of what xz packed."""

    begins = XZ

    def _new(self) -> lzma.LZMADecompressor:
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)


class Unbzipped(_Streams):
    """Bytes out of what bzip2 packed, which needs some megabytes whatever it holds."""

    begins = BZIP2

    def _new(self) -> bz2.BZ2Decompressor:
        return bz2.BZ2Decompressor()
