"""What gzip, xz or bzip2 packed, or nobody: one file, or a tar's files behind each other."""

import tarfile
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from ttt.errors import HistoryRefused
from ttt.providers.history_files.blocks import PIECE
from ttt.providers.history_files.packed.streams import BZIP2, XZ, Unbzipped, Unxzed
from ttt.providers.history_files.packed.unpacking import GZIP, Inflated, Stretch, Unpacked
from ttt.providers.history_files.packed.zips import MOST_MEMBERS
from ttt.providers.history_files.refusals import WhyNoHistory

_BLOCK = 512
_MAGIC = slice(257, 262)
_FURTHEST, _TOGETHER = 1 << 28, 1 << 32
"""Bytes of a packed tar that are unpacked, as each of its files is reached through all before it;
and of all ways to all of them."""
_PLACES = 1 << 62
_BZIP2_BEGINS = {b"1AY&SY", b"\x17rE8P\x90"}
"""A first block, or the end of what holds nothing; a table may begin with "BZh" too."""


class Packing(StrEnum):
    """What a file or a tar was packed by; its values are the ends of such names."""

    GZIP = ".gz"
    XZ = ".xz"
    BZIP2 = ".bz2"
    NONE = ".tar"


@dataclass(frozen=True)
class Entry:
    """A file in what was packed, from a place on; all of it where `end` is None."""

    name: str
    packing: Packing
    start: int = 0
    end: int | None = None
    why: WhyNoHistory | None = None
    """Why nothing of it can be read."""

    @property
    def size(self) -> int:
        """How many bytes it says that it has."""
        return 0 if self.end is None else self.end - self.start

    def unpacked(self, stream: BinaryIO, most: int) -> Unpacked:
        """Its bytes, at most so many."""
        if self.end is None:
            return _unpacked(stream, self.packing, most)
        through = _through(stream, self.packing)
        _skip(through, self.start)
        return _Part(through, self.size, most)


class _Part:
    """Bytes of a stream from where it is on."""

    def __init__(self, through: Unpacked | Stretch, size: int, most: int) -> None:
        self._through, self._left, self._most = through, size, most
        self.why: WhyNoHistory | None = None

    def read(self, size: int) -> bytes:
        """Up to so many bytes, b"" at the end."""
        piece = self._through.read(min(size, self._left, self._most))
        self._left -= len(piece)
        self._most -= len(piece)
        if size and not piece and self._left:
            self.why = WhyNoHistory.DAMAGED_ZIP if self._most else WhyNoHistory.TOO_BIG
        return piece


def packing_of(head: bytes) -> Packing | None:
    """What packed a file that begins so, None for all but these."""
    if head.startswith(b"\x1f\x8b\x08"):
        return Packing.GZIP
    if head.startswith(XZ):
        return Packing.XZ
    if head.startswith(BZIP2) and head[4:10] in _BZIP2_BEGINS:
        return Packing.BZIP2
    return Packing.NONE if _is_tar(head) else None


def entries(stream: BinaryIO, name: str, packing: Packing) -> list[Entry]:
    """The files in it. Raises HistoryRefused where there are none to be found, or too many."""
    if not _is_tar(_through(stream, packing).read(_BLOCK)):
        inner = name[: -len(packing)] if name.lower().endswith(packing) else name
        return [Entry(inner, packing)]
    found = list(_in_tar(stream, packing))
    if len(found) > MOST_MEMBERS:
        raise HistoryRefused(WhyNoHistory.TOO_MANY_MEMBERS, name)
    if not found:
        raise HistoryRefused(WhyNoHistory.DAMAGED_ZIP, name)
    return found


def _is_tar(begins: bytes) -> bool:
    return len(begins) >= _BLOCK and begins[_MAGIC] == b"ustar"


def _unpacked(stream: BinaryIO, packing: Packing, most: int) -> Unpacked:
    packed = Stretch(stream, 0)
    if packing is Packing.XZ:
        return Unxzed(packed, most)
    return Unbzipped(packed, most) if packing is Packing.BZIP2 else Inflated(packed, GZIP, most)


def _through(stream: BinaryIO, packing: Packing) -> Unpacked | Stretch:
    """All of a tar from its beginning, as far as it is gone through."""
    if packing is Packing.NONE:
        return Stretch(stream, 0)
    return _unpacked(stream, packing, _FURTHEST)


def _in_tar(stream: BinaryIO, packing: Packing) -> list[Entry]:
    """Its plain files, as far as it is whole; links and the like are none."""
    through, found = _through(stream, packing), list[Entry]()
    at = together = 0
    while len(found) <= MOST_MEMBERS and len(block := through.read(_BLOCK)) == _BLOCK:
        try:
            info = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        except tarfile.HeaderError:
            break
        at += _BLOCK
        if info.isreg() and info.size >= 0:
            together += at
            far = packing is not Packing.NONE and (at > _FURTHEST or together > _TOGETHER)
            why = WhyNoHistory.TOO_BIG if far else None
            found.append(Entry(info.name, packing, at, at + info.size, why))
        over = -(-max(info.size, 0) // _BLOCK) * _BLOCK
        _skip(through, over)
        at += over
    return found


def _skip(through: Unpacked | Stretch, size: int) -> None:
    """Go on by so many bytes: at once where nothing is packed."""
    if isinstance(through, Stretch):
        through.at = min(through.at + size, _PLACES)
        return
    while size > 0 and (piece := through.read(min(size, PIECE))):
        size -= len(piece)
