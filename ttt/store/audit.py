"""The audit trail."""

from sqlmodel import Session

from ttt.models import AuditEvent


def add(session: Session, event: AuditEvent) -> None:
    """Write an event; it is part of the caller's transaction."""
    session.add(event)
