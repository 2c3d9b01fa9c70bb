"""Told plays that arrive: compared with those that are kept, and taken over, in a few statements.

They are set out in a table that only their connection sees, on PostgreSQL by COPY.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, text
from sqlmodel import Session

from ttt.store.plays.bulk import driver
from ttt.store.plays.told import KEY, SAID, Row

Numbers = NDArray[np.int64]
_NOBODY_KNOWS = "ZZ"
"""In the place of a country; as `ms` is -1 then, no field of a row is empty."""
_ZZ = int.from_bytes(_NOBODY_KNOWS.encode(), "big")
_TYPES = {
    "user_id": "i4",
    "told_at": "i8",
    "track_id": "i4",
    "source": "i2",
    "started_at": "i8",
    "ms": "i4",
    "how": "i2",
    "device": "i2",
    "country": "u2",
    "upload_id": "i4",
    "counts": "i2",
}
_SQL_TYPES = {"i2": "smallint", "i4": "integer", "i8": "bigint", "u2": "varchar(2)"}
_COLUMNS = ", ".join(_TYPES)
_DEFINED = ", ".join(f"{name} {_SQL_TYPES[kind]} NOT NULL" for name, kind in _TYPES.items())
_HEADER, _TRAILER = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
_COPIED = np.dtype(
    [
        ("fields", ">i2"),
        *(p for n, kind in _TYPES.items() for p in ((f"{n} size", ">i4"), (n, f">{kind}"))),
    ]
)

# The plus keeps both databases from the index of tracks, where a person's rows lie apart.
_SAME = " AND ".join(f"{'+' if name == 'track_id' else ''}p.{name} = a.{name}" for name in KEY)
# SQLite takes the tables of a cross join in this order: row by row, by the key.
_JOINED = f"arriving a CROSS JOIN play p WHERE {_SAME} AND p.user_id = :user"
_EMPTY = {"ms": "nullif(a.ms, -1)", "country": f"nullif(a.country, '{_NOBODY_KNOWS}')"}
_ARRIVED = {name: _EMPTY.get(name, f"a.{name}") for name in _TYPES}


def _rank(row: str) -> str:
    return (
        f"(coalesce({row}.ms, -1), {row}.started_at, {row}.how, {row}.device,"
        f" coalesce({row}.country, ''))"
    )


# Of rows under one key the highest stays, in whatever order they come.
_BETTER = f"(a.ms, a.started_at, a.how, a.device, coalesce({_EMPTY['country']}, '')) > {_rank('p')}"
_COMPARE = (
    "SELECT count(*), count(CASE WHEN p.upload_id = a.upload_id THEN 1 END),"
    f" count(CASE WHEN {_BETTER} THEN 1 END) FROM {_JOINED}"
)
_ANY = "SELECT 1 FROM play WHERE user_id = :user AND told_at BETWEEN :since AND :until LIMIT 1"
_REACH = (
    "SELECT min(a.told_at), min(a.started_at), max(a.told_at), max(a.started_at)"
    f" FROM arriving a LEFT JOIN play p ON {_SAME} AND p.user_id = :user"
    f" WHERE p.user_id IS NULL OR {_BETTER}"
)
_KEEP = (
    f"INSERT INTO play ({_COLUMNS}) SELECT {', '.join(_ARRIVED.values())} FROM arriving a"
    f" WHERE true ON CONFLICT ({', '.join(KEY)}) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _TYPES if name not in KEY)
    + f" WHERE {_rank('excluded')} > {_rank('play')}"
)
# Of one upload's rows under one key the one that was played longer stays.
_LONGER = "coalesce(excluded.ms, -1) > coalesce(play_again.ms, -1)"
_AGAIN = (
    f"INSERT INTO play_again ({', '.join((*KEY, *SAID))})"
    " SELECT {row} FROM {which}"
    f" ON CONFLICT ({', '.join(KEY)}, upload_id) DO UPDATE SET "
    + ", ".join(
        f"{name} = CASE WHEN {_LONGER} THEN excluded.{name} ELSE play_again.{name} END"
        for name in SAID
        if name != "upload_id"
    )
)
_OF_OTHERS = f"{_JOINED} AND p.upload_id <> a.upload_id"
_THEIRS = ", ".join(f"p.{name}" for name in (*KEY, *SAID))
_MINE = ", ".join(_ARRIVED[name] for name in (*KEY, *SAID))
_THEIRS_AGAIN = _AGAIN.format(row=_THEIRS, which=f"{_OF_OTHERS} AND {_BETTER}")
_MINE_AGAIN = _AGAIN.format(row=_MINE, which=f"{_OF_OTHERS} AND NOT ({_BETTER})")
_ALL_AGAIN = _AGAIN.format(row=_MINE, which="arriving a WHERE true")
_TOLD = ", ".join((*KEY, "upload_id"))
_FORGET_AGAIN = f"DELETE FROM play_again WHERE ({_TOLD}) IN (SELECT {_TOLD} FROM arriving)"


class Arriving(NamedTuple):
    """One person's told plays as columns in the order of their keys, of which each is there once.

    Times are in seconds; `ms` is -1 where it is unknown, `country` a number (see `country_code`).
    """

    told_at: Numbers
    track_id: Numbers
    source: Numbers
    started_at: Numbers
    ms: Numbers
    how: Numbers
    device: Numbers
    country: Numbers
    upload_id: Numbers
    counts: Numbers

    def only(self, rows: NDArray[Any]) -> "Arriving":
        """Some of the rows, in the order of these places."""
        return Arriving(*(column[rows] for column in self))

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "Arriving":
        """Rows as columns, in the order in which they come."""
        plain = [
            (*row[1:5], -1 if ms is None else ms, how, device, country_code(country), *row[9:])
            for row in rows
            for ms, how, device, country in (row[5:9],)
        ]
        return cls(*np.array(plain, np.int64).reshape(len(rows), len(cls._fields)).T)


class Compared(NamedTuple):
    """Of arriving rows: how many keys are kept, how many of these by the same upload, and how many
    tell more than what is kept."""

    there: int = 0
    mine: int = 0
    better: int = 0

    @property
    def others(self) -> int:
        """How many of the keys only others told, who told no less: at least so many."""
        return self.there - self.mine - self.better


def country_code(country: str | None) -> int:
    """The number that stands for a country's two letters, 0 for none."""
    is_one = country is not None and len(country) == 2 and country.isascii()
    return int.from_bytes((country or "").encode(), "big") if is_one else 0


