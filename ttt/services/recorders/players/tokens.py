"""Tokens by which players send plays here: made, named, seen by how they begin, and revoked.

A token opens nothing but the way in for plays. It is shown once; SHA-256 of it is kept.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from ttt.errors import InvalidInput, NotFound
from ttt.models import SubmitToken
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.keys.vault import fingerprint
from ttt.services.person import Person, as_person, own
from ttt.store import ahead
from ttt.store.plays.players import submit_tokens
from ttt.text import one_line

MOST = 20
LONGEST_NAME = 60
_PREFIX = 8
_USE_NOTED_EVERY = timedelta(minutes=1)
# Nothing plays for longer, nor do clocks differ by more.
_LONGEST = timedelta(hours=1) + ahead.SLACK


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A new token as it is shown this once."""

    name: str
    token: str

    def __repr__(self) -> str:
        return "MadeToken(...)"


@dataclass(frozen=True, slots=True)
class Token:
    """A token as its owner sees it; `begins` are its first letters, times are aware UTC."""

    id: int
    name: str
    begins: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends by a token."""

    person: Person
    token_id: int


@dataclass(frozen=True, slots=True)
class Playing:
    """What a player says that it plays; `by` is the name of its token."""

    title: str
    artist: str
    album: str | None
    by: str


def make(context: Context, person: Person, name: str) -> MadeToken:
    """Make a token for a player; InvalidInput without a name and when there are MOST already."""
    name = one_line(name)[:LONGEST_NAME]
    if not name:
        raise InvalidInput("Give the token a name, such as that of the player.")
    # Some players check that it looks like ListenBrainz's own, which are UUIDs.
    secret = str(uuid.uuid4())
    with context.session() as session:
        own(session, person)
        if submit_tokens.count(session, person.id) >= MOST:
            raise InvalidInput(f"You have {MOST} tokens: revoke one that you no longer use.")
        token = SubmitToken(
            user_id=person.id,
            token_hash=fingerprint(secret),
            name=name,
            created_at=context.now(),
            prefix=secret[:_PREFIX],
        )
        submit_tokens.add(session, token)
        record(context, session, person, "player token made", name)
        session.commit()
    return MadeToken(name, secret)


def listed(context: Context, person: Person) -> list[Token]:
    """One's tokens, the oldest first."""
    with context.session() as session:
        found = submit_tokens.of_user(session, person.id)
    return [Token(t.id, t.name, t.prefix, t.created_at, t.used_at) for t in found]


def revoke(context: Context, person: Person, token_id: int) -> None:
    """Take one of one's own tokens back; NotFound when it is none (any more)."""
    with context.session() as session:
        name = submit_tokens.revoke(session, person.id, token_id)
        if name is None:
            raise NotFound("token")
        record(context, session, person, "player token revoked", name)
        session.commit()


def sender(context: Context, token: str) -> Sender | None:
    """Whose token this is, None when it is nobody's or of a disabled account."""
    with context.session() as session:
        found = submit_tokens.find(session, fingerprint(token))
        if found is None:
            return None
        kept, user = found
        person = as_person(user)
        _note_use(context, session, kept)
        session.commit()
    return Sender(person, kept.id)


def set_playing(context: Context, who: Sender, playing: Mapping[str, Any], life: timedelta) -> None:
    """Keep what a player plays, for as long as it may take."""
    with context.session() as session:
        submit_tokens.plays(session, who.token_id, playing, context.now() + life)
        session.commit()


def playing(context: Context, person: Person) -> Playing | None:
    """What one's players play now, the newest that was said; None when nothing is known."""
    now = context.now()
    with context.session() as session:
        found = submit_tokens.of_user(session, person.id)
    latest = now + _LONGEST
    said = [t for t in found if t.playing and t.playing_until and now < t.playing_until <= latest]
    if not said:
        return None
    token = max(said, key=lambda t: t.used_at or t.created_at)
    what = token.playing or {}
    return Playing(what["title"], what["artist"], what.get("album"), token.name)


def _note_use(context: Context, session: Session, token: SubmitToken) -> None:
    # Not with each play of an import of thousands.
    now = context.now()
    lately = now - _USE_NOTED_EVERY
    if token.used_at is None or not lately <= token.used_at <= ahead.not_yet(now):
        submit_tokens.used(session, token.id, now)
