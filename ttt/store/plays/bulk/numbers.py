"""Rows of whole numbers as arrays: on PostgreSQL by COPY, without an object for each number."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from ttt.store.plays.bulk import driver

Table = NDArray[np.int64]
_TOGETHER = 5_000
_HEADER = 19
_TRAILER = 2


def read(
    connection: Connection, columns: Sequence[str], rest: str, values: Mapping[str, int]
) -> Iterator[Table]:
    """What `SELECT columns rest` finds, some thousand rows a time, as rows of int64.

    No field may be NULL. `rest` names its values as `:name`.
    """
    for name in sorted(values, key=len, reverse=True):
        rest = rest.replace(f":{name}", f"{values[name]:d}")
    if driver.is_postgresql(connection):
        yield from _copied(connection, columns, rest)
    else:
        yield from _fetched(connection, columns, rest)


def _fetched(connection: Connection, columns: Sequence[str], rest: str) -> Iterator[Table]:
    with driver.cursor(connection) as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} {rest}")
        while rows := cursor.fetchmany(_TOGETHER):
            flat = np.fromiter(chain.from_iterable(rows), np.int64, len(rows) * len(columns))
            yield flat.reshape(len(rows), len(columns))


def _copied(connection: Connection, columns: Sequence[str], rest: str) -> Iterator[Table]:
    fields = [p for n in map(str, range(len(columns))) for p in ((f"{n} size", ">i4"), (n, ">i8"))]
    row = np.dtype([("fields", ">i2"), *fields])
    numbers = ", ".join(f"({column})::bigint" for column in columns)
    held = bytearray()
    with (
        driver.cursor(connection) as cursor,
        cursor.copy(f"COPY (SELECT {numbers} {rest}) TO STDOUT (FORMAT BINARY)") as copy,
    ):
        skipped = False
        for piece in copy:
            held += piece
            if not skipped and len(held) >= _HEADER:
                del held[:_HEADER]
                skipped = True
            if len(held) > _TOGETHER * row.itemsize:
                yield _taken(held, row)
        if len(held) > _TRAILER:
            yield _taken(held, row)


def _taken(held: bytearray, row: "np.dtype[Any]") -> Table:
    """The whole rows of these bytes, which are dropped from them."""
    count = len(held) // row.itemsize
    found = np.frombuffer(bytes(held[: count * row.itemsize]), row)
    del held[: count * row.itemsize]
    names = [name for name in row.names or () if name.isdigit()]
    return np.stack([found[name].astype(np.int64) for name in names], axis=1)
