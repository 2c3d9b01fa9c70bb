"""A file as its members: those of a zip, or the file itself. Nothing is ever written to disk.

What a zip says of itself is not believed: bytes are counted as they are unpacked, and names are
only ever shown and compared. Methods other than deflate are refused: those of the zipfile module
unpack as much at once as a bomb asks for.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NamedTuple, cast

from ttt.errors import HistoryRefused
from ttt.providers.history_files.blocks import PIECE
from ttt.providers.history_files.refusals import WhyNoHistory
from ttt.text import one_line

MOST_MEMBERS = 200
MOST_BYTES = 1 << 30
HEAD = 1 << 14
_ENCRYPTED = 0x1
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_NEVER_READ = re.compile(
    r"(Userdata|Payments|Inferences|YourLibrary|Identity|Identifiers|Follow|SearchQueries"
    r"|UserAddress|MessageData|Marquee|DuoNewFamily)\d*(_\d+)?\.json",
    re.IGNORECASE,
)


class HistoryFile(NamedTuple):
    """A file that somebody brought: its name, and a seekable binary stream."""

    name: str
    stream: BinaryIO


class Allowance:
    """How many bytes of one file may be unpacked; a member that is read again counts once."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self._taken: dict[int, int] = {}

    def takes(self, member: int, total: int) -> bool:
        """Whether this member may have been unpacked so far."""
        self._taken[member] = total
        return sum(self._taken.values()) <= self._most


@dataclass(frozen=True)
class Member:
    """One file, alone or in a zip; `name` is for showing and comparing only."""

    name: str
    head: bytes
    file: HistoryFile
    entry: zipfile.ZipInfo | None = None
    allowance: Allowance = field(default_factory=Allowance)

    @property
    def folder(self) -> str:
        """The folder in its zip, with a slash at the end; "" for none."""
        return self.name[: self.name.rfind("/") + 1]

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """The bytes from their beginning. Reading raises HistoryRefused where a zip is damaged."""
        if self.entry is None:
            self.file.stream.seek(0)
            yield self.file.stream
            return
        with _zip(self.file) as archive:
            yield cast(BinaryIO, _Unpacked(archive, self.entry, self.allowance, self.file.name))


class _Unpacked:
    def __init__(
        self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowance: Allowance, name: str
    ) -> None:
        self._name = name
        self._allowance = allowance
        self._member = entry.header_offset
        self._total = 0
        with self._refusing():
            self._stream = archive.open(entry)

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except _DAMAGED as error:
            raise HistoryRefused(WhyNoHistory.DAMAGED_ZIP, self._name) from error

    def read(self, size: int) -> bytes:
        with self._refusing():
            piece = self._stream.read(size)
        self._total += len(piece)
        if not self._allowance.takes(self._member, self._total):
            raise HistoryRefused(WhyNoHistory.TOO_BIG, self._name)
        return piece


class _Guarded:
    """A stream of which nothing reads more than 1 MB at once, such as a list of a million names."""

    def __init__(self, file: HistoryFile) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        data = self._file.stream.read(PIECE + 1 if size < 0 else min(size, PIECE + 1))
        if len(data) > PIECE:
            raise HistoryRefused(WhyNoHistory.TOO_MANY_MEMBERS, self._file.name)
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file.stream, name)


def members(file: HistoryFile) -> list[Member]:
    """The file's members with their first 16 kB. Raises HistoryRefused for a zip that is none."""
    file.stream.seek(0)
    head = file.stream.read(HEAD)
    if not is_zip(head):
        secret = is_never_read(file.name)
        return [Member(_shown(file.name), b"" if secret else head, file)]
    with _zip(file) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MOST_MEMBERS:
            raise HistoryRefused(WhyNoHistory.TOO_MANY_MEMBERS, file.name)
        allowance = Allowance()
        return [_member(archive, entry, file, allowance) for entry in entries]


def is_zip(head: bytes) -> bool:
    """Whether a file or a member that begins so is a zip."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_never_read(name: str) -> bool:
    """Whether a file is one of those in Spotify's folder that hold no plays, and far more."""
    return bool(_NEVER_READ.fullmatch(name.rpartition("/")[2]))


def _member(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: HistoryFile, allowance: Allowance
) -> Member:
    name = _shown(entry.filename)
    if is_never_read(name):
        return Member(name, b"", file, entry, allowance)
    if entry.flag_bits & _ENCRYPTED:
        raise HistoryRefused(WhyNoHistory.ENCRYPTED, file.name)
    if entry.compress_type not in _METHODS:
        raise HistoryRefused(WhyNoHistory.DAMAGED_ZIP, file.name)
    head = _Unpacked(archive, entry, allowance, file.name).read(HEAD)
    return Member(name, head, file, entry, allowance)


@contextmanager
def _zip(file: HistoryFile) -> Iterator[zipfile.ZipFile]:
    file.stream.seek(0)
    try:
        archive = zipfile.ZipFile(cast(BinaryIO, _Guarded(file)))
    except (*_DAMAGED, ValueError, KeyError) as error:
        raise HistoryRefused(WhyNoHistory.DAMAGED_ZIP, file.name) from error
    with archive:
        yield archive


def _shown(name: str) -> str:
    return one_line(name)[-200:]
