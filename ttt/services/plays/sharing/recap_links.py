"""Links that show one recap to whoever has them, until they are ended.

What the cards say is frozen when a link is made. The token opens nothing else; it is shown once,
and SHA-256 of it is kept.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec

from ttt.chartdata import Recap, TopRow
from ttt.errors import InvalidInput, LinkUsedUp, NotFound
from ttt.models import RecapLink
from ttt.services.accounts import throttle
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.keys.vault import fingerprint
from ttt.services.person import Person, own
from ttt.store.plays import recap_links

MOST = 20
PATH = "/shared/recap"
_LONGEST = 200
_TOPS = ("tracks", "artists", "albums", "climbers", "newcomers")


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A new link as it is shown this once."""

    id: int
    name: str
    url: str

    def __repr__(self) -> str:
        return "MadeLink(...)"


@dataclass(frozen=True, slots=True)
class Link:
    """A link as its owner sees it; times are aware UTC."""

    id: int
    name: str
    created_at: datetime
    opened: int
    opened_at: datetime | None


def make(context: Context, person: Person, recap: Recap) -> MadeLink:
    """Freeze a recap and make a link to it; InvalidInput for an empty one, or after MOST links."""
    if not recap.plays:
        raise InvalidInput("Nothing was played in this time.")
    token = secrets.token_urlsafe(32)
    with context.session() as session:
        own(session, person)
        if recap_links.count(session, person.id) >= MOST:
            raise InvalidInput(f"You have {MOST} links: end one first.")
        link = RecapLink(
            user_id=person.id,
            token_hash=fingerprint(token),
            name=recap.name[:120],
            data=frozen(recap),
            created_at=context.now(),
        )
        link_id = recap_links.add(session, link)
        record(context, session, person, "recap link made", recap.name)
        session.commit()
    return MadeLink(link_id, recap.name, f"{context.settings.base_url}{PATH}?link={token}")


def listed(context: Context, person: Person) -> list[Link]:
    """One's links, the newest first."""
    with context.session() as session:
        found = recap_links.of_user(session, person.id)
    return [Link(x.id, x.name, x.created_at, x.opened, x.opened_at) for x in found]


def end(context: Context, person: Person, link_id: int) -> None:
    """End one of one's own links; NotFound when it is none (any more)."""
    with context.session() as session:
        name = recap_links.end(session, person.id, link_id)
        if name is None:
            raise NotFound("link")
        record(context, session, person, "recap link ended", name)
        session.commit()


def opened(context: Context, token: str, address: str | None) -> Recap:
    """The recap that a token shows; LinkUsedUp for none, TooManyTries after many wrong ones."""
    with context.session() as session:
        found = recap_links.find(session, fingerprint(token[:_LONGEST]))
        if found is not None:
            recap_links.note_opened(session, found.id, context.now())
            session.commit()
    if found is None:
        # Left standing as failed: a right token costs no such row.
        throttle.count(context, "recap link", token[:_LONGEST], address)
        raise LinkUsedUp
    return thawed(found.data)


def frozen(recap: Recap) -> bytes:
    """What the cards show, as JSON: no ids, no addresses and no covers, which no card has."""
    bare: dict[str, Any] = {name: tuple(map(_bare, getattr(recap, name))) for name in _TOPS}
    bare["favourite"] = recap.favourite and replace(recap.favourite, row=_bare(recap.favourite.row))
    bare["sitting"] = recap.sitting and replace(recap.sitting, key=None, artists="", cover_url=None)
    return msgspec.json.encode(replace(recap, **bare), enc_hook=_number)


def thawed(data: bytes) -> Recap:
    """The recap again; LinkUsedUp for one of a version that said other things."""
    try:
        return msgspec.json.decode(data, type=Recap)
    except msgspec.ValidationError:
        raise LinkUsedUp from None


def _bare(row: TopRow) -> TopRow:
    # Cards tell tracks from artists by whether there is a URI.
    return replace(row, key=0, uri=row.uri and "track", cover_url=None)


def _number(value: Any) -> Any:
    """Numbers of NumPy as Python's own."""
    return value.item()
