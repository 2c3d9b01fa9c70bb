import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from typer import testing
from typer.main import get_command
from typer.testing import CliRunner, Result

from tests.services.conftest import hashes_made_once
from tests.surroundings.databases import migrated_sqlite, opened
from ttt.__main__ import app
from ttt.services.accounts import passwords

__all__ = ["migrated_sqlite"]

PASSWORD = "correct horse battery"
Run = Callable[..., Result]
_read_once = cache(get_command)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def run(data_dir: Path, migrated_sqlite: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs a command on a server of its own that has no accounts; `input` is standard input."""
    monkeypatch.setattr(passwords, "ROUNDS", 4)
    # Typer goes through all commands for each one that is run.
    monkeypatch.setattr(testing, "_get_command", _read_once)
    monkeypatch.setenv("TTT_DATA_DIR", str(data_dir))
    data_dir.mkdir()
    database = data_dir / "ttt.sqlite3"
    shutil.copy(migrated_sqlite, database)

    def invoke(*words: str, input: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, list(words), input=input)

    with opened(f"sqlite:///{database}"):
        yield invoke


@pytest.fixture
def ada(run: Run) -> str:
    """The name of an account."""
    with hashes_made_once():
        assert run("users", "add", "ada", "--password-stdin", input=PASSWORD).exit_code == 0
    return "ada"
