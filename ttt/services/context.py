"""What every service needs: settings, database, vault and clock."""

import os
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session

from ttt.errors import SettingsError
from ttt.providers.clock import Clock, utc_now
from ttt.services.keys import private_files
from ttt.services.keys.vault import Vault, open_vault
from ttt.settings import Settings
from ttt.store import engine, migrate


@dataclass(frozen=True)
class Context:
    """Dependencies of the services; tests put a clock of their own in."""

    settings: Settings
    engine: Engine
    vault: Vault
    now: Clock = utc_now

    @property
    def direct(self) -> Engine:
        """The engine for what belongs to a connection, such as locks: no pooler is in between."""
        url = self.settings.database_direct_url
        return engine.connect(url, self.settings.database_timeout) if url else self.engine

    def session(self) -> Session:
        """A new database session; what is not committed is rolled back at its end."""
        return Session(self.engine, expire_on_commit=False)


def open_context(settings: Settings, *, careful: bool = True) -> Context:
    """Build the context; makes the data folder and the secret key when they are missing.

    SettingsError when others can read the key or a database, unless told not to be `careful`.
    From here on, files that this process makes are its user's alone: databases hold people's data.
    """
    os.umask(0o077)
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            f"TTT_DATA_DIR: cannot make {settings.data_dir} ({error.strerror})"
        ) from None
    if careful:
        private_files.require(settings)
    vault = open_vault(settings)
    pooled = bool(settings.database_direct_url)
    database = engine.connect(settings.database, settings.database_timeout, pooled=pooled)
    return Context(settings, database, vault)


def prepare(context: Context, *, copied: bool = True, patiently: bool = False) -> None:
    """Bring the database up to date.

    PostgreSQL is `copied` before, unless it is told otherwise, and `patiently` however large it is.
    """
    copy = (context.direct.url, context.settings.data_dir) if copied else None
    migrate.upgrade(context.engine, copied=copy, patiently=patiently)