def bring(session: Session, user_id: int, rows: Arriving) -> None:
    """Set somebody's rows out, in the place of those before; no longer than the transaction."""
    connection = session.connection()
    on_postgresql = driver.is_postgresql(connection)
    until = " ON COMMIT DROP" if on_postgresql else ""
    connection.exec_driver_sql(f"CREATE TEMP TABLE IF NOT EXISTS arriving ({_DEFINED}){until}")
    connection.exec_driver_sql("DELETE FROM arriving")
    (_copy if on_postgresql else _insert)(connection, user_id, rows)


def compare(session: Session, user_id: int, rows: Arriving) -> Compared:
    """How the rows that are set out stand to what is kept."""
    span = _span(user_id, rows)
    connection = session.connection()
    if not len(rows.told_at) or connection.execute(text(_ANY), span).first() is None:
        return Compared()
    return Compared(*connection.execute(text(_COMPARE), span).one())


def reach(session: Session, user_id: int) -> tuple[int, int] | None:
    """From when to when, in seconds and included, are the rows that change what is kept."""
    found = session.connection().execute(text(_REACH), {"user": user_id}).one()
    times = [time for time in found if time is not None]
    return (min(times), max(times)) if times else None


def keep(session: Session, user_id: int, rows: Arriving, compared: Compared) -> None:
    """Keep what is set out where it is new or tells more; what others tell too is noted."""
    connection, span = session.connection(), _span(user_id, rows)
    if compared.better:
        connection.execute(text(_THEIRS_AGAIN), span)
    if compared.others == len(rows.told_at):
        connection.execute(text(_ALL_AGAIN))
    elif compared.there > compared.mine:
        connection.execute(text(_MINE_AGAIN), span)
    if compared.better or compared.there < len(rows.told_at):
        connection.execute(text(_KEEP))


def forget_again(session: Session) -> None:
    """Delete the tellings that are set out from those that others tell too."""
    session.connection().execute(text(_FORGET_AGAIN))


def _span(user_id: int, rows: Arriving) -> dict[str, int]:
    told = rows.told_at
    since, until = (int(told.min()), int(told.max())) if len(told) else (0, 0)
    return {"user": user_id, "since": since, "until": until}


def _insert(connection: Connection, user_id: int, rows: Arriving) -> None:
    if not len(rows.told_at):
        return
    numbers = {name: column.tolist() for name, column in rows._asdict().items()}
    numbers["country"] = _letters(numbers["country"])
    marks = ", ".join("?" * len(numbers))
    statement = f"INSERT INTO arriving ({_COLUMNS}) VALUES ({user_id:d}, {marks})"
    connection.exec_driver_sql(statement, list(zip(*numbers.values(), strict=True)))


def _letters(codes: Iterable[int]) -> list[str]:
    known = {code: code.to_bytes(2, "big").decode() for code in set(codes) - {0}}
    return [known.get(code, _NOBODY_KNOWS) for code in codes]


def _in_two_passes(rows: int) -> NDArray[np.int64]:
    """Places of rows in the order in which their key takes the least room.

    A page of an index that is full is cut into two halves. Rows in the order of their keys would
    leave each half behind as it is; so a little more than half of them go first, and the others
    fill what these left.
    """
    places = np.arange(rows)
    first = places % 19 < 10
    return np.concatenate((places[first], places[~first]))


def _copy(connection: Connection, user_id: int, rows: Arriving) -> None:
    """Send rows as the bytes that PostgreSQL takes, as each field is there and has its width."""
    table = np.empty(len(rows.told_at), _COPIED)
    table["fields"], table["user_id"] = len(_TYPES), user_id
    for name in _TYPES:
        table[f"{name} size"] = _COPIED[name].itemsize
    for name, column in rows.only(_in_two_passes(len(table)))._asdict().items():
        table[name] = np.where(column == 0, _ZZ, column) if name == "country" else column
    with (
        driver.cursor(connection) as cursor,
        cursor.copy(f"COPY arriving ({_COLUMNS}) FROM STDIN (FORMAT BINARY)") as copy,
    ):
        copy.write(_HEADER + table.tobytes() + _TRAILER)
