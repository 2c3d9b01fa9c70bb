from datetime import datetime

import pytest
from sqlmodel import Session

from tests.store.conftest import add_account
from ttt.models import ServerSetting, User
from ttt.store import encrypted
from ttt.store.encrypted import COLUMNS, DEMO_KEY, Column

FACTORS = Column(User, "id", "totp_encrypted")


@pytest.fixture
def people(session: Session) -> list[int]:
    ids = [add_account(session, name) for name in ("a", "b", "c")]
    for user_id in ids[:2]:
        user = session.get(User, user_id)
        assert user is not None
        user.totp_encrypted = f"text {user_id}"
    session.commit()
    return ids


def test_rows_come_in_batches_without_those_that_hold_nothing(
    session: Session, people: list[int]
) -> None:
    one, two, _ = people
    assert encrypted.batch(session, FACTORS, None, 1) == [(one, f"text {one}")]
    assert encrypted.batch(session, FACTORS, one, 5) == [(two, f"text {two}")]
    assert encrypted.batch(session, FACTORS, two, 5) == []


def test_only_what_still_stands_is_replaced(session: Session, people: list[int]) -> None:
    one = people[0]
    encrypted.replace(session, FACTORS, one, "something else", "new")
    assert encrypted.batch(session, FACTORS, None, 1) == [(one, f"text {one}")]
    encrypted.replace(session, FACTORS, one, f"text {one}", "new")
    assert encrypted.batch(session, FACTORS, None, 1) == [(one, "new")]


def test_of_the_settings_one_is_encrypted(session: Session, now: datetime) -> None:
    for name in (DEMO_KEY, "banner"):
        session.add(ServerSetting(name=name, value=f"value of {name}", changed_at=now))
    session.commit()
    (column,) = [column for column in COLUMNS if column.model is ServerSetting]
    assert encrypted.batch(session, column, None, 5) == [(DEMO_KEY, f"value of {DEMO_KEY}")]
    assert encrypted.batch(session, column, DEMO_KEY, 5) == []
