"""A clock ran ahead for a while: afterwards nobody waits for the time that it showed."""

from datetime import timedelta

import pytest

from tests.services.conftest import Clock
from ttt.errors import ProviderBlocked, RateLimited, TooManyTries
from ttt.models import ServiceBlock
from ttt.music import Period
from ttt.services.accounts import throttle
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import block, clients
from ttt.services.values import limits
from ttt.store.spotify import snapshots
from ttt.store.values import service_state

AHEAD = timedelta(days=400)


def fail(context: Context, times: int) -> None:
    for _ in range(times):
        throttle.count(context, "password", "ada", "192.0.2.1")


def test_failed_tries_of_the_future_keep_nobody_waiting(context: Context, clock: Clock) -> None:
    clock.time += AHEAD
    fail(context, throttle.FREE_BY_NAME + 1)
    with pytest.raises(TooManyTries):
        fail(context, 1)
    clock.time -= AHEAD
    fail(context, throttle.FREE_BY_NAME + 1)
    with pytest.raises(TooManyTries) as wait:
        fail(context, 1)
    assert wait.value.until - clock() <= throttle.LONGEST_WAIT


def test_a_block_of_the_future_is_none_and_makes_room_for_a_real_one(
    context: Context, clock: Clock
) -> None:
    with context.session() as session:
        until = clock() + AHEAD
        service_state.extend_block(session, ServiceBlock(service="deezer", until=until))
        session.commit()
    limits.reserve_call(context, "deezer", "deezer", 10)
    with context.session() as session:
        until = clock() + timedelta(hours=1)
        service_state.extend_block(session, ServiceBlock(service="deezer", until=until))
        session.commit()
    with pytest.raises(ProviderBlocked) as blocked:
        limits.reserve_call(context, "deezer", "deezer", 10)
    assert blocked.value.until == until


def test_spotifys_block_of_the_future_is_none(context: Context, clock: Clock) -> None:
    client = clients.demo(context)
    for until, holds in ((clock() + AHEAD, False), (clock() + timedelta(hours=1), True)):
        with pytest.raises(RateLimited), block.kept(context, client):
            raise RateLimited(until)
        if holds:
            with pytest.raises(RateLimited):
                block.require_none(context, client)
        else:
            block.require_none(context, client)


def test_later_lists_are_shown_and_taken(context: Context, ada: Person, clock: Clock) -> None:
    period = Period.SHORT_TERM
    with context.session() as session:
        snapshots.add(session, ada.id, period, clock() + AHEAD, [None])
        snapshots.add(session, ada.id, period, clock(), [None, None])
        session.commit()
        found = snapshots.latest(session, ada.id, period, 2, clock())
        assert [one.length for one in found] == [2, 1]
        assert snapshots.newest_times(session, clock()) == {(ada.id, period): clock()}
