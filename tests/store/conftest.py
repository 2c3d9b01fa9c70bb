import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session

from tests.surroundings.databases import Postgres, migrated_sqlite, opened, postgres
from ttt.models import User
from ttt.store.accounts import users

__all__ = ["migrated_sqlite", "postgres"]

NOW = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with all tables and no rows."""
    if request.param == "sqlite":
        path = tmp_path / "ttt.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite:///{path}"
    else:
        server: Postgres = request.getfixturevalue("postgres")
        with server.emptied() as made:
            yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    else:
        server: Postgres = request.getfixturevalue("postgres")
        with server.database(empty=True) as made:
            yield made


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    with opened(url) as engine:
        yield engine


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture
def statements(engine: Engine) -> list[str]:
    """What the database is asked, one statement after the other."""
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    return asked


@pytest.fixture
def ada(session: Session) -> int:
    """Id of an account."""
    return add_account(session, "ada")


@pytest.fixture
def bob(session: Session) -> int:
    """Id of another account."""
    return add_account(session, "bob")


def add_account(session: Session, username: str) -> int:
    user = User(username=username, name=username.title(), password_hash="x", created_at=NOW)
    users.add(session, user)
    session.commit()
    assert user.id is not None
    return user.id


def make_impatient(session: Session) -> None:
    """From now on a lock of somebody else is an error at once."""
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    wait_for_nothing = "PRAGMA busy_timeout = 0" if on_sqlite else "SET lock_timeout = '1ms'"
    session.connection().exec_driver_sql(wait_for_nothing)
