"""While a database rests it can be read, and nothing changes in it."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, delete, func, select, update

from tests.store.conftest import NOW, add_account
from ttt.errors import Maintenance
from ttt.models import ServerSetting, User
from ttt.store import locks, server_settings
from ttt.store.server import resting

Change = Callable[[Session], object]


@pytest.fixture
def rests(engine: Engine, ada: int) -> Iterator[list[bool]]:
    """Whether it rests, to be changed; at first it does not."""
    state = [False]
    stop = resting.refuse_changes(engine, lambda _connection: state[0])
    yield state
    stop()


def upserted(session: Session) -> object:
    setting = ServerSetting(name="banner", value="x", changed_at=NOW)
    return server_settings.save(session, setting)


CHANGES: dict[str, Change] = {
    "insert": lambda session: add_account(session, "eve"),
    "update": lambda session: session.exec(update(User).values(name="Eve")),
    "delete": lambda session: session.exec(delete(User).where(col(User.username) == "ada")),
    "upsert": upserted,
    "driver": lambda session: session.connection().exec_driver_sql(
        "\n  insert INTO server_setting (name, value, changed_at) VALUES ('a', 'b', '2026-01-01')"
    ),
}


def seen(session: Session) -> list[object]:
    people = session.exec(select(User.username, User.name)).all()
    return [*people, session.exec(select(func.count()).select_from(ServerSetting)).one()]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_rows_is_refused_while_it_rests(
    session: Session, rests: list[bool], change: Change
) -> None:
    before = seen(session)
    rests[0] = True
    with pytest.raises(Maintenance):
        change(session)
    session.rollback()
    assert seen(session) == before
    rests[0] = False
    change(session)
    assert seen(session) != before


def test_locks_are_taken_while_it_rests(engine: Engine, rests: list[bool]) -> None:
    rests[0] = True
    with locks.held(engine, "something"):
        assert locks.take(engine, "something else") is not None


def test_nothing_is_refused_any_more_once_it_is_over(engine: Engine) -> None:
    stop = resting.refuse_changes(engine, lambda _connection: True)
    stop()
    with Session(engine) as session:
        assert add_account(session, "ada")
