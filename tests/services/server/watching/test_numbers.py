"""A statement is timed once, however often its engine is watched."""

import pytest
from sqlmodel import select

from ttt.models import User
from ttt.services.context import Context
from ttt.services.server.watching.numbers import Numbers


def test_every_statement_is_timed_once(context: Context) -> None:
    made = Numbers()
    for _ in range(2):
        made.watch(context.engine)
    with context.session() as session:
        session.exec(select(User)).all()
    assert made.registry.get_sample_value("ttt_database_seconds_count") == 1
    assert 0 < total(made, "ttt_database_seconds_sum") < 60


def total(made: Numbers, name: str, **labels: str) -> float:
    return made.registry.get_sample_value(name, labels) or 0


def test_a_run_of_a_page_is_timed_whatever_way_it_ends() -> None:
    made = Numbers()
    with made.run("home"):
        pass
    with pytest.raises(ValueError, match="no"), made.run("home"):
        raise ValueError("no")
    assert total(made, "ttt_page_run_seconds_count", page="home") == 2
    assert 0 < total(made, "ttt_page_run_seconds_sum", page="home") < 60
