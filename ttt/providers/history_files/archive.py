"""A file as its members: those that are packed in it, or the file itself.

Nothing is ever written to disk. What is damaged in one member is lost, and nothing in the others.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import BinaryIO, NamedTuple, cast

from ttt.errors import HistoryRefused
from ttt.providers.history_files import workbooks
from ttt.providers.history_files.packed import tars, zips
from ttt.providers.history_files.packed.unpacking import Unpacked
from ttt.providers.history_files.packed.zips import MOST_MEMBERS, is_zip
from ttt.providers.history_files.pieces import columned
from ttt.providers.history_files.refusals import WhyNoHistory
from ttt.text import one_line

__all__ = [
    "MOST_BYTES",
    "MOST_MEMBERS",
    "HistoryFile",
    "Member",
    "bounded",
    "is_never_read",
    "members",
]

MOST_BYTES = 1 << 30
"""Of all that is unpacked of one file."""
HEAD = 1 << 14
_NEVER_READ = re.compile(
    r"(Userdata|Payments|Inferences|YourLibrary|Identity|Identifiers|Follow|SearchQueries"
    r"|UserAddress|MessageData|Marquee|DuoNewFamily)\d*(_\d+)?\.json",
    re.IGNORECASE,
)


_WORKBOOK = re.compile(r"\.(?:xlsx|xlsm|ods)$", re.IGNORECASE)
_MOST_BOOKS, _MOST_OF_A_BOOK = 20, 32 << 20
"""Workbooks that are packed themselves, and bytes of one, which is read in memory."""
_Entry = zips.Entry | tars.Entry | workbooks.Sheet


class HistoryFile(NamedTuple):
    """A file that somebody brought: its name, and a seekable binary stream."""

    name: str
    stream: BinaryIO


@dataclass(frozen=True)
class Member:
    """One file, alone or packed in another; `name` is for showing and comparing only.

    At most `most` bytes of it are unpacked; `why` says why nothing of it can be read.
    """

    name: str
    head: bytes
    file: HistoryFile
    entry: _Entry | None = None
    most: int = MOST_BYTES
    why: WhyNoHistory | None = None

    @property
    def folder(self) -> str:
        """The folder in its archive, with a slash at the end; "" for none."""
        return self.name[: self.name.rfind("/") + 1]

    @contextmanager
    def opened(self) -> Iterator[Unpacked | BinaryIO]:
        """The bytes from their beginning; what is packed is Unpacked."""
        if self.entry is None:
            self.file.stream.seek(0)
            yield self.file.stream
        else:
            yield self.entry.unpacked(self.file.stream, self.most)


def members(file: HistoryFile) -> list[Member]:
    """The file's members with their first 16 kB. Raises HistoryRefused where none can be found."""
    file.stream.seek(0)
    head = file.stream.read(HEAD)
    if is_zip(head):
        entries: Sequence[_Entry] = zips.entries(*_of(file), MOST_BYTES)
        entries = workbooks.sheets(cast(Sequence[zips.Entry], entries), *_of(file)) or entries
    elif packing := tars.packing_of(head):
        entries = tars.entries(*_of(file), packing)
    else:
        secret = is_never_read(file.name)
        return [_by_rows(Member(_shown(file.name), b"" if secret else head, file))]
    return [_by_rows(_member(entry, file)) for entry in _in_books(entries, file)]


def _in_books(entries: Sequence[_Entry], file: HistoryFile) -> Iterator[_Entry]:
    """The sheets of packed workbooks; any other file as it is."""
    left = _MOST_BOOKS
    for entry in entries:
        is_book = _WORKBOOK.search(entry.name) and not entry.why and entry.size <= _MOST_OF_A_BOOK
        if is_book and left:
            left -= 1
            yield from _in_book(entry, file)
        else:
            yield entry


def _in_book(entry: _Entry, file: HistoryFile) -> Sequence[_Entry]:
    packed = io.BytesIO(entry.unpacked(file.stream, _MOST_OF_A_BOOK).read(_MOST_OF_A_BOOK))
    try:
        found = workbooks.sheets(zips.entries(packed, entry.name, MOST_BYTES), packed)
    except HistoryRefused as refused:
        is_big = refused.why is WhyNoHistory.BIG_WORKBOOK
        return [replace(entry, why=WhyNoHistory.BIG_WORKBOOK) if is_big else entry]
    return [replace(one, name=f"{entry.name}/{one.name}") for one in found] or [entry]


def _by_rows(member: Member) -> Member:
    """The same; a small one whose JSON goes by columns has rows in their place."""
    if not columned.may_be(member.head):
        return member
    with member.opened() as stream:
        data = stream.read(columned.MOST + 1)
        while len(data) <= columned.MOST and (more := stream.read(columned.MOST)):
            data += more
    rows = columned.as_rows(data) if len(data) <= columned.MOST else None
    if rows is None:
        return member
    turned = HistoryFile(member.file.name, io.BytesIO(rows))
    return Member(member.name, rows[:HEAD], turned)


def bounded(members: Iterable[Member]) -> list[Member]:
    """The same members, each with as many bytes as those before it leave of what is allowed.

    By what they say of themselves, so that every process comes to the same.
    """
    left, found = dict[int, int](), list[Member]()
    for member in members:
        of = id(member.file.stream)
        most = left.setdefault(of, MOST_BYTES)
        left[of] -= min(member.entry.size, most) if member.entry else 0
        found.append(replace(member, most=most))
    return found


def is_never_read(name: str) -> bool:
    """Whether a file is one of those in Spotify's folder that hold no plays, and far more."""
    return bool(_NEVER_READ.fullmatch(name.rpartition("/")[2]))


def _of(file: HistoryFile) -> tuple[BinaryIO, str]:
    return file.stream, file.name


def _member(entry: _Entry, file: HistoryFile) -> Member:
    member = Member(_shown(entry.name), b"", file, entry, why=entry.why)
    if entry.why or is_never_read(member.name):
        return member
    stream = entry.unpacked(file.stream, HEAD)
    head = stream.read(HEAD)
    if not head and stream.why is not None:
        return replace(member, why=stream.why)
    return replace(member, head=head)


def _shown(name: str) -> str:
    return one_line(name)[-200:]
