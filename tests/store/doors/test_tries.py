from datetime import datetime, timedelta

from sqlmodel import Session, select

from ttt.models import FailedTry
from ttt.store.doors import tries

MINUTE = timedelta(minutes=1)


def failure(name: str, address: str | None, at: datetime, door: str = "password") -> FailedTry:
    return FailedTry(door=door, name_hash=name, address=address, at=at)


def add(
    session: Session, name: str, address: str | None, at: datetime, door: str = "password"
) -> None:
    tries.add(session, failure(name, address, at, door))
    session.commit()


def test_tries_are_counted_by_name_and_by_address(session: Session, now: datetime) -> None:
    add(session, "ada", "1.1.1.1", now)
    add(session, "ada", "2.2.2.2", now + MINUTE)
    add(session, "bob", "1.1.1.1", now + 2 * MINUTE)
    later = failure("ada", "1.1.1.1", now + 2 * MINUTE)
    by_name, by_address = tries.standing(session, later, now - MINUTE)
    assert by_name == (2, now + MINUTE)
    assert by_address == (2, now + 2 * MINUTE)


def test_a_try_does_not_count_itself(session: Session, now: datetime) -> None:
    add(session, "ada", "1.1.1.1", now)
    own = failure("ada", "1.1.1.1", now + MINUTE)
    tries.add(session, own)
    assert tries.standing(session, own, now - MINUTE) == ((1, now), (1, now))


NONE = ((0, None), (0, None))


def test_old_tries_do_not_count(session: Session, now: datetime) -> None:
    add(session, "ada", "1.1.1.1", now)
    assert tries.standing(session, failure("ada", "1.1.1.1", now), now) == NONE


def test_each_door_counts_by_itself(session: Session, now: datetime) -> None:
    add(session, "ada", "1.1.1.1", now, door="reset")
    assert tries.standing(session, failure("ada", "1.1.1.1", now), now - MINUTE) == NONE


def test_an_unknown_address_is_not_counted_as_one(session: Session, now: datetime) -> None:
    add(session, "ada", None, now)
    assert tries.standing(session, failure("bob", None, now), now - MINUTE) == NONE


def test_tries_for_a_name_are_forgotten(session: Session, now: datetime) -> None:
    add(session, "ada", None, now)
    add(session, "ada", None, now, door="reset")
    add(session, "bob", None, now)
    tries.forget(session, failure("ada", None, now))
    left = session.exec(select(FailedTry.name_hash, FailedTry.door)).all()
    assert sorted(map(tuple, left)) == [("ada", "reset"), ("bob", "password")]


def test_old_tries_are_forgotten(session: Session, now: datetime) -> None:
    add(session, "ada", None, now - MINUTE)
    add(session, "bob", None, now)
    tries.delete_old(session, now - MINUTE)
    assert session.exec(select(FailedTry.name_hash)).all() == ["bob"]
