import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from tests.databases import opened
from ttt.errors import SettingsError
from ttt.models import User
from ttt.store import migrate

PROJECT = Path(__file__).resolve().parents[2]
UPGRADE = """
import sys
from ttt.store import engine, migrate
migrate.upgrade(engine.connect(sys.argv[1]))
"""


def test_an_empty_database_has_no_revision(empty_url: str) -> None:
    with opened(empty_url) as engine:
        assert migrate.revision(engine) is None


def test_upgrading_brings_the_newest_revision_and_is_repeatable(empty_url: str) -> None:
    with opened(empty_url) as engine:
        for _ in range(2):
            migrate.upgrade(engine)
            assert migrate.revision(engine) == migrate.newest()


def test_the_migrations_make_what_the_models_say(engine: Engine) -> None:
    with engine.connect() as connection:
        opts = {"compare_type": True, "include_name": migrate.is_whole}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, User.metadata) == []


def test_every_revision_has_a_number_and_a_readable_name() -> None:
    versions = PROJECT / "ttt" / "store" / "migrations" / "versions"
    names = sorted(path.stem for path in versions.glob("*.py"))
    assert names
    for number, name in enumerate(names, start=1):
        assert name.startswith(f"{number:04}_")
        assert migrate.knows(name)


@pytest.mark.slow
def test_processes_that_start_together_take_turns(empty_url: str) -> None:
    command = [sys.executable, "-c", UPGRADE, empty_url]
    started = [
        subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    errors = [process.communicate(timeout=60)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0], errors
    with opened(empty_url) as engine:
        assert migrate.revision(engine) == migrate.newest()


def test_a_failed_migration_leaves_nothing(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(config: object, revision: str) -> None:
        connection = config.attributes["connection"]  # type: ignore[attr-defined]
        connection.execute(text("CREATE TABLE half_done (id INTEGER)"))
        raise RuntimeError

    monkeypatch.setattr(migrate.command, "upgrade", fail)
    with opened(empty_url) as engine:
        with pytest.raises(RuntimeError):
            migrate.upgrade(engine)
        assert inspect(engine).get_table_names() == []


def test_a_database_of_a_newer_version_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999_the_future'"))
    with pytest.raises(SettingsError, match="newer version"):
        migrate.upgrade(engine)
    assert migrate.revision(engine) == "9999_the_future"


def test_tables_that_are_made_anew_keep_what_refers_to_them(empty_url: str) -> None:
    with opened(empty_url) as engine:
        migrate.upgrade(engine, "0006_ways_into_an_account")
        with engine.begin() as connection:
            for statement in (
                """INSERT INTO user_account
                (id, username, name, email, password_hash, role, created_at, revision)
                VALUES (1, 'ada', 'Ada', '', '', 'member', '2026-01-01', 1)""",
                "INSERT INTO track (id, spotify_id, title) VALUES (7, 'seven', 'Seven')",
                "INSERT INTO personal_value VALUES (1, 7, 'energy', 'hand', '2026-01-01', 0.5)",
            ):
                connection.execute(text(statement))
        migrate.upgrade(engine)
        with engine.connect() as connection:
            kept = connection.execute(text("SELECT track_id, value FROM personal_value")).all()
            titles = connection.execute(text("SELECT id, title FROM track")).all()
    assert (kept, titles) == ([(7, 0.5)], [(7, "Seven")])


def test_foreign_keys_are_kept_after_a_migration(empty_url: str) -> None:
    with opened(empty_url) as engine:
        migrate.upgrade(engine)
        with engine.begin() as connection, pytest.raises(DBAPIError):
            connection.execute(text("INSERT INTO submit_token VALUES (1, 99, 'x', 'x', 'x', NULL)"))
