"""The audit trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, func, or_, select, update

from ttt.models import AuditEvent


@dataclass(frozen=True, slots=True)
class Filter:
    """Which events are asked for; what is empty keeps nothing out, `until` is past the last."""

    person: str = ""
    action: str = ""
    words: str = ""
    since: datetime | None = None
    until: datetime | None = None


def add(session: Session, event: AuditEvent) -> None:
    """Write an event; it is part of the caller's transaction."""
    session.add(event)


def forget_name(session: Session, name: str, instead: str) -> None:
    """Put something else in the place of a name, and forget where its owner came from."""
    session.flush()
    by, about = col(AuditEvent.actor), col(AuditEvent.subject)
    session.exec(update(AuditEvent).where(by == name).values(actor=instead, address=None))
    session.exec(update(AuditEvent).where(about == name).values(subject=instead))


def count(session: Session, wanted: Filter) -> int:
    """Number of events that pass a filter."""
    return session.exec(select(func.count()).select_from(AuditEvent).where(*_terms(wanted))).one()


def newest(session: Session, wanted: Filter, limit: int, skipped: int = 0) -> Sequence[AuditEvent]:
    """Events that pass a filter, the newest first."""
    query = select(AuditEvent).where(*_terms(wanted))
    query = query.order_by(col(AuditEvent.at).desc(), col(AuditEvent.id).desc())
    return session.exec(query.offset(skipped).limit(limit)).all()


def actions(session: Session) -> Sequence[str]:
    """Everything that was ever done, by name."""
    return session.exec(select(AuditEvent.action).distinct().order_by(AuditEvent.action)).all()


def delete_before(session: Session, at: datetime) -> None:
    """Forget events that are older."""
    session.exec(delete(AuditEvent).where(col(AuditEvent.at) < at))


def _terms(wanted: Filter) -> list[ColumnElement[bool]]:
    at, action = col(AuditEvent.at), col(AuditEvent.action)
    by, about = col(AuditEvent.actor), col(AuditEvent.subject)
    line = by.concat(" ").concat(action).concat(" ").concat(about)
    terms = [line.icontains(word, autoescape=True) for word in wanted.words.split()]
    if wanted.person:
        terms.append(or_(by == wanted.person, about == wanted.person))
    if wanted.action:
        terms.append(action == wanted.action)
    if wanted.since is not None:
        terms.append(at >= wanted.since)
    if wanted.until is not None:
        terms.append(at < wanted.until)
    return terms
