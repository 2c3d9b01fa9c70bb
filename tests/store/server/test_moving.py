"""Rows move all or none; PostgreSQL then goes on counting where those that came end."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from tests.store.conftest import add_account
from tests.surroundings.databases import opened
from tests.surroundings.noting import Noting
from ttt.models import TopEntry, User
from ttt.store.server import moving

ACCOUNTS: Any = User.__table__  # type: ignore[attr-defined]  # SQLModel does not type it
RANKS: Any = TopEntry.__table__  # type: ignore[attr-defined]  # SQLModel does not type it
COUNTER = "public.user_account_id_seq"


def names(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return list(session.scalars(select(ACCOUNTS.c.username).order_by(ACCOUNTS.c.id)))


@pytest.fixture
def pair(migrated_sqlite: Path, tmp_path: Path) -> Iterator[tuple[Engine, Engine]]:
    """A database with Ada and Bob, and one with Eve."""
    with ExitStack() as stack:
        engines = []
        for name, people in (("source", ("ada", "bob")), ("target", ("eve",))):
            file = shutil.copy(migrated_sqlite, tmp_path / name)
            engines.append(stack.enter_context(opened(f"sqlite:///{file}")))
            with Session(engines[-1]) as session:
                for one in people:
                    add_account(session, one)
        yield engines[0], engines[1]


def test_rows_take_the_place_of_those_that_were_there(pair: tuple[Engine, Engine]) -> None:
    source, target = pair
    moving.move(source, target)
    assert names(target) == names(source) == ["ada", "bob"]


def test_where_one_row_cannot_be_none_moves(pair: tuple[Engine, Engine]) -> None:
    source, target = pair
    with target.begin() as connection:
        connection.execute(text("CREATE UNIQUE INDEX one ON user_account (password_hash)"))
    with pytest.raises(IntegrityError):
        moving.move(source, target)
    assert names(target) == ["eve"]


@pytest.mark.parametrize(
    ("last", "counter", "set_to"),
    [
        (7, COUNTER, [f"SELECT setval('{COUNTER}'::VARCHAR, 7::INTEGER) AS setval_1"]),
        (None, COUNTER, []),
        (7, None, []),
    ],
)
def test_the_next_number_comes_after_the_last_row(
    last: int | None, counter: str | None, set_to: list[str]
) -> None:
    new: Any = Noting(last, counter)
    moving._count_on(ACCOUNTS, new)
    assert new.told[2:] == set_to


def test_what_has_no_counter_is_asked_for_none() -> None:
    new: Any = Noting()
    moving._count_on(RANKS, new)
    assert new.told == []
