import stat
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.cli.conftest import PASSWORD, Run

URI = "spotify:track:4h9wh7iOZ0GGn8QVp4RAOB"


@pytest.fixture
def file(run: Run, ada: str, tmp_path: Path) -> Path:
    """The data of somebody who saved a track."""
    run("tracks", "add", "--user", ada, URI)
    path = tmp_path / "ada.zip"
    result = run("users", "data", ada, "--output", str(path))
    assert result.exit_code == 0
    assert str(path) in result.stdout
    return path


def test_the_file_is_its_owners_alone(file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with ZipFile(file) as archive:
        assert {"README.txt", "manifest.json", "lists.json"} <= set(archive.namelist())


def test_a_file_that_is_there_is_not_replaced(run: Run, ada: str, file: Path) -> None:
    before = file.read_bytes()
    result = run("users", "data", ada, "--output", str(file))
    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert file.read_bytes() == before


def test_a_file_is_added_to_an_account(run: Run, file: Path) -> None:
    assert run("users", "add", "mia", "--password-stdin", input=PASSWORD).exit_code == 0
    result = run("users", "upload-data", "mia", str(file))
    assert result.exit_code == 0
    assert "Tracks on lists: 1 added, 0 already there." in result.stdout
    assert URI in run("tracks", "list", "--user", "mia", "--format", "csv").stdout
    again = run("users", "upload-data", "mia", str(file))
    assert "Tracks on lists: 0 added, 1 already there." in again.stdout


def test_what_is_refused_is_refused_in_one_line(run: Run, ada: str, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"nonsense")
    result = run("users", "upload-data", ada, str(tmp_path / "x.zip"))
    assert result.exit_code == 1
    assert result.stderr == "This is no zip file, or it is damaged.\n"
    result = run("users", "upload-data", "nobody", str(tmp_path / "x.zip"))
    assert result.exit_code == 1
    assert "account" in result.stderr
