"""A copy of SQLite's is put in the place of what PostgreSQL holds, whatever it holds."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlmodel import SQLModel

from tests.services.conftest import add_person
from tests.services.server.backups.conftest import TOOLS
from tests.surroundings.rows import fill_all
from ttt.errors import InvalidInput
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.lists import entries
from ttt.services.server.backups.backups import backup, restore
from ttt.services.server.backups.verifying import verify
from ttt.store.server import moving

pytestmark = pytest.mark.skipif(not (TOOLS / "pg_dump").exists(), reason="no pg_dump here")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy.sqlite3"


def rows(engine: Engine) -> dict[str, list[Any]]:
    with engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in SQLModel.metadata.sorted_tables
        }


def names(context: Context) -> list[str]:
    return [p.username for p in accounts.listed(context, accounts.operator(context))]


def test_every_row_of_every_table_moves_as_it_is(
    context: Context, on_postgresql: Context, copy: Path
) -> None:
    fill_all(context.engine)
    backup(context, copy)
    add_person(on_postgresql, "bob")
    on_postgresql.engine.dispose()
    kept = restore(on_postgresql, copy)
    there = rows(context.engine)
    assert rows(on_postgresql.engine) == there
    assert min(map(len, there.values())) == 1
    on_postgresql.engine.dispose()
    assert kept is not None
    restore(on_postgresql, kept)
    assert names(on_postgresql) == ["bob"]


def test_numbers_go_on_behind_those_that_moved(
    context: Context, on_postgresql: Context, copy: Path
) -> None:
    ada = add_person(context, "ada")
    entries.add_uris(context, ada, ["spotify:track:4uLU6hMCjMI75M1A2tKUQC"])
    backup(context, copy)
    restore(on_postgresql, copy)
    bob = add_person(on_postgresql, "bob")
    assert bob.id > ada.id
    entries.add_uris(on_postgresql, bob, ["spotify:track:4uLU6hMCjMI75M1A2tKUQD"])
    entries.add_uris(on_postgresql, ada, ["spotify:track:4uLU6hMCjMI75M1A2tKUQD"])
    assert names(on_postgresql) == ["ada", "bob"]


def test_a_row_that_does_not_fit_is_said_and_leaves_all_as_it_was(
    context: Context, on_postgresql: Context, copy: Path
) -> None:
    add_person(context, "ada")
    with context.engine.begin() as connection:
        connection.execute(text("UPDATE user_account SET name = :name"), {"name": "x" * 9_000})
    backup(context, copy)
    add_person(on_postgresql, "bob")
    on_postgresql.engine.dispose()
    with pytest.raises(InvalidInput, match="does not fit into PostgreSQL: value too long"):
        restore(on_postgresql, copy)
    assert names(on_postgresql) == ["bob"]
    assert not list(on_postgresql.settings.data_dir.glob("*.dump"))


def test_whoever_stops_it_finds_all_as_it_was(
    context: Context, on_postgresql: Context, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(moving, "move", stopped)
    backup(context, copy)
    add_person(on_postgresql, "bob")
    on_postgresql.engine.dispose()
    with pytest.raises(KeyboardInterrupt):
        restore(on_postgresql, copy)
    assert names(on_postgresql) == ["bob"]


def test_a_copy_of_sqlites_is_verified_beside_postgresql(
    context: Context, on_postgresql: Context, copy: Path
) -> None:
    add_person(context, "ada")
    backup(context, copy)
    assert verify(on_postgresql, copy).rows["user_account"] == (1, 0)


def test_more_rows_move_than_are_held_at_once(
    context: Context, on_postgresql: Context, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "_AT_ONCE", 2)
    ada = add_person(context, "ada")
    uris = [f"spotify:track:4uLU6hMCjMI75M1A2tKUQ{letter}" for letter in "ABCDE"]
    entries.add_uris(context, ada, uris)
    backup(context, copy)
    restore(on_postgresql, copy)
    assert rows(on_postgresql.engine) == rows(context.engine)
