from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from ttt.models import ServiceBlock
from ttt.store.values import service_state

NAME = "deezer"


def block(session: Session, until: datetime, *, quota: bool = False) -> None:
    service_state.extend_block(session, ServiceBlock(service=NAME, until=until, quota=quota))
    session.commit()


def test_a_block_is_as_long_as_the_longest_that_was_asked_for(
    session: Session, now: datetime
) -> None:
    assert service_state.block(session, NAME) is None
    block(session, now)
    block(session, now + timedelta(hours=2), quota=True)
    block(session, now + timedelta(hours=1))
    session.expire_all()
    kept = service_state.block(session, NAME)
    assert kept is not None
    assert (kept.until, kept.quota) == (now + timedelta(hours=2), True)


def test_a_budget_is_for_a_service_and_a_day(session: Session, now: datetime) -> None:
    today = now.date()
    taken = [service_state.take_call(session, NAME, today, budget=2) for _ in range(3)]
    assert taken == [True, True, False]
    assert service_state.take_call(session, "lastfm", today, budget=1)
    assert service_state.take_call(session, NAME, today + timedelta(days=1), budget=1)
    session.commit()
    assert service_state.calls(session, NAME, today) == 2
    assert service_state.calls(session, "spotify", today) == 0


def test_processes_that_take_calls_at_once_never_pass_the_budget(
    engine: Engine, now: datetime
) -> None:
    def take(_number: int) -> bool:
        with Session(engine) as own:
            taken = service_state.take_call(own, NAME, now.date(), budget=25)
            own.commit()
            return taken

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(take, range(40))) == 25
    with Session(engine) as session:
        assert service_state.calls(session, NAME, now.date()) == 25


def test_what_requests_brought_is_added_up(session: Session, now: datetime) -> None:
    today = now.date()
    service_state.count_answers(session, NAME, today, hits=3, misses=1)
    service_state.take_call(session, NAME, today, budget=9)
    service_state.count_answers(session, NAME, today, hits=2, misses=0)
    session.commit()
    (day,) = service_state.days(session, today)
    assert (day.service, day.calls, day.hits, day.misses) == (NAME, 1, 5, 1)
    assert service_state.days(session, today + timedelta(days=1)) == []


def test_failures_count_until_the_next_good_answer(session: Session, now: datetime) -> None:
    later = now + timedelta(minutes=1)
    assert service_state.add_failure(session, NAME, "down", now) == 1
    assert service_state.add_failure(session, NAME, "odd", later) == 2
    service_state.forget_failures(session, NAME)
    session.commit()
    kept = service_state.trouble(session, NAME)
    assert kept is not None
    assert (kept.failures, kept.last_error, kept.last_error_at) == (0, "odd", later)
    assert service_state.add_failure(session, NAME, "down", now) == 1
    service_state.forget_failures(session, NAME)
    assert service_state.add_failure(session, NAME, "down", now) == 1


def test_a_good_answer_of_a_service_that_never_failed_leaves_no_trace(session: Session) -> None:
    service_state.forget_failures(session, NAME)
    assert service_state.trouble(session, NAME) is None
