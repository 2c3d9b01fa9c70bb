"""All rows of one database into another of any kind."""

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select

from ttt.models import User
from ttt.store import engine as engines

_AT_ONCE = 5_000


def move(source: Engine, target: Engine) -> None:
    """Put a copy of all rows in the place of those of a database of the same revision.

    All of them or, where one cannot be, none.
    """
    tables = User.metadata.sorted_tables
    with source.connect() as old, target.begin() as new, engines.endless(new):
        for table in reversed(tables):
            new.execute(delete(table))
        for table in tables:
            _copy(table, old, new)
            _count_on(table, new)


def _copy(table: Table, old: Connection, new: Connection) -> None:
    found = old.execution_options(yield_per=_AT_ONCE).execute(select(table))
    for rows in found.mappings().partitions():
        new.execute(insert(table), [dict(row) for row in rows])


def _count_on(table: Table, new: Connection) -> None:
    """Let the next number of PostgreSQL's come after the last one that is there."""
    column = table.autoincrement_column
    if column is None or new.dialect.name != "postgresql":
        return
    last = new.scalar(select(func.max(column)))
    counter = new.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
    if last is not None and counter is not None:
        new.execute(select(func.setval(counter, last)))
