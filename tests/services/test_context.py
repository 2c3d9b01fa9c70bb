import os
from pathlib import Path

import pytest

from tests.surroundings.databases import opened
from ttt.errors import SettingsError
from ttt.models import AuditEvent
from ttt.services.context import Context, open_context, prepare
from ttt.services.keys.vault import new_secret
from ttt.settings import Settings
from ttt.store import migrate


def test_a_fresh_folder_gets_all_that_is_needed(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new" / "data")
    context = open_context(settings)
    with opened(settings.database):
        prepare(context)
        assert migrate.revision(context.engine) == migrate.newest()
    assert (settings.data_dir / "secret.key").exists()


def test_a_key_from_the_settings_does_not_spare_the_folder(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data", secret_key=new_secret())
    with opened(settings.database):
        prepare(open_context(settings))
    assert (settings.data_dir / "ttt.sqlite3").exists()


def test_files_that_are_made_from_then_on_are_this_users_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        open_context(Settings(data_dir=tmp_path / "data"))
        (tmp_path / "made").touch()
    finally:
        os.umask(before)
    assert (tmp_path / "made").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match="TTT_DATA_DIR"):
        open_context(Settings(data_dir=tmp_path / "file" / "data"))


def test_what_is_not_committed_is_rolled_back(context: Context) -> None:
    with context.session() as session:
        session.add(AuditEvent(at=context.now(), actor="ada", action="x"))
        session.flush()
    with context.session() as session:
        assert session.get(AuditEvent, 1) is None
