"""The files in a zip, by its list of them; where that is lost, by what stands before each.

What a zip says of itself is not believed: bytes are counted as they are unpacked, and names are
only ever shown and compared. Methods other than deflate are refused: those of the zipfile module
unpack as much at once as a bomb asks for.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, cast

from ttt.errors import HistoryRefused
from ttt.providers.history_files.blocks import PIECE
from ttt.providers.history_files.packed.unpacking import RAW, Inflated, Stored, Stretch, Unpacked
from ttt.providers.history_files.refusals import WhyNoHistory

MOST_MEMBERS = 200
_ENCRYPTED, _SIZES_BEHIND, _IN_UTF_8 = 0x1, 0x8, 0x800
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
_LOCAL = struct.Struct("<4s5H3L2H")
_BEGINS = b"PK\x03\x04"
_DESCRIPTOR = 24
"""Bytes at most between what is packed and the next file, which say how long it was."""
_DENSEST = 1032
"""Bytes that deflate can make of one; what claims to hold more lies."""
_UNKNOWN = 0xFFFFFFFF


@dataclass(frozen=True)
class Entry:
    """A file in a zip: the place of its header, and what the zip says of it.

    `packed` and `crc` are None where nobody says; `why` nothing of it can be read.
    """

    name: str
    header: int
    packed: int | None
    size: int
    method: int
    crc: int | None
    why: WhyNoHistory | None = None

    def unpacked(self, stream: BinaryIO, most: int) -> Unpacked:
        """Its bytes, at most so many, and no more than it says that it has."""
        most = min(most, self.size)
        header = _header(stream, self.header)
        if header is None:
            return Stored(Stretch(stream, 0, 0), 1, most, None)
        bytes_of = Stretch(stream, header.begins, self.packed)
        if self.method == zipfile.ZIP_STORED:
            return Stored(bytes_of, self.size, most, self.crc)
        return Inflated(bytes_of, RAW, most, self.crc)


@dataclass(frozen=True)
class _Header:
    name: str
    begins: int
    flags: int
    method: int
    crc: int
    packed: int
    size: int


class _Guarded:
    """A stream of which nothing reads more than 1 MB at once, such as a list of a million names."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name = stream, name

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(PIECE + 1 if size < 0 else min(size, PIECE + 1))
        if len(data) > PIECE:
            raise HistoryRefused(WhyNoHistory.TOO_MANY_MEMBERS, self._name)
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def is_zip(head: bytes) -> bool:
    """Whether a file or a member that begins so is a zip."""
    return head.startswith((_BEGINS, b"PK\x05\x06"))


def entries(stream: BinaryIO, name: str, most: int) -> list[Entry]:
    """The files in a zip. Raises HistoryRefused where there are none to be found, or too many.

    Where their list is lost, as at the end of a download that broke off, at most so many bytes are
    unpacked to find where they are.
    """
    stream.seek(0)
    try:
        with zipfile.ZipFile(cast(BinaryIO, _Guarded(stream, name))) as archive:
            found = _moved(stream, [_listed(one) for one in archive.infolist()])
    except (*_DAMAGED, ValueError, KeyError) as error:
        found = list(_walked(stream, most))
        if not found:
            raise HistoryRefused(WhyNoHistory.DAMAGED_ZIP, name) from error
    found = [one for one in found if not one.name.endswith("/")]
    if len(found) > MOST_MEMBERS:
        raise HistoryRefused(WhyNoHistory.TOO_MANY_MEMBERS, name)
    return found


def _moved(stream: BinaryIO, listed: list[Entry]) -> list[Entry]:
    """The files, each where it is: bytes lost or added on the way move those before them.

    By so many as the first, which begins the zip unless something was put before all of it.
    """
    by = min((one.header for one in listed), default=0)
    return [
        one if not by or _header(stream, one.header) else replace(one, header=one.header - by)
        for one in listed
    ]


def _listed(one: zipfile.ZipInfo) -> Entry:
    why = _why_not(one.flag_bits, one.compress_type)
    size = min(one.file_size, one.compress_size * _DENSEST)
    return Entry(
        one.filename, one.header_offset, one.compress_size, size, one.compress_type, one.CRC, why
    )


def _why_not(flags: int, method: int) -> WhyNoHistory | None:
    if flags & _ENCRYPTED:
        return WhyNoHistory.ENCRYPTED
    known = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    return None if method in known else WhyNoHistory.DAMAGED_ZIP


def _header(stream: BinaryIO, at: int) -> _Header | None:
    """What stands before a file in a zip; None where that is something else."""
    stream.seek(max(at, 0))
    read = stream.read(_LOCAL.size)
    if at < 0 or len(read) < _LOCAL.size or not read.startswith(_BEGINS):
        return None
    _, _, flags, method, _, _, crc, packed, size, name_long, extra_long = _LOCAL.unpack(read)
    name = stream.read(name_long).decode("utf-8" if flags & _IN_UTF_8 else "cp437", "replace")
    return _Header(name, at + len(read) + name_long + extra_long, flags, method, crc, packed, size)


def _walked(stream: BinaryIO, most: int) -> Iterator[Entry]:
    """The files from the beginning on, one behind the other, as far as they go."""
    at: int | None = 0
    for _ in range(MOST_MEMBERS + 1):
        header = None if at is None else _header(stream, at)
        if header is None or at is None:
            return
        entry, end = _found(stream, at, header, most)
        most -= entry.size
        yield entry
        at = None if end is None else _next(stream, end)


def _found(stream: BinaryIO, at: int, header: _Header, most: int) -> tuple[Entry, int | None]:
    """A file, and the place behind it, None where nothing can be found behind it."""
    why = _why_not(header.flags, header.method)
    if not header.flags & _SIZES_BEHIND and _UNKNOWN not in {header.packed, header.size}:
        size = min(header.size, header.packed * _DENSEST)
        entry = Entry(header.name, at, header.packed, size, header.method, header.crc, why)
        return entry, header.begins + header.packed
    if why is not None or header.method != zipfile.ZIP_DEFLATED:
        why = why or WhyNoHistory.DAMAGED_ZIP
        return Entry(header.name, at, None, 0, header.method, None, why), None
    through = Inflated(Stretch(stream, header.begins), RAW, most)
    while through.read(PIECE):
        pass
    entry = Entry(header.name, at, None, through.total, header.method, None)
    return entry, through.behind if through.why is None else None


def _next(stream: BinaryIO, end: int) -> int | None:
    stream.seek(end)
    place = stream.read(_DESCRIPTOR + len(_BEGINS)).find(_BEGINS)
    return None if place < 0 else end + place
