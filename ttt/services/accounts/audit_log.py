"""The audit trail as admins read it, and how far back it goes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from ttt.models import AuditEvent
from ttt.services.context import Context
from ttt.services.person import Person, require_admin
from ttt.services.tables import spreadsheet
from ttt.store.accounts import audit
from ttt.store.accounts.audit import Filter

__all__ = ["Filter", "between", "export", "page", "prune"]

PAGE = 50
MOST = 10_000  # events in a file, so that no read is without bounds
FIELDS = ("at", "actor", "action", "subject", "address")


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom, when (aware UTC) and from where."""

    at: datetime
    actor: str
    action: str
    subject: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of events, the newest first, and how many there are in all."""

    events: Sequence[Event]
    total: int

    @property
    def pages(self) -> int:
        """Number of pages, one at least."""
        return max(1, -(-self.total // PAGE))


def between(first: date | None, last: date | None, zone: tzinfo) -> dict[str, datetime | None]:
    """Keywords of a Filter for days, both included, as they are counted in a time zone."""

    def start(day: date | None) -> datetime | None:
        return None if day is None else datetime.combine(day, time(), zone)

    return {"since": start(first), "until": start(last and last + timedelta(days=1))}


def page(context: Context, actor: Person, wanted: Filter, number: int = 1) -> Page:
    """A page of events that pass a filter, counted from 1, for admins."""
    require_admin(context, actor)
    with context.session() as session:
        found = audit.newest(session, wanted, PAGE, PAGE * (max(1, number) - 1))
        return Page([_event(event) for event in found], audit.count(session, wanted))


def actions(context: Context, actor: Person) -> Sequence[str]:
    """Everything that was ever done, by name, for admins."""
    require_admin(context, actor)
    with context.session() as session:
        return audit.actions(session)


def export(context: Context, actor: Person, wanted: Filter) -> list[dict[str, object]]:
    """The newest 10,000 events that pass a filter, by FIELDS, for admins; times are in UTC."""
    require_admin(context, actor)
    with context.session() as session:
        return [_record(_event(event)) for event in audit.newest(session, wanted, MOST)]


def as_csv(records: Sequence[dict[str, object]]) -> str:
    """Content of a CSV file for spreadsheets, formulas defused."""
    return spreadsheet.file(FIELDS, records)


def as_json(records: Sequence[dict[str, object]]) -> str:
    """Content of a JSON file."""
    return json.dumps(records, ensure_ascii=False, indent=2) + "\n"


def prune(context: Context) -> None:
    """Forget events that are older than TTT_AUDIT_DAYS."""
    with context.session() as session:
        audit.delete_before(session, context.now() - timedelta(days=context.settings.audit_days))
        session.commit()


def _event(event: AuditEvent) -> Event:
    return Event(event.at, event.actor, event.action, event.subject, event.address)


def _record(event: Event) -> dict[str, object]:
    return {
        "at": event.at.isoformat(timespec="seconds"),
        "actor": event.actor,
        "action": event.action,
        "subject": event.subject,
        "address": event.address,
    }
