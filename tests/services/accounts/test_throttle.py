from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.services.conftest import Clock
from ttt.errors import TooManyTries
from ttt.models import FailedTry
from ttt.services.accounts import throttle
from ttt.services.accounts.throttle import count
from ttt.services.context import Context

HERE = "192.0.2.1"
# As docs/security.md promises them, and not as the code has them.
FIVE, TWENTY = 5, 20
HALF_A_MINUTE, QUARTER_OF_AN_HOUR = timedelta(seconds=30), timedelta(minutes=15)


def wait(context: Context, name: str = "ada", address: str | None = None) -> timedelta:
    """How long somebody has to wait who tries now."""
    with pytest.raises(TooManyTries) as caught:
        count(context, "password", name, address)
    return caught.value.until - context.now()


def test_the_first_tries_for_a_name_are_free_and_then_the_wait_doubles(
    anywhere: Context, clock: Clock
) -> None:
    for _ in range(FIVE + 1):
        count(anywhere, "password", "ada", None)
    waits = []
    for _ in range(7):
        waits.append(wait(anywhere))
        clock.forward(seconds=waits[-1].total_seconds())
        count(anywhere, "password", "ada", None)
    minutes = [w / timedelta(minutes=1) for w in waits]
    assert minutes == [0.5, 1, 2, 4, 8, 15, 15]


def test_no_number_of_tries_makes_the_wait_longer_than_the_longest(
    context: Context, clock: Clock
) -> None:
    for _ in range(90):
        count(context, "password", "ada", None)
        clock.forward(minutes=15)
    clock.forward(minutes=-15)
    assert wait(context) == QUARTER_OF_AN_HOUR


def test_an_address_has_more_free_tries_as_people_share_it(context: Context, clock: Clock) -> None:
    for number in range(TWENTY + 1):
        count(context, "password", f"name{number}", HERE)
    assert wait(context, "ada", HERE) == HALF_A_MINUTE
    count(context, "password", "ada", "198.51.100.1")
    clock.forward(seconds=30)
    count(context, "password", "ada", HERE)


def test_an_unknown_address_is_not_counted(context: Context) -> None:
    for number in range(TWENTY + 5):
        count(context, "password", f"name{number}", None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"),
        ("192.0.2.1", "::ffff:192.0.2.1"),
        ("fe80::1%eth0", "fe80::2"),
    ],
)
def test_addresses_that_one_visitor_can_choose_from_count_as_one(
    context: Context, one: str, other: str
) -> None:
    for number in range(TWENTY + 1):
        count(context, "password", f"name{number}", one)
    assert wait(context, "ada", other) == HALF_A_MINUTE


def test_what_is_no_address_is_counted_as_far_as_it_is_kept() -> None:
    assert throttle.network("x" * 99) == "x" * 64


def test_neighbouring_networks_do_not_wait_for_each_other(context: Context) -> None:
    for number in range(TWENTY + 1):
        count(context, "password", f"name{number}", "2001:db8:1:2::1")
    count(context, "password", "ada", "2001:db8:1:3::1")


def test_a_wait_does_not_grow_by_knocking(anywhere: Context, clock: Clock) -> None:
    for _ in range(FIVE + 1):
        count(anywhere, "password", "ada", HERE)
    until = clock.time + HALF_A_MINUTE
    for _ in range(29):
        clock.forward(seconds=1)
        assert wait(anywhere, "ada", HERE) == until - clock.time
    with anywhere.session() as session:
        assert len(session.exec(select(FailedTry)).all()) == FIVE + 1
    clock.time = until
    count(anywhere, "password", "ada", HERE)


def test_tries_count_for_a_day(context: Context, clock: Clock) -> None:
    for _ in range(FIVE):
        count(context, "password", "ada", None)
    clock.forward(hours=24, seconds=-1)
    count(context, "password", "ada", None)
    assert wait(context) == HALF_A_MINUTE
    clock.forward(seconds=1)
    for _ in range(FIVE):
        count(context, "password", "ada", None)


def test_a_success_forgives_the_name_and_no_other(context: Context) -> None:
    for number in range(TWENTY):
        count(context, "password", f"name{number}", HERE)
    for _ in range(3):
        failure = count(context, "password", "ada", HERE)
        with context.session() as session:
            throttle.forgive(context, session, failure)
            session.commit()
    count(context, "password", "name", HERE)
    assert wait(context, "ada", HERE) == HALF_A_MINUTE


def test_each_door_counts_by_itself(context: Context) -> None:
    for _ in range(FIVE + 1):
        count(context, "password", "ada", None)
    count(context, "reset", "ada", None)


@pytest.mark.parametrize(("name", "address", "free"), [("ada", None, FIVE), ("", HERE, TWENTY)])
def test_only_a_try_beyond_the_free_ones_starts_a_wait(
    context: Context, name: str, address: str | None, free: int
) -> None:
    starts = []
    for number in range(free + 1):
        failure = count(context, "password", name or f"name{number}", address)
        with context.session() as session:
            starts.append(throttle.starts_wait(context, session, failure))
    assert starts == [False] * free + [True]


@pytest.mark.parametrize("before", [0, FIVE + 1])
def test_tries_side_by_side_do_not_pass_the_limit(
    anywhere: Context, clock: Clock, before: int
) -> None:
    for _ in range(before):
        count(anywhere, "password", "ada", None)
    clock.forward(minutes=1)

    def knock(_: int) -> bool:
        try:
            count(anywhere, "password", "ada", None)
        except TooManyTries:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        let_in = sum(pool.map(knock, range(40)))
    most = 1 if before else FIVE + 1
    assert let_in <= most
