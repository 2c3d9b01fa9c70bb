"""Copies are compared by the rows of each table, of which there may be none."""

from typing import Any

import pytest
from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ProgrammingError
from sqlmodel import Session

from tests.surroundings.noting import Noting
from ttt.models import User
from ttt.store.server import copies


def test_rows_are_counted_table_by_table(engine: Engine, session: Session, ada: int) -> None:
    found = copies.counts(engine)
    assert (found["user_account"], found["play"]) == (1, 0)
    assert found.keys() == set(User.metadata.tables)
    assert copies.missing(engine) == set()


def test_postgresql_is_emptied_of_jobs_and_tables_and_takes_tables_again() -> None:
    engine: Any = Noting()
    copies.empty(engine)
    assert [words for words in engine.told if "SCHEMA" in words] == [
        "DROP SCHEMA IF EXISTS dbos CASCADE",
        "DROP SCHEMA IF EXISTS public CASCADE",
        "CREATE SCHEMA public",
    ]


class Administered(Noting):
    """PostgreSQL where databases may be made, or not."""

    url = make_url("postgresql+psycopg://me@db/ttt")

    def __init__(self, *, may: bool) -> None:
        super().__init__(42)
        self.may = may

    def exec_driver_sql(self, statement: str) -> "Administered":
        super().exec_driver_sql(statement)
        if statement.startswith("CREATE") and not self.may:
            raise ProgrammingError(statement, None, Exception("permission denied"))
        return self


def test_a_scratch_database_is_its_makers_alone_and_dropped_in_any_case() -> None:
    engine: Any = Administered(may=True)

    def use(url: URL | None) -> None:
        assert url == Administered.url.set(database="ttt_verify_42")
        assert engine.told[-1] == "CREATE DATABASE ttt_verify_42 TEMPLATE template0"
        raise LookupError

    with pytest.raises(LookupError), copies.scratch(engine) as url:
        use(url)
    assert engine.told[-1] == "DROP DATABASE IF EXISTS ttt_verify_42 WITH (FORCE)"


def test_where_none_may_be_made_there_is_no_scratch_database() -> None:
    engine: Any = Administered(may=False)
    with copies.scratch(engine) as url:
        assert url is None
    assert not any(words.startswith("DROP") for words in engine.told)
