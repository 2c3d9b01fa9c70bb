from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.services.conftest import Clock
from ttt.errors import (
    ProviderBlocked,
    ProviderError,
    ProviderNonsense,
    ProviderRefused,
    ProviderUnavailable,
)
from ttt.found import Source
from ttt.services.context import Context
from ttt.services.values import limits

DEEZER = Source.DEEZER
DOWN = ProviderUnavailable(DEEZER)


def reserve(context: Context, budget: int = 100) -> None:
    limits.reserve_call(context, DEEZER, "deezer", budget)


def fail(context: Context, error: ProviderError) -> None:
    with context.session() as session:
        limits.note_failure(context, session, "deezer", error)
        session.commit()


def answer(context: Context) -> None:
    with context.session() as session:
        limits.note_answer(context, session, "deezer", 1, 0)
        session.commit()


def rest(context: Context, clock: Clock, budget: int = 100) -> timedelta | None:
    """How long the service is left alone from now on."""
    with context.session() as session:
        until = limits.blocked_until(context, session, "deezer", budget)
    return None if until is None else until - clock.time


def test_the_budget_of_a_day_ends_at_midnight_utc(context: Context, clock: Clock) -> None:
    reserve(context, budget=1)
    assert rest(context, clock, budget=1) == timedelta(hours=12)
    with pytest.raises(ProviderBlocked) as caught:
        reserve(context, budget=1)
    midnight = datetime(2026, 11, 23, tzinfo=UTC)
    assert (caught.value.source, caught.value.until, caught.value.quota) == (DEEZER, midnight, True)
    clock.forward(hours=12)
    assert rest(context, clock, budget=1) is None
    reserve(context, budget=1)


def test_a_larger_budget_counts_at_once(context: Context, clock: Clock) -> None:
    reserve(context, budget=1)
    assert rest(context, clock, budget=2) is None
    reserve(context, budget=2)


def test_a_refused_call_is_not_counted(context: Context, clock: Clock) -> None:
    fail(context, ProviderBlocked(DEEZER, clock.time + timedelta(minutes=1)))
    with pytest.raises(ProviderBlocked):
        reserve(context, budget=1)
    clock.forward(minutes=1)
    reserve(context, budget=1)


def test_a_service_that_says_how_long_is_left_alone_for_as_long(
    context: Context, clock: Clock
) -> None:
    fail(context, ProviderBlocked(DEEZER, clock.time + timedelta(hours=3), quota=True))
    assert rest(context, clock) == timedelta(hours=3)
    with pytest.raises(ProviderBlocked) as caught:
        reserve(context)
    assert caught.value.quota
    clock.forward(hours=3)
    assert rest(context, clock) is None


@pytest.mark.parametrize(("source", "days"), [(DEEZER, 1), (Source.SPOTIFY, 7)])
def test_a_service_that_refuses_us_is_asked_again_days_later(
    context: Context, clock: Clock, source: Source, days: int
) -> None:
    fail(context, ProviderRefused(source))
    assert rest(context, clock) == timedelta(days=days)


@pytest.mark.parametrize("error", [DOWN, ProviderNonsense(DEEZER)])
def test_the_third_failure_in_a_row_brings_a_rest_that_doubles_up_to_six_hours(
    context: Context, clock: Clock, error: ProviderError
) -> None:
    rests = []
    for _ in range(11):
        fail(context, error)
        rests.append(rest(context, clock))
        clock.forward(hours=6)
    minutes = [None if r is None else r / timedelta(minutes=1) for r in rests]
    assert minutes == [None, None, 5, 10, 20, 40, 80, 160, 320, 360, 360]


def test_a_good_answer_between_failures_counts_them_anew(context: Context, clock: Clock) -> None:
    for _ in range(3):
        fail(context, DOWN)
        fail(context, DOWN)
        answer(context)
    assert rest(context, clock) is None


def test_every_process_sees_what_one_has_learned(context: Context, clock: Clock) -> None:
    fail(context, ProviderRefused(DEEZER))
    other = replace(context)
    with pytest.raises(ProviderBlocked):
        reserve(other)
