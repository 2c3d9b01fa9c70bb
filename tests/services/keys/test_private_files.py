from pathlib import Path

import pytest

from ttt.errors import SettingsError
from ttt.services.context import open_context
from ttt.services.keys import private_files
from ttt.services.keys.vault import new_secret
from ttt.settings import Settings

FILES = [
    "secret.key",
    *("ttt.sqlite3", "ttt.sqlite3-wal", "ttt.sqlite3-shm"),
    *("jobs.sqlite3", "jobs.sqlite3-wal", "jobs.sqlite3-shm"),
]


@pytest.fixture
def folder(settings: Settings) -> Path:
    settings.data_dir.mkdir()
    return settings.data_dir


def make(path: Path, mode: int) -> Path:
    path.write_text(new_secret())
    path.chmod(mode)
    return path


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_what_others_can_read_is_refused_with_the_command_to_run(
    settings: Settings, folder: Path, name: str, mode: int
) -> None:
    path = make(folder / name, mode)
    with pytest.raises(SettingsError, match=f"chmod 600 {path}"):
        open_context(settings)


def test_all_files_are_named_at_once(settings: Settings, folder: Path) -> None:
    paths = [make(folder / name, 0o644) for name in FILES]
    with pytest.raises(SettingsError) as refusal:
        open_context(settings)
    assert private_files.todo(paths) in str(refusal.value)


def test_ones_own_files_are_no_trouble(settings: Settings, folder: Path) -> None:
    for name in FILES:
        make(folder / name, 0o600)
    make(folder / "notes.txt", 0o644)
    assert private_files.exposed(settings) == []
    open_context(settings)


def test_files_that_are_not_used_do_not_matter(settings: Settings, folder: Path) -> None:
    make(folder / "secret.key", 0o644)
    make(folder / "ttt.sqlite3", 0o644)
    elsewhere = Settings(
        data_dir=folder, secret_key=new_secret(), database_url="postgresql://me@127.0.0.1/ttt"
    )
    assert private_files.exposed(elsewhere) == []


def test_a_database_elsewhere_is_looked_at_too(settings: Settings, tmp_path: Path) -> None:
    path = make(tmp_path / "my music.sqlite3", 0o644)
    elsewhere = settings.model_copy(update={"database_url": f"sqlite:///{path}"})
    assert private_files.exposed(elsewhere) == [path]
    assert private_files.todo([path]) == f"chmod 600 '{path}'"


def test_a_file_system_that_keeps_no_modes_does_not_keep_the_app_from_starting(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(folder / "secret.key", 0o600)
    monkeypatch.setattr(private_files, "_open_to_others", lambda _path: True)
    assert private_files.exposed(settings) == []
    open_context(settings)


def test_the_doctor_looks_at_what_would_not_start(settings: Settings, folder: Path) -> None:
    make(folder / "secret.key", 0o644)
    assert open_context(settings, careful=False).settings == settings
