"""Takes a copy of SQLite's into PostgreSQL: a server that grew takes all along that it holds."""

from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from ttt.errors import InvalidInput
from ttt.services.context import Context, prepare
from ttt.services.server.backups import postgresql, sqlite
from ttt.services.server.backups.scratch import on_sqlite
from ttt.store import migrate
from ttt.store.server import moving


def put_back(context: Context, file: Path) -> Path | None:
    """Put a copy of SQLite's in the place of everything in PostgreSQL; return where that is kept.

    Work that was under way is not taken along. InvalidInput where a row does not fit, StoreError
    where there is no room for all. Whatever ends it before its end, the database is as it was.
    """
    sqlite.require_ours(file)
    with on_sqlite(context, file) as there:
        migrate.upgrade(there.engine)
        with postgresql.set_aside(context) as kept:
            try:
                prepare(context, copied=False)
                moving.move(there.engine, context.engine)
            except (SQLAlchemyError, ValueError) as error:
                reason = str(getattr(error, "orig", None) or error).splitlines()[0]
                raise InvalidInput(f"{file} does not fit into PostgreSQL: {reason}.") from None
    return kept
