import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.surroundings.databases import Postgres, opened, postgres
from ttt.services.accounts import accounts
from ttt.services.context import open_context
from ttt.settings import load
from ttt.store import engine as store_engine
from ttt.store import migrate

__all__ = ["postgres"]


def names() -> list[str]:
    context = open_context(load())
    return [p.username for p in accounts.listed(context, accounts.operator(context))]


def test_an_upgrade_makes_a_new_database(run: Run, data_dir: Path) -> None:
    for path in data_dir.iterdir():
        path.unlink()
    result = run("db", "upgrade")
    assert (result.exit_code, result.stdout) == (0, "The database has all migrations.\n")
    assert names() == []


def test_postgresql_is_migrated_without_a_copy_only_when_told_to(
    run: Run, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with postgres.database(empty=True) as url, opened(url) as engine:
        monkeypatch.setenv("TTT_DATABASE_URL", url.replace("+psycopg", ""))
        migrate.upgrade(engine, "0001_the_main_job")
        for command in (("db", "upgrade"), ("users", "list")):
            refused = run(*command)
            assert refused.exit_code == 1
            assert "Nothing was migrated" in refused.stderr
            assert "--without-copy" in refused.stderr
        assert migrate.revision(engine) == "0001_the_main_job"
        assert run("db", "upgrade", "--without-copy").exit_code == 0
        assert migrate.revision(engine) == migrate.newest()
        store_engine.connect(load().database).dispose()


def test_a_copy_is_taken_and_put_back(run: Run, ada: str, tmp_path: Path, data_dir: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    result = run("db", "backup", str(copy))
    assert result.exit_code == 0
    assert str(copy) in result.stdout
    run("users", "add", "bob", "--password-stdin", input="correct horse battery")
    result = run("db", "restore", str(copy))
    assert result.exit_code == 0
    assert str(data_dir / "ttt.sqlite3.before-restore") in result.stdout
    assert names() == ["ada"]


def test_a_file_is_replaced_only_by_force(run: Run, ada: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    copy.write_text("precious")
    result = run("db", "backup", str(copy))
    assert result.exit_code == 1
    assert "--force" in result.stderr
    assert copy.read_text() == "precious"
    assert run("db", "backup", str(copy), "--force").exit_code == 0


def test_what_is_no_copy_is_refused(run: Run, ada: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    copy.write_text("no database")
    for file, said in {copy: "not a backup", tmp_path / "gone": "no such file"}.items():
        result = run("db", "restore", str(file))
        assert result.exit_code == 1
        assert said in result.stderr
    assert names() == ["ada"]


def test_postgresql_is_copied_by_its_own_tools(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TTT_DATABASE_URL", "postgresql://me@127.0.0.1:1/ttt")
    monkeypatch.setenv("PATH", "/nowhere")
    result = run("db", "backup", str(tmp_path / "x"))
    assert result.exit_code == 1
    assert "pg_dump is not installed" in result.stderr
    store_engine.connect(load().database).dispose()


def test_a_copy_is_verified(run: Run, ada: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    run("db", "backup", str(copy))
    result = run("db", "verify", str(copy), "--format", "json")
    assert result.exit_code == 0
    rows = {row["table"]: row["in_the_copy"] for row in json.loads(result.stdout)}
    assert rows["user_account"] == 1
    assert "is whole" in result.stderr
    copy.write_bytes(copy.read_bytes()[:20_000])
    assert run("db", "verify", str(copy)).exit_code == 1


def test_a_folder_keeps_the_newest_copies(run: Run, ada: str, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    result = run("db", "backup", str(folder))
    (copy,) = folder.iterdir()
    assert str(copy) in result.stdout
