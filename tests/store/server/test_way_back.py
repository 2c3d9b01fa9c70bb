"""Databases of earlier versions, with rows in all their tables, are brought to the newest one."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, make_url, text

from tests.services.server.backups.conftest import TOOLS
from tests.surroundings.databases import Postgres, opened
from tests.surroundings.noting import Noting
from tests.surroundings.rows import ROWS, fill, fill_all, rows_of
from ttt.errors import InvalidInput
from ttt.store import engine as store_engine
from ttt.store import migrate
from ttt.store.server import programs, way_back

FIRST = "0001_the_main_job"
# Made anew by 0006: whoever was signed in before it signs in again.
SIGNED_IN = ("user_session", "sign_in_ticket", "sign_in_failure")


def released() -> list[str]:
    """Every migration but the newest, the oldest first."""
    scripts = ScriptDirectory.from_config(migrate._config()).walk_revisions()
    return [script.revision for script in scripts][:0:-1]


@pytest.mark.parametrize("revision", released())
def test_rows_of_every_version_survive_on_both_databases(empty_url: str, revision: str) -> None:
    with opened(empty_url) as engine:
        migrate.upgrade(engine, revision)
        before = fill_all(engine)
        migrate.upgrade(engine)
        assert migrate.revision(engine) == migrate.newest()
        after = rows_of(engine)
        lost = {name for name, count in before.items() if after.get(name, 0) < count}
        assert lost <= {"trending_entry", *SIGNED_IN}
        if "trending_entry" in lost:  # lists have names since then
            assert (after["track_list"], after["list_entry"]) == (1, 1)
        with engine.connect() as connection:
            names = connection.execute(text("SELECT id, username, name FROM user_account"))
            assert names.all() == [(7, "ada", "Ada")]
            titles = connection.execute(text("SELECT id, spotify_id, title FROM track"))
            assert titles.all() == [(5, "4uLU6hMCjMI75M1A2tKUQC", "Song")]
            ranks = connection.execute(
                text("SELECT user_id, snapshot_id, rank, track_id FROM top_entry")
            )
            assert ranks.all() == [(7, 1, 1, 5)]


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


@pytest.fixture
def old(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A PostgreSQL database of the first version with a row in it, and its client programs."""
    if not (TOOLS / "pg_dump").exists():
        pytest.skip("no pg_dump here")
    monkeypatch.setenv("PATH", f"{TOOLS}{os.pathsep}{os.environ['PATH']}")
    with postgres.database(empty=True) as url, opened(url) as engine:
        migrate.upgrade(engine, FIRST)
        fill(engine, "user_account", ROWS["user_account"])
        yield engine


def test_postgresql_is_copied_before_a_migration_too(old: Engine, tmp_path: Path) -> None:
    former = tmp_path / "ttt.before-0003_named_lists.dump"
    mine = tmp_path / "ttt.before-restore.dump"
    for file in (former, mine):
        file.touch()
    migrate.upgrade(old, copied=(old.url, tmp_path))
    copy = tmp_path / f"ttt.before-{migrate.newest()}.dump"
    assert sorted(tmp_path.iterdir()) == sorted([copy, mine])
    assert copy.stat().st_mode & 0o077 == 0
    told = programs.started("pg_restore", "--file=-", "--table=user_account", str(copy)).stdout
    assert "\tada\t" in told
    written = copy.stat().st_mtime_ns
    migrate.upgrade(old, copied=(old.url, tmp_path))
    assert copy.stat().st_mtime_ns == written


