"""Databases of earlier versions, with rows in all their tables, are brought to the newest one."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from tests.databases import opened
from ttt.store import engine as store_engine
from ttt.store import migrate
from ttt.store.server import way_back

FIRST = "0001_the_main_job"
NOW = "2026-11-22 12:00:00.000000"
# Real rows, as the first version wrote them.
ROWS = {
    "user_account": {"id": 7, "username": "ada", "name": "Ada", "password_hash": "$2b$12$x"},
    "track": {"id": 5, "spotify_id": "4uLU6hMCjMI75M1A2tKUQC", "title": "Song"},
}


def released() -> list[str]:
    """Every migration but the newest, the oldest first."""
    scripts = ScriptDirectory.from_config(migrate._config()).walk_revisions()
    return [script.revision for script in scripts][:0:-1]


def fill(engine: Engine, table: str, values: dict[str, object]) -> None:
    """Add a row; what it does not name gets something of its type."""
    row = dict(values)
    for column in inspect(engine).get_columns(table):
        if column["name"] in row or column["nullable"] or column["default"] is not None:
            continue
        kind = str(column["type"]).upper()
        row[column["name"]] = (
            NOW if "DATE" in kind or "TIME" in kind else 0 if "INT" in kind else False
        )
        if "CHAR" in kind or "TEXT" in kind:
            row[column["name"]] = "x"
        if "JSON" in kind:
            row[column["name"]] = "[]"
    names = ", ".join(row)
    with engine.begin() as connection:
        given = ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({given})"), row)


@pytest.mark.parametrize("revision", released())
def test_rows_of_every_version_survive_on_both_databases(empty_url: str, revision: str) -> None:
    with opened(empty_url) as engine:
        migrate.upgrade(engine, revision)
        for table, values in ROWS.items():
            fill(engine, table, values)
        migrate.upgrade(engine)
        assert migrate.revision(engine) == migrate.newest()
        with engine.connect() as connection:
            names = connection.execute(text("SELECT id, username, name FROM user_account"))
            assert names.all() == [(7, "ada", "Ada")]
            titles = connection.execute(text("SELECT id, spotify_id, title FROM track"))
            assert titles.all() == [(5, "4uLU6hMCjMI75M1A2tKUQC", "Song")]


def copies(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.before-*"))


def test_a_copy_from_before_a_migration_is_the_way_back(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ttt.sqlite3'}"
    with opened(url) as engine:
        migrate.upgrade(engine, FIRST)
        assert copies(tmp_path) == []
        fill(engine, "user_account", ROWS["user_account"])
        migrate.upgrade(engine)
        (copy,) = copies(tmp_path)
        migrate.upgrade(engine)
        assert copies(tmp_path) == [copy]
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (FIRST,)
        assert connection.execute("SELECT name FROM user_account").fetchall() == [("Ada",)]


def test_only_the_newest_way_back_is_kept(tmp_path: Path) -> None:
    former = tmp_path / "ttt.sqlite3.before-0003_named_lists"
    mine = tmp_path / "ttt.sqlite3.before-restore"
    for file in (former, mine):
        file.touch()
    with opened(f"sqlite:///{tmp_path / 'ttt.sqlite3'}") as engine:
        migrate.upgrade(engine, FIRST)
        migrate.upgrade(engine)
    assert not former.exists()
    assert mine.exists()
    assert len(copies(tmp_path)) == 2


def test_what_cannot_be_copied_is_not_migrated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    engine = store_engine.make(f"sqlite:///{tmp_path / 'ttt.sqlite3'}")
    migrate.upgrade(engine, FIRST)
    monkeypatch.setattr(way_back, "keep", full)
    with pytest.raises(OSError, match="No space"):
        migrate.upgrade(engine)
    assert migrate.revision(engine) == FIRST
    engine.dispose()
