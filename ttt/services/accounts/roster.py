"""Accounts as admins see and export them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ttt.services.context import Context
from ttt.services.person import Person, as_person, require_admin
from ttt.services.tables import spreadsheet
from ttt.store.accounts import roster

FIELDS = (
    "username",
    "name",
    "email",
    "role",
    "disabled",
    "second_factor",
    "last_seen_at",
    "created_at",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """An account and its newest visit (aware UTC), None when no session tells of one."""

    person: Person
    last_seen_at: datetime | None


def listed(context: Context, actor: Person) -> list[Listed]:
    """All accounts by name, for admins."""
    require_admin(context, actor)
    with context.session() as session:
        return [Listed(as_person(user), seen) for user, seen in roster.every(session)]


def records(accounts: Iterable[Listed]) -> list[dict[str, object]]:
    """Accounts by FIELDS, without anything secret; times are ISO 8601 in UTC."""
    return [_record(one) for one in accounts]


def as_csv(accounts: Iterable[Listed]) -> str:
    """Content of a CSV file for spreadsheets, formulas defused."""
    return spreadsheet.file(FIELDS, records(accounts))


def as_json(accounts: Iterable[Listed]) -> str:
    """Content of a JSON file."""
    return json.dumps(records(accounts), ensure_ascii=False, indent=2) + "\n"


def _record(one: Listed) -> dict[str, object]:
    person, seen = one.person, one.last_seen_at
    return {
        "username": person.username,
        "name": person.name,
        "email": person.email,
        "role": person.role.value,
        "disabled": person.disabled,
        "second_factor": person.second_factor,
        "last_seen_at": None if seen is None else seen.isoformat(timespec="seconds"),
        "created_at": person.created_at.isoformat(timespec="seconds"),
    }
