"""Where one is signed in, and ending that."""

from dataclasses import dataclass
from datetime import datetime

from ttt.errors import NotFound
from ttt.models import UserSession
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.keys.vault import fingerprint
from ttt.services.person import Person
from ttt.store.doors import sessions

_ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser that is signed in; the `id` names it here and signs nobody in.

    `place` is what the browser's time zone says, None when it said none; times are aware UTC.
    """

    id: str
    device: str
    place: str | None
    address: str | None
    first_seen_at: datetime
    last_seen_at: datetime
    this: bool


def listed(context: Context, person: Person, token: str) -> list[SignedIn]:
    """One's browsers: the one with this session token first, then the one seen last."""
    here = fingerprint(token)
    with context.session() as session:
        found = sessions.of_user(session, person.id, context.now())
    return sorted((_shown(s, here) for s in found), key=lambda shown: not shown.this)


def revoke(context: Context, person: Person, session_id: str) -> None:
    """End one of one's own sessions; NotFound when it is none (any more)."""
    with context.session() as session:
        found = sessions.of_user(session, person.id, context.now())
        hashes = [s.token_hash for s in found if _id(s) == session_id]
        if not hashes:
            raise NotFound("browser")
        sessions.end(session, hashes[0])
        record(context, session, person, "session revoked", person.username)
        session.commit()


def revoke_others(context: Context, person: Person, token: str) -> None:
    """End all of one's sessions but the one with this token, and sign-ins on their way."""
    with context.session() as session:
        sessions.end_all(session, person.id, but=fingerprint(token))
        record(context, session, person, "other sessions revoked", person.username)
        session.commit()


def _shown(found: UserSession, here: str) -> SignedIn:
    return SignedIn(
        id=_id(found),
        device=_device(found.user_agent),
        place=_place(found.zone),
        address=found.address,
        first_seen_at=found.created_at,
        last_seen_at=found.last_seen_at,
        this=found.token_hash == here,
    )


def _id(found: UserSession) -> str:
    return found.token_hash[:_ID_LENGTH]


def _device(user_agent: str) -> str:
    # Loaded here: it reads a large table of patterns, and this list is seldom looked at.
    from ua_parser import parse  # noqa: PLC0415

    parsed = parse(user_agent)
    browser = parsed.user_agent.family if parsed.user_agent else "a browser"
    return f"{browser} on {parsed.os.family}" if parsed.os else browser


def _place(zone: str) -> str | None:
    """The city of a time zone: "Berlin (Europe/Berlin)"."""
    city = zone.rpartition("/")[2].replace("_", " ")
    return f"{city} ({zone})" if city != zone else zone or None
