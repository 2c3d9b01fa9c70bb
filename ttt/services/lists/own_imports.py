"""Files with values that a person brought: what became of each is kept, as for lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from ttt.errors import NotFound
from ttt.models import OwnImport
from ttt.services.context import Context
from ttt.services.lists import own_values
from ttt.services.lists.importing import NO_CHOICES, Choices
from ttt.services.lists.own_values import Receipt
from ttt.services.person import Person
from ttt.services.tables.receipt import Refusal, by_reason
from ttt.store.values import own_imports
from ttt.text import one_line

_UNNAMED = "A file"
_SHOWN = 20
_KEPT_FOR = timedelta(days=365)
_MOST_ROWS = 2_000
_LONGEST_NAME, _LONGEST_TEXT = 200, 300


@dataclass(frozen=True, slots=True)
class PastImport:
    """What became of a file: rows by outcome, tracks by the values taken, refusals.

    Of very many rows only the first stand in `refused` and `partly`; `refused_rows` counts all. An
    `open` one was not closed by its person.
    """

    id: int
    name: str
    at: datetime
    taken: int
    tracks: int
    refused_rows: int
    refused: tuple[Refusal, ...]
    partly: tuple[Refusal, ...]
    values: Mapping[str, int]
    open: bool

    @property
    def rows(self) -> int:
        """Rows that were not blank."""
        return self.taken + self.refused_rows

    @property
    def reasons(self) -> list[tuple[str, list[Refusal]]]:
        """Refused rows by their reason, the commonest first."""
        return by_reason(self.refused)

    @property
    def parts(self) -> list[tuple[str, list[Refusal]]]:
        """Rows that were taken in part by what could not be meant, the commonest first."""
        return by_reason(self.partly)


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
        own_imports.forget(session, context.now() - _KEPT_FOR)
        own_imports.add(session, _kept(context, person, receipt, name))

    return own_values.import_(context, person, content, choices, dated, keep)


def listed(context: Context, person: Person) -> list[PastImport]:
    """The files that the person brought, the newest first."""
    with context.session() as session:
        return [_past(one) for one in own_imports.of(session, person.id, _SHOWN)]


def close(context: Context, person: Person, import_id: int) -> None:
    """Put a receipt away; NotFound for one that is not the person's."""
    with context.session() as session:
        if not own_imports.close(session, person.id, import_id, context.now()):
            raise NotFound("import")
        session.commit()


def _kept(context: Context, person: Person, receipt: Receipt, name: str) -> OwnImport:
    counts = {"taken": receipt.taken, "tracks": receipt.tracks, "refused": len(receipt.refused)}
    counts |= {f"values {name}": count for name, count in receipt.values.items()}
    return OwnImport(
        user_id=person.id,
        name=one_line(name)[:_LONGEST_NAME] or _UNNAMED,
        at=context.now(),
        counts=counts,
        refused=_rows(receipt.refused),
        partly=_rows(receipt.partly),
    )


def _rows(refused: Sequence[Refusal]) -> list[list[Any]]:
    return [[r.row, r.text[:_LONGEST_TEXT], r.reason] for r in refused[:_MOST_ROWS]]


def _past(found: OwnImport) -> PastImport:
    counts: dict[str, int] = found.counts
    return PastImport(
        id=found.id or 0,
        name=found.name,
        at=found.at,
        taken=counts.get("taken", 0),
        tracks=counts.get("tracks", 0),
        refused_rows=counts.get("refused", len(found.refused)),
        refused=tuple(Refusal(*row) for row in found.refused),
        partly=tuple(Refusal(*row) for row in found.partly),
        values={k.removeprefix("values "): n for k, n in counts.items() if k.startswith("values ")},
        open=found.closed_at is None,
    )