@pytest.mark.parametrize("how", ["no program", "an older one", "too large"])
def test_without_a_copy_a_start_migrates_nothing_and_says_what_to_do(
    old: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    if how == "too large":
        monkeypatch.setattr(way_back, "MOST", 1)
    else:
        monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    if how == "an older one":
        program = tmp_path / "bin" / "pg_dump"
        program.parent.mkdir()
        program.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.2'\n")
        program.chmod(0o755)
    with pytest.raises(InvalidInput, match=r"Nothing was migrated.* db upgrade"):
        migrate.upgrade(old, copied=(old.url, tmp_path))
    assert migrate.revision(old) == FIRST
    assert list(tmp_path.glob("*.dump*")) == []


def test_whoever_waits_gets_a_copy_of_a_large_database(
    old: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(way_back, "MOST", 1)
    migrate.upgrade(old, copied=(old.url, tmp_path), patiently=True)
    assert [copy.suffix for copy in copies(tmp_path)] == [".dump"]
    assert migrate.revision(old) == migrate.newest()


@pytest.mark.parametrize("how", ["no room", "a failure", "too slow"])
def test_a_copy_that_fails_keeps_the_database_as_it_is(
    old: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    url = old.url
    if how == "no room":
        monkeypatch.setattr(way_back.shutil, "disk_usage", lambda _: SimpleNamespace(free=1))
    if how == "a failure":
        url = url.set(database="not there")
    if how == "too slow":
        monkeypatch.setattr(way_back, "_SECONDS", 0.0)
    with pytest.raises(InvalidInput, match=r"Make room|not there|after 0 seconds"):
        migrate.upgrade(old, copied=(url, tmp_path))
    assert migrate.revision(old) == FIRST
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("server", "program", "said"),
    [
        ("160004", "pg_dump (PostgreSQL) 16.1 (Debian 16.1-1)", ""),
        ("150013", "pg_dump (PostgreSQL) 16.1", ""),
        ("170000", "pg_dump (PostgreSQL) 16.9", "older than the server, which is PostgreSQL 17"),
        ("160004", "pg_dump: what?", "older than the server, which is PostgreSQL 16"),
        ("160004", "", "older than the server"),
        ("160004", None, "pg_dump is not installed"),
    ],
)
def test_a_database_is_copied_by_a_program_of_its_version_or_a_newer_one(
    server: str, program: str | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "is_there", lambda _name: program is not None)
    monkeypatch.setattr(programs, "started", lambda *_words: SimpleNamespace(stdout=program))
    there: Any = Noting(server)
    with pytest.raises(InvalidInput, match=said) if said else nullcontext():
        way_back._require_program(there)


@pytest.mark.parametrize(("free", "fits"), [(4 << 20, True), ((4 << 20) - 1, False)])
def test_a_copy_needs_as_much_room_as_the_database(
    free: int, fits: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(way_back.shutil, "disk_usage", lambda _place: SimpleNamespace(free=free))
    there: Any = Noting(4 << 20)
    with nullcontext() if fits else pytest.raises(InvalidInput, match=r"no room for it \(4 MB\)"):
        way_back._require_room(there, tmp_path, None)


def test_sqlite_is_not_dumped(tmp_path: Path) -> None:
    with create_engine("sqlite://").connect() as connection:
        url = make_url("sqlite://")
        assert way_back.dump(connection, url, tmp_path, "0001", "0002") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("more", "patiently", "waits"),
    [(0, False, [600]), (1, False, []), (1, True, [None]), (0, None, [600]), (1, None, [])],
)
def test_a_start_waits_ten_minutes_for_the_copy_of_a_database_up_to_a_size(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    more: int,
    patiently: bool | None,
    waits: list[float | None],
) -> None:
    waited: list[float | None] = []
    monkeypatch.setattr(way_back, "_require_program", lambda _connection: None)
    monkeypatch.setattr(way_back, "_bytes", lambda _connection: way_back.MOST + more)
    monkeypatch.setattr(programs, "run", lambda *_words, **more: waited.append(more["seconds"]))
    monkeypatch.setattr(way_back.shutil, "disk_usage", lambda _place: SimpleNamespace(free=1 << 60))
    there: Any = SimpleNamespace(dialect=SimpleNamespace(name="postgresql"))
    url = make_url("postgresql+psycopg://db/ttt")
    refused = pytest.raises(InvalidInput, match="too many for a start to wait for")
    how = {} if patiently is None else {"patiently": patiently}
    with nullcontext() if waits else refused:
        assert way_back.dump(there, url, tmp_path, "0001", "0002", **how)
    assert waited == waits
