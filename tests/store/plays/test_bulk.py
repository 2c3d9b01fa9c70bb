"""Plays go to PostgreSQL and come from it as bytes, in pieces that end anywhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

import numpy as np
import pytest
from sqlalchemy import create_engine

from ttt.store.plays.bulk import arriving, driver, numbers
from ttt.store.plays.bulk.arriving import Arriving
from ttt.store.plays.told import Row

ROWS = [(1, -1), (1 << 40, 7), (3, 4)]


class Copying:
    """A cursor of PostgreSQL's driver that copies bytes in and out."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces, self.written, self.asked = pieces, b"", list[str]()

    @contextmanager
    def copy(self, statement: str) -> Iterator[Self]:
        self.asked.append(statement)
        yield self

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.pieces)

    def write(self, data: bytes) -> None:
        self.written += data


def copying(monkeypatch: pytest.MonkeyPatch, pieces: list[bytes]) -> Copying:
    made = Copying(pieces)

    @contextmanager
    def cursor(_connection: object) -> Iterator[Copying]:
        yield made

    monkeypatch.setattr(driver, "is_postgresql", lambda _connection: True)
    monkeypatch.setattr(driver, "cursor", cursor)
    return made


def sent(rows: list[tuple[int, ...]]) -> bytes:
    """Rows as PostgreSQL sends them."""
    fields = (
        len(row).to_bytes(2, "big")
        + b"".join((8).to_bytes(4, "big") + value.to_bytes(8, "big", signed=True) for value in row)
        for row in rows
    )
    return b"PGCOPY\n\xff\r\n\0" + bytes(8) + b"".join(fields) + b"\xff\xff"


@pytest.mark.parametrize("size", [1, 7, 26, 1_000])
def test_rows_are_whole_in_whatever_pieces_they_come(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    data = sent(ROWS)
    asked = copying(monkeypatch, [data[at : at + size] for at in range(0, len(data), size)])
    monkeypatch.setattr(numbers, "_TOGETHER", 1)
    connection: Any = None
    found = numbers.read(connection, ("a", "b"), "FROM t WHERE u = :user", {"user": 5})
    assert [tuple(row) for table in found for row in table.tolist()] == ROWS
    (statement,) = asked.asked
    assert "SELECT (a)::bigint, (b)::bigint FROM t WHERE u = 5" in statement


def test_without_postgresql_the_same_rows_are_fetched() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a, b, u)")
        for row in ROWS:
            connection.exec_driver_sql("INSERT INTO t VALUES (?, ?, 5)", row)
        connection.exec_driver_sql("INSERT INTO t VALUES (9, 9, 6)")
        found = numbers.read(connection, ("a", "b"), "FROM t WHERE u = :user", {"user": 5})
        assert [tuple(row) for table in found for row in table.tolist()] == ROWS
    engine.dispose()


def test_every_row_is_sent_with_its_country_and_zz_for_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = copying(monkeypatch, [])
    countries = [None, "DE", None]
    rows = [Row(4, 100 + n, n, 1, 90, None, 0, 0, land, 7) for n, land in enumerate(countries)]
    connection: Any = None
    arriving._copy(connection, 4, Arriving.of(rows))
    table = np.frombuffer(made.written[19:-2], arriving._COPIED)
    found = {
        int(row["told_at"]): (int(row["user_id"]), int(row["country"]).to_bytes(2, "big").decode())
        for row in table
    }
    assert found == {100: (4, "ZZ"), 101: (4, "DE"), 102: (4, "ZZ")}
    assert {int(row["fields"]) for row in table} == {11}
    for name, kind in arriving._TYPES.items():
        assert set(table[f"{name} size"].tolist()) == {int(kind[1:])}
    assert made.written.startswith(b"PGCOPY\n\xff\r\n\0")
    assert made.written.endswith(b"\xff\xff")


def test_a_little_more_than_half_of_the_rows_go_first_and_the_others_fill_what_these_left() -> None:
    assert arriving._in_two_passes(22).tolist() == [*range(10), *range(19, 22), *range(10, 19)]
    assert arriving._letters([0x4445, 0, 0x5553]) == ["DE", "ZZ", "US"]


def test_what_only_others_told_is_neither_ones_own_nor_better() -> None:
    assert arriving.Compared(there=9, mine=2, better=3).others == 4
    assert arriving.Compared().others == 0


@pytest.mark.parametrize("rows", [[], ROWS])
def test_a_few_rows_come_with_the_last_piece(
    monkeypatch: pytest.MonkeyPatch, rows: list[tuple[int, ...]]
) -> None:
    copying(monkeypatch, [sent(rows)])
    connection: Any = None
    found = list(numbers.read(connection, ("a", "b"), "FROM t", {}))
    assert [tuple(row) for table in found for row in table.tolist()] == rows
    assert len(found) == bool(rows)
