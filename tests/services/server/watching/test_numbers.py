"""A statement is timed once, however often its engine is watched."""

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
