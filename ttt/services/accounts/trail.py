"""The audit trail: who did what to whom, when and from where."""

from sqlmodel import Session

from ttt.models import AuditEvent
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.store.accounts import audit


def record(
    context: Context, session: Session, actor: Person, action: str, subject: str = ""
) -> None:
    """Write an event; it is part of the caller's transaction."""
    _add(context, session, actor.username, action, subject, actor.address)


def record_stranger(
    context: Context, session: Session, action: str, subject: str, address: str | None
) -> None:
    """Write an event of somebody who has not shown who they are, in the caller's transaction."""
    _add(context, session, "", action, subject, address)


def _add(
    context: Context,
    session: Session,
    actor: str,
    action: str,
    subject: str,
    address: str | None,
) -> None:
    audit.add(
        session,
        AuditEvent(
            at=context.now(), actor=actor, action=action, subject=subject[:200], address=address
        ),
    )
