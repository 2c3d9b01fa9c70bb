import os
from pathlib import Path

import pytest

from tests.surroundings.databases import opened
from ttt.errors import SettingsError
from ttt.models import AuditEvent
from ttt.services.context import Context, open_context, prepare
from ttt.services.keys.vault import new_secret
from ttt.settings import Settings
from ttt.store import engine, migrate


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
        (tmp_path / "folder").mkdir()
    finally:
        os.umask(before)
    modes = [(tmp_path / name).stat().st_mode & 0o777 for name in ("made", "folder")]
    assert modes == [0o600, 0o700]


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


@pytest.mark.parametrize(
    ("more", "copied", "patiently"),
    [
        ({}, True, False),
        ({"copied": False}, False, False),
        ({"patiently": True}, True, True),
    ],
)
def test_a_database_is_copied_before_it_changes_unless_that_is_not_wanted(
    context: Context,
    more: dict[str, bool],
    copied: bool,
    patiently: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(
        migrate,
        "upgrade",
        lambda engine, *, copied, patiently: asked.append((engine, copied, patiently)),
    )
    prepare(context, **more)
    where = (context.engine.url, context.settings.data_dir)
    assert asked == [(context.engine, where if copied else None, patiently)]


def test_others_may_not_read_the_key_unless_nobody_cares(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with opened(settings.database):
        open_context(settings)
        (tmp_path / "secret.key").chmod(0o644)
        with pytest.raises(SettingsError):
            open_context(settings)
        open_context(settings, careful=False)


@pytest.mark.parametrize("direct", ["", "postgresql+psycopg://127.0.0.1:5432/ttt"])
def test_what_belongs_to_a_connection_passes_by_a_pooler(
    direct: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = "postgresql+psycopg://127.0.0.1:6432/ttt"
    settings = Settings(
        data_dir=tmp_path,
        database_url=url,
        database_direct_url=direct,
        database_timeout=7,
    )

    def connect(url: str, timeout: float, *, pooled: bool = False) -> tuple[str, float, bool]:
        return url, timeout, pooled

    monkeypatch.setattr(engine, "connect", connect)
    context = open_context(settings)
    assert context.engine == (url, 7, bool(direct))
    assert context.direct == ((direct, 7, False) if direct else context.engine)
