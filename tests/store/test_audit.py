from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, select

from ttt.models import AuditEvent
from ttt.store import audit


def test_an_event_is_part_of_the_transaction(engine: Engine, now: datetime) -> None:
    for ending in (Session.rollback, Session.commit):
        with Session(engine) as session:
            audit.add(session, AuditEvent(at=now, actor="ada", action=ending.__name__))
            ending(session)
    with Session(engine) as session:
        assert session.exec(select(AuditEvent.action)).all() == ["commit"]
