"""The state of the server, as admins see it."""

from dataclasses import dataclass

from sqlalchemy import make_url

from ttt import __version__
from ttt.services.context import Context
from ttt.services.person import Person, require_admin
from ttt.settings import Settings
from ttt.store import migrate
from ttt.store.accounts import roster, users

_DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class State:
    """What runs here; `secret_key` is where the key comes from, never the key."""

    version: str
    database: str
    migration: str
    newest_migration: str
    secret_key: str
    mail: str
    accounts: int
    sessions: int

    @property
    def migrated(self) -> bool:
        """Whether the database has all migrations."""
        return self.migration == self.newest_migration


def read(context: Context, actor: Person) -> State:
    """The state now, for admins."""
    require_admin(context, actor)
    settings = context.settings
    with context.session() as session:
        accounts, sessions = users.count(session), roster.sessions_at(session, context.now())
    return State(
        version=__version__,
        database=_DATABASES[make_url(settings.database).get_backend_name()],
        migration=migrate.revision(context.engine) or "none",
        newest_migration=migrate.newest() or "none",
        secret_key=_origin(settings),
        mail=settings.smtp_host or "off",
        accounts=accounts,
        sessions=sessions,
    )


def _origin(settings: Settings) -> str:
    if settings.secret_key.get_secret_value():
        return "TTT_SECRET_KEY"
    return "secret.key in the data folder"
