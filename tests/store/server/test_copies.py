"""Copies are compared by the rows of each table, of which there may be none."""

from sqlalchemy import Engine
from sqlmodel import Session

from ttt.models import User
from ttt.store.server import copies


def test_rows_are_counted_table_by_table(engine: Engine, session: Session, ada: int) -> None:
    found = copies.counts(engine)
    assert (found["user_account"], found["play"]) == (1, 0)
    assert found.keys() == set(User.metadata.tables)
    assert copies.missing(engine) == set()
