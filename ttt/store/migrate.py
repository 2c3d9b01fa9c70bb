"""Brings the database to the newest revision with Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from ttt.errors import SettingsError

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7423901


def upgrade(engine: Engine) -> None:
    """Run the missing migrations in one transaction; processes that start together take turns.

    SettingsError when a newer version of the app has used the database.
    """
    config = _config()
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        now_at = MigrationContext.configure(connection).get_current_revision()
        if now_at is not None and not knows(now_at):
            raise SettingsError(
                f"TTT_DATABASE_URL leads to a database of a newer version ({now_at})"
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def revision(engine: Engine) -> str | None:
    """Revision that the database is at, None when it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """Revision that this version of the app needs."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def knows(revision: str) -> bool:
    """Whether this version of the app has the revision, so that it can migrate from it."""
    known = ScriptDirectory.from_config(_config()).walk_revisions()
    return any(script.revision == revision for script in known)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
