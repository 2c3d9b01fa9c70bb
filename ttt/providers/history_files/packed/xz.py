"""Bytes out of what xz packed, within bounds of memory."""

import lzma

from ttt.providers.history_files.packed.unpacking import Bounded, Stretch
from ttt.providers.history_files.refusals import WhyNoHistory

MAGIC = b"\xfd7zXZ\x00"
_MEMORY = 80 << 20
"""Enough for whatever the settings of xz pack by themselves; others could ask for gigabytes."""
_CRUMBS = 1 << 10
"""What is unpacked at once: so much is lost of what stands before a break."""


class Unxzed(Bounded):
    """Bytes out of one stream of xz, or of several behind each other."""

    def __init__(self, packed: Stretch, most: int) -> None:
        super().__init__(packed, most)
        self._decoder = _decoder()

    def _further(self, size: int) -> bytes:
        if self._decoder.eof:
            return self._next_stream()
        packed = self._packed.read(_CRUMBS) if self._decoder.needs_input else b""
        try:
            piece = self._decoder.decompress(packed, size)
        except lzma.LZMAError:
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
        begins = self._packed.read(len(MAGIC))
        self._packed.at -= len(begins)
        if begins != MAGIC:
            self._end(None)
        elif self._may_begin_another():
            self._decoder = _decoder()
        return b""


def _decoder() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)
