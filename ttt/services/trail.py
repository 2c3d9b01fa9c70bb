"""The audit trail: who did what to whom, when and from where."""

from sqlmodel import Session

from ttt.models import AuditEvent
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.store import audit


def record(
    context: Context, session: Session, actor: Person, action: str, subject: str = ""
) -> None:
    """Write an event; it is part of the caller's transaction."""
    event = AuditEvent(
        at=context.now(),
        actor=actor.username,
        action=action,
        subject=subject[:200],
        address=actor.address,
    )
    audit.add(session, event)
