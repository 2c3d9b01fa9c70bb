import re

import pytest
from sqlmodel import select

from tests.services.conftest import Clock
from ttt.models import KnownBrowser, User
from ttt.services.context import Context
from ttt.services.doors import known_browsers
from ttt.services.person import Person

TOKEN = "k" * 43


def remember(context: Context, person: Person, token: str) -> None:
    with context.session() as session:
        user = session.get_one(User, person.id)
        known_browsers.remember(context, session, user, token)
        session.commit()


def test_a_browser_has_a_counter_of_its_own_once_somebody_signed_in(
    context: Context, ada: Person
) -> None:
    assert known_browsers.counter(context, "ada", TOKEN) == "ada"
    remember(context, ada, TOKEN)
    assert known_browsers.counter(context, "ada", TOKEN) not in {"ada", TOKEN}
    assert known_browsers.counter(context, "ada", "") == "ada"


def test_two_people_of_one_browser_are_both_known(
    context: Context, ada: Person, bob: Person
) -> None:
    for person in (ada, bob):
        remember(context, person, TOKEN)
    counters = {known_browsers.counter(context, name, TOKEN) for name in ("ada", "bob")}
    assert len(counters - {"ada", "bob"}) == 2


def test_a_browser_that_is_not_used_for_a_year_is_a_stranger(
    context: Context, ada: Person, clock: Clock
) -> None:
    remember(context, ada, TOKEN)
    clock.forward(days=364)
    remember(context, ada, TOKEN)
    clock.forward(days=364)
    assert known_browsers.counter(context, "ada", TOKEN) != "ada"
    clock.forward(days=1)
    assert known_browsers.counter(context, "ada", TOKEN) == "ada"


def test_the_cookie_is_not_kept_in_the_clear(context: Context, ada: Person) -> None:
    remember(context, ada, TOKEN)
    with context.session() as session:
        (known,) = session.exec(select(KnownBrowser)).all()
    assert TOKEN not in repr(known)


@pytest.mark.parametrize("cookie", [None, "", "short", "k" * 44, "k" * 42 + "\n", "ä" * 43])
def test_a_cookie_that_is_not_ours_is_replaced(cookie: str | None) -> None:
    token = known_browsers.token_for(cookie)
    assert token != cookie
    assert re.fullmatch(r"[\w-]{43}", token)


def test_a_cookie_of_ours_is_kept() -> None:
    assert known_browsers.token_for(TOKEN) == TOKEN


def test_what_is_no_token_is_never_remembered(context: Context, ada: Person) -> None:
    remember(context, ada, "")
    with context.session() as session:
        assert session.exec(select(KnownBrowser)).all() == []
