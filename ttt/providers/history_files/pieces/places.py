"""Where the rows of a JSON file stand, whatever they are wrapped in: told by the keys of rows.

The same rows come as one list, as pages, as lists by year, a row a line, or alone where there is
only one: programs that make JSON of something else write a list of one as the one thing in it.
"""

import re
from collections.abc import Iterable, Iterator
from enum import Enum

from ttt.providers.history_files.pieces.scanning import value_end

AHEAD = 1 << 14
"""Bytes of a row that are looked at to know it."""
BEFORE = 1 << 16
"""Bytes before a row that are looked at for the beginning of its list."""
_ENOUGH = 2
_BRACKETS_TRIED = 64
_BEGINS = re.compile(rb'\{\s*+"(?:[^"\\]++|\\.)*+"\s*+:', re.DOTALL)
_KEY = re.compile(rb'\s*+[{,]\s*+"((?:[^"\\]++|\\.)*+)"\s*+:\s*+', re.DOTALL)
_BETWEEN_VALUES = re.compile(rb"[\s,]*+")
_BLANKS = b" \t\r\n"
_OF_ANY_FORMAT = tuple(
    frozenset(keys.split())
    for keys in (
        *(b"ts ms_played", b"endtime msplayed", b"listened_at track_metadata"),
        *(b"listened_at track", b"time track", b"track artist date", b"timems track"),
        *(b"artist name date", b"header title time", b"played_at track"),
    )
)
"""Keys of rows of all formats: in a file that holds several of them, none is passed over."""


class Place(Enum):
    """How rows stand: several in a list or one behind the other, or one in a place of its own."""

    LIST = "list"
    ALONE = "alone"
    TORN = "torn"
    """In a list whose beginning cannot be read, or where something else is lost before them."""


class Marks:
    """The keys by which the rows of a format are known."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(name.lower().encode() for name in names)

    def are_of(self, head: bytes) -> bool:
        """Whether the object that begins these bytes is a row."""
        own, found = set[bytes](), set[bytes]()
        needed = min(_ENOUGH, len(self._names))
        for key in own_keys(head):
            found.add(key)
            own |= {key} & self._names
            if len(own) >= needed or any(keys <= found for keys in _OF_ANY_FORMAT):
                return True
        return False

    def next_row(self, data: bytes, at: int, *, final: bool) -> tuple[int | None, int, int]:
        """Where the next row begins, how far was looked, and how many objects were none.

        What is too near to the end of these bytes is not judged, unless they are the last.
        """
        tried = 0
        while found := _BEGINS.search(data, at):
            at = found.start()
            if not final and len(data) - at < AHEAD:
                return None, at, tried
            if self.are_of(data[at : at + AHEAD]):
                return at, at, tried
            at, tried = at + 1, tried + 1
        return None, max(at, len(data) - AHEAD if not final else len(data)), tried


def place_of(data: bytes, row: int) -> tuple[Place, int]:
    """How a row stands that begins there, and where the first of its list does."""
    before = data[max(row - BEFORE, 0) : row].rstrip(_BLANKS)
    if before.endswith(b":"):
        return Place.ALONE, row
    start = _first_of_list(data, row)
    is_torn = start == row and before.endswith(b",") and before.strip(_BLANKS + b"],")
    return Place.TORN if is_torn else Place.LIST, start


def next_list(data: bytes) -> re.Pattern[bytes] | None:
    """What finds the beginning of another list of such rows as begin these bytes."""
    key = _BEGINS.match(data)
    return re.compile(rb"\[\s*+" + re.escape(key.group())) if key else None


def own_keys(head: bytes) -> Iterator[bytes]:
    """The keys of the object that begins these bytes, in small letters, not those within it."""
    at = 0
    while found := _KEY.match(head, at):
        yield found[1].lower()
        at = found.end()
        if at == len(head) or (at := value_end(head, at)) < 0:
            return


def _first_of_list(data: bytes, row: int) -> int:
    """The first value of the list in which a row stands: what is before it may be no row."""
    end, least = row, max(row - BEFORE, 0)
    for _ in range(_BRACKETS_TRIED):
        end = data.rfind(b"[", least, end)
        if end < 0:
            break
        if _leads_to(data, end + 1, row):
            return end + 1
    return row


def _leads_to(data: bytes, at: int, row: int) -> bool:
    """Whether value after value ends where a row begins."""
    while at < row:
        found = _BETWEEN_VALUES.match(data, at, row)
        at = found.end() if found else at
        if at == row:
            return True
        end = value_end(data, at)
        if end <= at:
            return False
        at = end
    return at == row
