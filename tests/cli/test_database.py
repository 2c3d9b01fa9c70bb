from pathlib import Path

import pytest

from tests.cli.conftest import Run
from ttt.services.accounts import accounts
from ttt.services.context import open_context
from ttt.settings import load
from ttt.store import engine as store_engine


def names() -> list[str]:
    context = open_context(load())
    return [p.username for p in accounts.listed(context, accounts.operator(context))]


def test_an_upgrade_makes_a_new_database(run: Run, data_dir: Path) -> None:
    for path in data_dir.iterdir():
        path.unlink()
    result = run("db", "upgrade")
    assert (result.exit_code, result.stdout) == (0, "The database has all migrations.\n")
    assert names() == []


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


def test_postgresql_has_tools_of_its_own(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "postgresql://me@127.0.0.1:1/ttt"
    monkeypatch.setenv("TTT_DATABASE_URL", url)
    for command in ("backup", "restore"):
        result = run("db", command, str(tmp_path / "x"))
        assert result.exit_code == 1
        assert "pg_dump" in result.stderr
    store_engine.connect(load().database).dispose()
