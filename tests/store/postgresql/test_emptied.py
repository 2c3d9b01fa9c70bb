"""The databases that tests hand on to each other."""

from contextlib import ExitStack

from sqlmodel import Session, select

from tests.store.conftest import add_account
from tests.surroundings.databases import Postgres, opened
from ttt.models import User
from ttt.store import migrate


def test_a_database_that_another_test_had_is_as_new(postgres: Postgres) -> None:
    with postgres.emptied() as url, opened(url) as engine, Session(engine) as session:
        first = add_account(session, "ada")
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = 'other'")
        session.commit()
    with postgres.emptied() as again, opened(again) as engine, Session(engine) as session:
        assert again != url
        assert migrate.revision(engine) == migrate.newest()
        assert session.exec(select(User)).all() == []
        assert add_account(session, "bob") == first == 1


def test_a_lock_that_a_test_still_holds_keeps_no_database_from_the_next(postgres: Postgres) -> None:
    with ExitStack() as stack:
        with postgres.emptied() as url:
            session = Session(stack.enter_context(opened(url)))
            add_account(session, "ada")
            session.exec(select(User).with_for_update()).all()
        with postgres.emptied() as again, opened(again) as engine, Session(engine) as another:
            assert another.exec(select(User)).all() == []
        session.invalidate()
