"""Membership in a list of any length, as one parameter of one statement."""

import json
from collections.abc import Iterable
from typing import Any

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
        members = func.json_each(json.dumps(wanted)).table_valued("value")
        condition = column.in_(select(members.c.value))
    return condition
