"""The audit trail."""

from sqlmodel import Session, col, update

from ttt.models import AuditEvent


def add(session: Session, event: AuditEvent) -> None:
    """Write an event; it is part of the caller's transaction."""
    session.add(event)


def forget_name(session: Session, name: str, instead: str) -> None:
    """Put something else in the place of a name, and forget where its owner came from."""
    session.flush()
    by, about = col(AuditEvent.actor), col(AuditEvent.subject)
    session.exec(update(AuditEvent).where(by == name).values(actor=instead, address=None))
    session.exec(update(AuditEvent).where(about == name).values(subject=instead))
