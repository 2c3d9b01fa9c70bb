from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.dialects import postgresql
from sqlmodel import Session, col, select

from ttt.models import Track
from ttt.store.membership import is_among


@pytest.fixture(autouse=True)
def tracks(session: Session) -> None:
    session.add_all(Track(spotify_id=name) for name in ["a", "b", "ö'\"\\"])
    session.commit()


def members(session: Session, values: list[str]) -> list[str]:
    query = select(Track.spotify_id).where(is_among(session, Track.spotify_id, values))
    return list(session.exec(query.order_by(col(Track.id))))


def test_only_members_are_found(session: Session) -> None:
    assert members(session, ["b", "x", "a", "a"]) == ["a", "b"]


def test_nothing_is_a_member_of_nothing(session: Session) -> None:
    assert members(session, []) == []


def test_text_needs_no_quoting(session: Session) -> None:
    assert members(session, ["ö'\"\\"]) == ["ö'\"\\"]


def test_numbers_are_compared_as_numbers(session: Session) -> None:
    ids = session.exec(select(Track.id).order_by(col(Track.id))).all()
    query = select(Track.id).where(is_among(session, Track.id, [i for i in ids[:2] if i]))
    assert set(session.exec(query)) == set(ids[:2])


def test_the_list_may_be_longer_than_any_database_takes_parameters(session: Session) -> None:
    assert members(session, ["b", *map(str, range(100_000))]) == ["b"]


def test_postgresql_takes_the_members_as_one_array() -> None:
    asked: Any = SimpleNamespace(
        get_bind=lambda: SimpleNamespace(dialect=SimpleNamespace(name="postgresql"))
    )
    condition = is_among(asked, Track.id, [1, 2])
    text = str(condition.compile(dialect=postgresql.dialect()))
    assert "track.id = ANY (" in text
