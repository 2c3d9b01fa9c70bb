"""Two people agree to compare what they hear: one invites by a code, another takes it up.

Nobody is looked up by name, so nobody learns here who has an account. Either ends it at once.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from ttt.errors import InvalidInput, LinkUsedUp, NotFound
from ttt.models import Agreement
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.keys.vault import fingerprint
from ttt.services.person import Person, as_person, own
from ttt.store import ahead
from ttt.store.plays import agreements

GOOD_FOR = agreements.GOOD_FOR
MOST_OPEN = 5


@dataclass(frozen=True, slots=True)
class Invitation:
    """A new invitation as it is shown this once; only a hash of its code is kept."""

    id: int
    url: str

    def __repr__(self) -> str:
        return "Invitation(...)"


@dataclass(frozen=True, slots=True)
class Side:
    """An agreement as one side sees it; `name` is the other's, None while nobody has agreed.

    `mine` says who invited; times are aware UTC.
    """

    id: int
    name: str | None
    mine: bool
    expires_at: datetime
    agreed_at: datetime | None


def invite(context: Context, person: Person) -> Invitation:
    """Make an invitation that one other person can take up; InvalidInput for too many open ones."""
    code, now = secrets.token_urlsafe(24), context.now()
    made = Agreement(
        user_id=person.id,
        code_hash=fingerprint(code),
        created_at=now,
        expires_at=now + GOOD_FOR,
    )
    with context.session() as session:
        own(session, person)
        agreements.forget_old(session, now)
        if agreements.open_ones(session, person.id, now) >= MOST_OPEN:
            raise InvalidInput(f"{MOST_OPEN} invitations are open: take one back first.")
        agreement_id = agreements.add(session, made)
        record(context, session, person, "comparing offered", _subject(agreement_id))
        session.commit()
    url = f"{context.settings.base_url}/together?compare={code}"
    return Invitation(agreement_id, url)


def offered(context: Context, person: Person, code: str) -> str:
    """Who invites by this code; LinkUsedUp when it is good no more, or is one's own."""
    with context.session() as session:
        return _invitation(context, session, person, code)[1].name


def agree(context: Context, person: Person, code: str) -> int:
    """Take an invitation up, and return the id of what was agreed.

    LinkUsedUp when it is good no more, or is one's own; InvalidInput when both compare already.
    """
    with context.session() as session:
        own(session, person)
        agreement_id, who = _invitation(context, session, person, code)
        if agreements.are_agreed(session, who.id, person.id):
            raise InvalidInput("You two compare already.")
        if not agreements.agree(session, agreement_id, person.id, context.now()):
            raise LinkUsedUp
        record(context, session, person, "comparing agreed", _subject(agreement_id))
        session.commit()
    return agreement_id


def listed(context: Context, person: Person) -> list[Side]:
    """With whom a person compares, and which invitations of theirs are open.

    Who was disabled is left out.
    """
    now = context.now()
    with context.session() as session:
        found = agreements.of_user(session, person.id)
    return [
        Side(
            row.id,
            None if other is None else other.name,
            row.user_id == person.id,
            row.expires_at,
            row.agreed_at,
        )
        for row, other in found
        if (
            ahead.lasts(row.expires_at, now, GOOD_FOR)
            if other is None
            else other.disabled_at is None
        )
    ]


def partner(context: Context, person: Person, agreement_id: int) -> Person:
    """With whom a person agreed; NotFound unless both do now."""
    with context.session() as session:
        found = agreements.other(session, person.id, agreement_id)
        if found is None:
            raise NotFound("comparison")
        return as_person(found)


def end(context: Context, person: Person, agreement_id: int) -> None:
    """End a comparison, whoever began it, or take an invitation back; NotFound if there is none."""
    with context.session() as session:
        if not agreements.end(session, person.id, agreement_id):
            raise NotFound("comparison")
        record(context, session, person, "comparing ended", _subject(agreement_id))
        session.commit()


def _invitation(
    context: Context, session: Session, person: Person, code: str
) -> tuple[int, Person]:
    """Id of an invitation to somebody else, and who made it."""
    found = agreements.invitation(session, fingerprint(code), context.now())
    if found is None or found.other is None or found.other.id == person.id:
        raise LinkUsedUp
    return found.row.id, as_person(found.other)


def _subject(agreement_id: int) -> str:
    # No name: the trail is part of what each of the two can download.
    return f"comparison {agreement_id}"
