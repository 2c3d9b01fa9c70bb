"""Secrets and codes of two people: what one uses up stays good for nobody else's account."""

import pytest
from sqlmodel import Session

from ttt.models import User
from ttt.store.doors import second_factor


@pytest.fixture
def both(session: Session, ada: int, bob: int) -> Session:
    """A session in which Ada and Bob have a second factor, with the same codes."""
    for person in (ada, bob):
        session.get_one(User, person).revision = 0
        session.flush()
        assert second_factor.enrol(session, person, f"secret {person}", 100)
        second_factor.replace_codes(session, person, ["one", "two"])
    session.commit()
    return session


def standing(session: Session, user_id: int) -> tuple[str | None, int | None]:
    session.expire_all()
    user = session.get_one(User, user_id)
    return user.totp_encrypted, user.totp_step


def test_a_secret_is_kept_where_there_is_none(both: Session, ada: int, bob: int) -> None:
    assert not second_factor.enrol(both, ada, "another", 200)
    assert standing(both, ada) == (f"secret {ada}", 100)
    assert both.get_one(User, ada).revision == both.get_one(User, bob).revision == 1


def test_a_step_is_used_up_with_all_before_it(both: Session, ada: int, bob: int) -> None:
    secret = f"secret {ada}"
    assert not second_factor.use_step(both, ada, secret, 100)
    assert not second_factor.use_step(both, ada, "another", 101)
    assert second_factor.use_step(both, ada, secret, 101)
    for step in (100, 101):
        assert not second_factor.use_step(both, ada, secret, step)
    assert standing(both, ada) == (secret, 101)
    assert standing(both, bob) == (f"secret {bob}", 100)


def test_a_step_of_a_clock_that_was_wrong_by_more_than_two_minutes_locks_nobody_out(
    both: Session, ada: int
) -> None:
    secret = f"secret {ada}"
    for ahead in (1, 4):
        assert not second_factor.use_step(both, ada, secret, 100 - ahead)
    assert second_factor.use_step(both, ada, secret, 95)
    assert standing(both, ada) == (secret, 95)


def test_the_first_step_of_all_can_be_used(both: Session, ada: int) -> None:
    both.get_one(User, ada).totp_step = None
    both.commit()
    assert second_factor.use_step(both, ada, f"secret {ada}", 0)


def test_a_code_is_burnt_once_and_its_owners_alone(both: Session, ada: int, bob: int) -> None:
    assert second_factor.burn_code(both, ada, "one")
    assert not second_factor.burn_code(both, ada, "one")
    assert not second_factor.burn_code(both, ada, "three")
    assert second_factor.codes_left(both, ada) == 1
    assert second_factor.codes_left(both, bob) == 2
    assert second_factor.burn_code(both, bob, "one")


def test_new_codes_take_the_place_of_ones_own(both: Session, ada: int, bob: int) -> None:
    second_factor.replace_codes(both, ada, ["three"])
    assert not second_factor.burn_code(both, ada, "one")
    assert second_factor.codes_left(both, ada) == 1
    assert second_factor.codes_left(both, bob) == 2


def test_forgetting_it_leaves_that_of_others(both: Session, ada: int, bob: int) -> None:
    second_factor.forget(both, ada)
    both.commit()
    assert standing(both, ada) == (None, None)
    assert both.get_one(User, ada).revision == 2
    assert second_factor.codes_left(both, ada) == 0
    assert standing(both, bob) == (f"secret {bob}", 100)
    assert both.get_one(User, bob).revision == 1
    assert second_factor.codes_left(both, bob) == 2
