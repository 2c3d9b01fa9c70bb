"""A database that is nobody's and gone at once: to say what an import would do without doing it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ttt.models import User
from ttt.services.context import Context, open_context, prepare
from ttt.services.person import Person, as_person
from ttt.settings import Settings
from ttt.store.accounts import users


@contextmanager
def nowhere(settings: Settings) -> Iterator[tuple[Context, Person]]:
    """Services on an empty database, and somebody in it; both are forgotten after the block."""
    with TemporaryDirectory(prefix="ttt-check-") as folder:
        own = settings.model_copy(update={"data_dir": Path(folder), "database_url": ""})
        context = open_context(own)
        try:
            prepare(context)
            yield context, _somebody(context)
        finally:
            context.engine.dispose()


def _somebody(context: Context) -> Person:
    with context.session() as session:
        no_hash = ""
        user = User(username="somebody", name="", password_hash=no_hash, created_at=context.now())
        person = as_person(users.add(session, user))
        session.commit()
        return person
