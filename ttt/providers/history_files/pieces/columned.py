"""JSON by columns, as pandas writes it unless it is told otherwise, turned into rows."""

import re
from collections.abc import Collection, Mapping
from typing import Any

import msgspec

MOST = 4 << 20
"""Bytes: nothing of it is a row before all of it is read."""
MOST_ROWS, _MOST_COLUMNS = 100_000, 200
_MOST_TURNED = 32 << 20
"""Bytes of rows, each of which has the names of all columns."""
_BEGINS = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?:[^"\\]|\\.){1,60}"\s*:\s*'
    rb'(?:\{\s*"\d{1,9}"\s*:|\[\s*(?:"|-?\d|true|false|null))'
)


def may_be(head: bytes) -> bool:
    """Whether what begins so may be columns."""
    return bool(_BEGINS.match(head))


def as_rows(data: bytes) -> bytes | None:
    """The same as a list of rows; None for what has no columns, too many, or is damaged."""
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    if not isinstance(found, dict):
        return None
    names: Any
    rows: Any
    names, rows = found.get("columns"), found.get("data")
    if not (_is_list_of(names, str) and _is_list_of(rows, list)):
        names, rows = list(found), _turned(found)
    if rows is None or not _are_few(names, len(rows)) or sum(map(len, rows)) > MOST:
        return None
    objects = (msgspec.json.encode(dict(zip(names, row, strict=False))) for row in rows)
    return b"[" + b",".join(objects) + b"]"


def _turned(found: Mapping[str, Any]) -> list[tuple[Any, ...]] | None:
    """Rows of columns that all have the same places."""
    columns = list(map(_column, found.values()))
    known = [column for column in columns if column is not None]
    if len(known) != len(columns) or not 1 < len(known) <= _MOST_COLUMNS:
        return None
    places, first = known[0]
    if len(first) > MOST_ROWS or any(places != others for others, _ in known):
        return None
    return list(zip(*(cells for _, cells in known), strict=True))


def _column(said: object) -> tuple[object, Collection[Any]] | None:
    """The places of a column and its cells, None for what is none."""
    if isinstance(said, list) and not any(isinstance(cell, dict) for cell in said):
        return len(said), said
    if isinstance(said, dict) and said and all(place.isdecimal() for place in said):
        return list(said), said.values()
    return None


def _is_list_of(said: object, kind: type) -> bool:
    return isinstance(said, list) and all(isinstance(one, kind) for one in said)


def _are_few(names: list[str], rows: int) -> bool:
    each = sum(map(len, names)) + 4 * len(names)
    return rows <= MOST_ROWS and len(names) <= _MOST_COLUMNS and rows * each <= _MOST_TURNED
