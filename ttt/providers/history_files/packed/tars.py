"""What gzip packed: one file, or the files of a tar archive one behind the other."""

import tarfile
from dataclasses import dataclass
from typing import BinaryIO

from ttt.errors import HistoryRefused
from ttt.providers.history_files.blocks import PIECE
from ttt.providers.history_files.packed.unpacking import GZIP, Inflated, Stretch, Unpacked
from ttt.providers.history_files.packed.zips import MOST_MEMBERS
from ttt.providers.history_files.refusals import WhyNoHistory

_BLOCK = 512
_MAGIC = slice(257, 262)
_FURTHEST, _TOGETHER = 1 << 28, 1 << 32
"""Bytes of a tar that are unpacked, as each of its files is reached through all before it; and of
all ways to all of them."""


@dataclass(frozen=True)
class Entry:
    """A file in what gzip packed, from a place on; all of it where `end` is None."""

    name: str
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
            return Inflated(Stretch(stream, 0), GZIP, most)
        through = Inflated(Stretch(stream, 0), GZIP, _FURTHEST)
        _skip(through, self.start)
        return _Part(through, self.size, most)


class _Part:
    """Bytes of a stream from where it is on."""

    def __init__(self, through: Inflated, size: int, most: int) -> None:
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


def is_gzip(head: bytes) -> bool:
    """Whether a file that begins so was packed by gzip."""
    return head.startswith(b"\x1f\x8b\x08")


def entries(stream: BinaryIO, name: str) -> list[Entry]:
    """The files in it. Raises HistoryRefused where there are none to be found, or too many."""
    begins = Inflated(Stretch(stream, 0), GZIP, _BLOCK).read(_BLOCK)
    if len(begins) < _BLOCK or begins[_MAGIC] != b"ustar":
        inner = name[:-3] if name.lower().endswith(".gz") else name
        return [Entry(inner)]
    found = list(_in_tar(stream))
    if len(found) > MOST_MEMBERS:
        raise HistoryRefused(WhyNoHistory.TOO_MANY_MEMBERS, name)
    if not found:
        raise HistoryRefused(WhyNoHistory.DAMAGED_ZIP, name)
    return found


def _in_tar(stream: BinaryIO) -> list[Entry]:
    """Its plain files, as far as it is whole; links and the like are none."""
    through, found = Inflated(Stretch(stream, 0), GZIP, _FURTHEST), list[Entry]()
    at = together = 0
    while len(found) <= MOST_MEMBERS and len(block := through.read(_BLOCK)) == _BLOCK:
        try:
            info = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        except tarfile.HeaderError:
            break
        at += _BLOCK
        if info.isreg() and info.size >= 0:
            together += at
            far = at > _FURTHEST or together > _TOGETHER
            why = WhyNoHistory.TOO_BIG if far else None
            found.append(Entry(info.name, at, at + info.size, why))
        over = -(-max(info.size, 0) // _BLOCK) * _BLOCK
        _skip(through, over)
        at += over
    return found


def _skip(through: Inflated, size: int) -> None:
    while size > 0 and (piece := through.read(min(size, PIECE))):
        size -= len(piece)
