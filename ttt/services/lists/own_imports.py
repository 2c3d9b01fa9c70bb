"""Files with values that a person brought: what became of each is kept, as for lists."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from ttt.errors import NotFound
from ttt.models import OwnImport
from ttt.services.context import Context
from ttt.services.lists import own_values, past
from ttt.services.lists.importing import NO_CHOICES, Choices
from ttt.services.lists.own_values import Receipt
from ttt.services.lists.past import Past
from ttt.services.person import Person
from ttt.services.tables.receipt import Reason, Refusal
from ttt.store.values import own_imports

_UNNAMED = "A file"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastImport(Past):
    """What became of a file: rows taken, of so many tracks; `parts` tells what cells were not."""

    taken: int
    tracks: int
    partly: tuple[Refusal, ...]
    parts: tuple[Reason, ...]


def take(
    context: Context,
    person: Person,
    content: bytes,
    name: str,
    choices: Choices = NO_CHOICES,
    dated: datetime | None = None,
) -> Receipt:
    """Take the values of a file and keep the receipt, in one transaction."""

    def keep(session: Session, receipt: Receipt) -> None:
        own_imports.forget(session, context.now() - past.KEPT_FOR)
        own_imports.add(session, _kept(context, person, receipt, name))

    return own_values.import_(context, person, content, choices, dated, keep)


def listed(context: Context, person: Person) -> list[PastImport]:
    """The files that the person brought, the newest first."""
    with context.session() as session:
        return [_past(one) for one in own_imports.of(session, person.id, past.SHOWN)]


def close(context: Context, person: Person, import_id: int) -> None:
    """Put a receipt away; NotFound for one that is not the person's."""
    with context.session() as session:
        if not own_imports.close(session, person.id, import_id, context.now()):
            raise NotFound("import")
        session.commit()


def _kept(context: Context, person: Person, receipt: Receipt, name: str) -> OwnImport:
    counts = {"taken": receipt.taken, "tracks": receipt.tracks, "refused": len(receipt.refused)}
    counts |= past.values(receipt.values) | past.lost(receipt.lost_letters)
    counts |= past.why(past.REFUSED, receipt.refused)
    return OwnImport(
        user_id=person.id,
        name=past.named(name, _UNNAMED),
        at=context.now(),
        counts=counts | past.why(past.PARTLY, receipt.partly),
        refused=past.rows(receipt.refused),
        partly=past.rows(receipt.partly),
    )


def _past(found: OwnImport) -> PastImport:
    counts = Counter[str](found.counts)
    return PastImport(
        **past.common(found),
        taken=counts["taken"],
        tracks=counts["tracks"],
        partly=tuple(Refusal(*row) for row in found.partly),
        parts=past.reasons(counts, past.PARTLY, found.partly),
    )
