"""INSERT ... ON CONFLICT for SQLite and PostgreSQL."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

Update = Callable[[Table, Any], Mapping[str, ColumnElement[Any]]]


def upsert(
    session: Session,
    model: type[SQLModel],
    rows: Sequence[Mapping[str, Any]],
    keys: Sequence[str],
    update: Update | None = None,
    *,
    as_given: bool = False,
) -> None:
    """Insert rows of equal shape; where `keys` exist already, set what `update` says, or nothing.

    `update` gets the table and the row that was refused (SQL's "excluded"). Rows are inserted in
    the order of their keys, or two processes that save the same rows could deadlock; `as_given`
    keeps the given order, for rows that only one process at a time writes.
    """
    if not rows:
        return
    table: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel does not type it
    statement = _insert(session, table)
    if update is None:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    else:
        statement = statement.on_conflict_do_update(
            index_elements=keys, set_=dict(update(table, statement.excluded))
        )
    ordered = rows if as_given else sorted(rows, key=lambda row: tuple(row[key] for key in keys))
    session.connection().execute(statement, [dict(row) for row in ordered])


def insert_from(
    session: Session, model: type[SQLModel], columns: Sequence[str], rows: Select[Any]
) -> int:
    """Insert what a query finds; rows that exist already stay as they are. Return how many."""
    table: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel does not type it
    statement = _insert(session, table).from_select(list(columns), rows)
    counted = statement.on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    return session.connection().execute(counted).rowcount


def _insert(session: Session, table: Table) -> Any:
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    return postgresql.insert(table) if on_postgresql else sqlite.insert(table)


def replace_all(*columns: str) -> Update:
    """An update that takes the new row's value of each column."""
    return lambda _table, new: {column: new[column] for column in columns}
