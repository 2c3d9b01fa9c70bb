"""Where an upload goes, and what became of it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.tables.receipt import Refusal

_CLOCKS_DIFFER_BY = timedelta(days=1)
_LONGEST_SHOWN = 80


@dataclass(slots=True)
class Count:
    """What became of the records of a kind; each is counted once."""

    kind: str
    added: int = 0
    already_there: int = 0
    refused: list[Refusal] = field(default_factory=list)

    def __str__(self) -> str:
        refused = f", {len(self.refused):,} refused" if self.refused else ""
        words = f"{self.added:,} added, {self.already_there:,} already there{refused}"
        return f"{self.kind[0].upper()}{self.kind[1:]}: {words}"

    @property
    def total(self) -> int:
        """How many records of the kind there were."""
        return self.added + self.already_there + len(self.refused)

    def take(self, *, added: bool) -> None:
        """Count a record that is in the account now."""
        self.added += added
        self.already_there += not added

    def refuse(self, row: int, text: str, reason: str) -> None:
        """Count a record (from 1) as refused; `reason` is a whole sentence."""
        self.refused.append(Refusal(row, text[:_LONGEST_SHOWN], reason))


@dataclass(frozen=True, slots=True)
class Target:
    """Whose account, in which transaction, and the track ids of the Spotify ids in the file."""

    context: Context
    session: Session
    person: Person
    tracks: dict[str, int]

    def objection(self, at: datetime, spotify_ids: Collection[str]) -> str | None:
        """Why a record of a time and about tracks cannot be right, as a sentence."""
        if at > self.context.now() + _CLOCKS_DIFFER_BY:
            return "It is dated in the future."
        if not self.tracks.keys() >= set(spotify_ids):
            return "It names a track that tracks.json does not hold."
        return None
