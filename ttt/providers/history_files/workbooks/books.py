"""Which sheets a workbook has, each as a file in CSV: another process reads it, within bounds.

A few bytes of a workbook can ask for more memory than there is, and what reads them then ends its
process. So that is none of ours.
"""

import io
import subprocess  # nosec B404
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import BinaryIO

from ttt.errors import HistoryRefused
from ttt.providers.history_files.blocks import PIECE
from ttt.providers.history_files.packed import zips
from ttt.providers.history_files.packed.unpacking import Unpacked
from ttt.providers.history_files.refusals import WhyNoHistory
from ttt.providers.history_files.workbooks import apart

MOST_BYTES = 128 << 20
"""Of all that a workbook holds, unpacked."""
_EXCEL, _LIBRE, _IS_LIBRE = "xl/workbook.xml", "content.xml", b"opendocument.spreadsheet"
_PROGRAM = (sys.executable, "-I", str(Path(apart.__file__)))
_AT_ONCE = BoundedSemaphore(2)


@dataclass(frozen=True)
class Sheet:
    """A sheet as a file within a file."""

    name: str
    csv: zips.Entry
    packed: BinaryIO
    why: WhyNoHistory | None = None

    @property
    def size(self) -> int:
        """Bytes of its CSV."""
        return self.csv.size

    def unpacked(self, _: BinaryIO, most: int) -> Unpacked:
        """Its rows in CSV, at most so many bytes."""
        return self.csv.unpacked(self.packed, most)


def sheets(entries: Sequence[zips.Entry], stream: BinaryIO, name: str = "") -> list[Sheet]:
    """The sheets of a zip with these files, none where it is no workbook that can be read.

    Raises HistoryRefused, BIG_WORKBOOK, where reading it would take more than it may.
    """
    if not _is_book(entries, stream):
        return []
    whys = _whys(entries, stream)
    if WhyNoHistory.TOO_BIG in whys or stream.seek(0, io.SEEK_END) > MOST_BYTES:
        raise HistoryRefused(WhyNoHistory.BIG_WORKBOOK, name)
    if whys:
        return []
    stream.seek(0)
    made = _made_of(stream.read(), name)
    packed = io.BytesIO(made)
    return [Sheet(one.name, one, packed) for one in zips.entries(packed, name, 0)] if made else []


def _is_book(entries: Sequence[zips.Entry], stream: BinaryIO) -> bool:
    parts = {entry.name.replace("\\", "/"): entry for entry in entries}
    if _EXCEL in parts:
        return True
    kind = parts.get("mimetype") if _LIBRE in parts else None
    return kind is not None and _IS_LIBRE in kind.unpacked(stream, 100).read(100)


def _whys(entries: Sequence[zips.Entry], stream: BinaryIO) -> set[WhyNoHistory]:
    """Why parts cannot be unpacked: damaged, locked, or more than all together may be."""
    left = MOST_BYTES
    for entry in entries:
        if entry.why is not None:
            return {entry.why}
        bytes_of = entry.unpacked(stream, left)
        while piece := bytes_of.read(PIECE):
            left -= len(piece)
        if bytes_of.why is not None:
            return {bytes_of.why}
    return set()


def _made_of(book: bytes, name: str) -> bytes:
    """A zip of its sheets in CSV, b"" where it cannot be read."""
    with _AT_ONCE:
        # No shell, and every word is ours.
        done = subprocess.run(  # noqa: S603  # nosec B603
            _PROGRAM, input=book, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
        )
    # By a signal: out of memory or of time.
    if done.returncode < 0 or done.returncode == apart.TOO_BIG:
        raise HistoryRefused(WhyNoHistory.BIG_WORKBOOK, name)
    return done.stdout if done.returncode == 0 else b""
