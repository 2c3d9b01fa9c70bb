"""Membership in a list of any length, as one parameter of one statement."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, any_, func, literal, select
from sqlalchemy.dialects import postgresql
from sqlmodel import Session


def is_among(session: Session, column: Any, values: Iterable[int | str]) -> ColumnElement[bool]:
    """Condition that a column holds one of the values.

    IN (...) takes a parameter for each: 32,766 at most on SQLite, 65,535 on PostgreSQL.
    """
    wanted = list(values)
    condition: ColumnElement[bool]
    if session.get_bind().dialect.name == "postgresql":
        condition = column == any_(literal(wanted, postgresql.ARRAY(column.type)))
    else:
        members = func.json_each(as_json(wanted)).table_valued("value")
        condition = column.in_(select(members.c.value))
    return condition


def as_json(values: Sequence[Any]) -> str:
    """Values as the one parameter that a statement takes apart again."""
    return msgspec.json.encode(values).decode()
