from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from tests.surroundings.databases import opened
from tests.surroundings.noting import Noting
from ttt.errors import SettingsError
from ttt.models import SignInTicket, User
from ttt.store import engine as store_engine


@pytest.mark.parametrize("url", ["postgresql+psycopg://u:hush@h:port/db", "nonsense"])
def test_an_address_that_makes_no_sense_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        store_engine.connect(url)
    assert "hush" not in str(caught.value)


def test_a_process_has_one_engine_for_a_database(url: str) -> None:
    assert store_engine.connect(url) is store_engine.connect(url)


def test_sqlite_writes_ahead_and_checks_foreign_keys(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'new.sqlite3'}") as engine, engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_a_row_that_refers_to_nothing_is_refused(session: Session, now: datetime) -> None:
    session.add(SignInTicket(token_hash="x", user_id=404, next_path="/", expires_at=now))
    with pytest.raises(IntegrityError):
        session.commit()


def test_failed_statements_do_not_print_what_people_typed(
    session: Session, ada: int, now: datetime
) -> None:
    session.add(User(username="ada", name="Ada", password_hash="hush", created_at=now))
    with pytest.raises(IntegrityError) as caught:
        session.commit()
    assert "hush" not in str(caught.value).replace("password_hash", "")


def test_times_come_back_aware_and_exact(session: Session, ada: int, now: datetime) -> None:
    session.expire_all()
    account = session.get_one(User, ada)
    assert account.created_at == now
    assert account.created_at.utcoffset() is not None


@pytest.mark.parametrize("pooled", [False, True])
def test_a_connection_to_postgresql_is_looked_at_and_gives_up_in_time(
    monkeypatch: pytest.MonkeyPatch, pooled: bool
) -> None:
    given: dict[str, Any] = {}

    def connected(**options: Any) -> SimpleNamespace:
        given.update(options)
        return SimpleNamespace(patience=None, prepare_threshold=5)

    monkeypatch.setattr("ttt.store.patience.PatientConnection.connect", connected)
    how = {"pooled": True} if pooled else {}
    engine = store_engine.make("postgresql+psycopg://me@db/ttt", **how)
    assert engine.hide_parameters
    pool: Any = engine.pool
    assert (pool._pre_ping, pool.size(), pool._timeout) == (True, 10, 10)
    (connect,) = engine.dialect.dispatch.do_connect
    made = connect(engine.dialect, None, (), {"options": "-c search_path=x", "host": "db"})
    assert (made.patience, made.prepare_threshold) == (32, None if pooled else 5)
    assert given.pop("options").split(" -c ") == [
        "-c search_path=x",
        "statement_timeout=30000",
        "lock_timeout=15s",
        "tcp_keepalives_idle=30",
        "tcp_keepalives_interval=10",
    ]
    alive = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
    assert given == {"host": "db", "connect_timeout": 5, **alive}


@pytest.mark.parametrize("state", ["IDLE", "INTRANS", "INERROR"])
def test_what_may_take_long_is_waited_for_and_what_comes_after_is_not(state: str) -> None:
    connection: Any = Noting()
    connection.info.transaction_status.name = state
    with store_engine.endless(connection):
        assert connection.patience is None
        assert connection.told == ["SET statement_timeout = 0; SET lock_timeout = 0"]
    assert connection.patience == 32
    # In a transaction that failed nothing is heard; what it set ends with it.
    reset = [] if state == "INERROR" else ["RESET statement_timeout; RESET lock_timeout"]
    assert connection.told[1:] == reset
