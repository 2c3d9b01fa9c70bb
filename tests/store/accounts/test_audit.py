from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from ttt.models import AuditEvent
from ttt.store.accounts import audit


def test_an_event_is_part_of_the_transaction(engine: Engine, now: datetime) -> None:
    for ending in (Session.rollback, Session.commit):
        with Session(engine) as session:
            audit.add(session, AuditEvent(at=now, actor="ada", action=ending.__name__))
            ending(session)
    with Session(engine) as session:
        assert session.exec(select(AuditEvent.action)).all() == ["commit"]


def test_a_name_is_forgotten_wherever_it_stands(session: Session, now: datetime) -> None:
    for actor, subject in (("ada", ""), ("bob", "ada"), ("bob", "adam")):
        event = AuditEvent(at=now, actor=actor, action="did", subject=subject, address="::1")
        audit.add(session, event)
    audit.forget_name(session, "ada", "somebody")
    query = select(AuditEvent.actor, AuditEvent.subject, AuditEvent.address)
    assert session.exec(query.order_by(col(AuditEvent.id))).all() == [
        ("somebody", "", None),
        ("bob", "somebody", "::1"),
        ("bob", "adam", "::1"),
    ]
