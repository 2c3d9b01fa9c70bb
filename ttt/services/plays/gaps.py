"""Times in which plays may be missing: recorders find them, imports close them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from ttt.models import HistoryUpload
from ttt.plays import PlaySource
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.store.plays import gaps


@dataclass(frozen=True, slots=True)
class Gap:
    """A time (aware UTC) in which plays may be missing, and why."""

    id: int
    from_at: datetime
    until_at: datetime
    reason: str
    is_closed: bool


def listed(context: Context, person: Person, *, open_only: bool = False) -> list[Gap]:
    """The person's gaps, the oldest first."""
    with context.session() as session:
        found = gaps.of_user(session, person.id, open_only=open_only)
    return [Gap(g.id, g.from_at, g.until_at, g.reason, g.closed_by is not None) for g in found]


def close(session: Session, upload: HistoryUpload, span: tuple[int, int]) -> int:
    """Close what an upload covers; return how many gaps that were."""
    source = PlaySource(upload.source or 0)
    # Spotify's own lists tell all that its recorder can have missed.
    sources = {one for one in PlaySource if one.is_spotifys} if source.is_spotifys else {source}
    return gaps.close(session, upload.user_id, upload.id, sources, span)


def reopen(session: Session, upload: HistoryUpload) -> None:
    """Open again what an upload had closed."""
    gaps.reopen(session, upload.user_id, upload.id)
