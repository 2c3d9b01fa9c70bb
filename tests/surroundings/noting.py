"""PostgreSQL as far as it notes what it is told, for what the app says to no other database."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, Self

from sqlalchemy import Engine, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql import ClauseElement


class Noting:
    """Engine, connection and answer in one; `told` is what it heard, `answers` what it says."""

    dialect = SimpleNamespace(name="postgresql")

    def __init__(self, *answers: Any) -> None:
        self.told, self.answers = list[str](), list(answers)
        self.patience: float | None = 32.0
        self.info = SimpleNamespace(transaction_status=SimpleNamespace(name="INTRANS"))
        self.connection = self.dbapi_connection = self

    @contextmanager
    def connect(self) -> Iterator[Self]:
        yield self

    begin = connect

    def execution_options(self, **_: str) -> Self:
        return self

    def execute(self, statement: ClauseElement, *_: object) -> Self:
        return self.exec_driver_sql(written(statement))

    def exec_driver_sql(self, statement: str) -> Self:
        self.told.append(statement)
        return self

    def scalar(self, statement: ClauseElement) -> Any:
        return self.execute(statement).scalar_one()

    def scalar_one(self) -> Any:
        return self.answers.pop(0)


def written(statement: ClauseElement) -> str:
    """A statement as PostgreSQL reads it, with its values."""
    compiled = statement.compile(dialect=postgresql.dialect())
    return str(compiled) % {name: repr(value) for name, value in compiled.params.items()}


def locks_of(engine: Engine) -> list[str]:
    """How each statement from now on locks the rows that it finds, "" where it does not.

    SQLite, which locks the whole file, is told the same statements, but for these words.
    """
    found: list[str] = []

    def note(_connection: object, statement: Any, *_: object) -> None:
        words = str(statement.compile(dialect=postgresql.dialect()))
        found.append("FOR " + words.rpartition("FOR ")[2] if "FOR " in words else "")

    event.listen(engine, "before_execute", note)
    return found
