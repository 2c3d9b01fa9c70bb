"""A person's plays as their sources told them, to be written into files that come back."""

from collections.abc import Iterator
from typing import BinaryIO

from sqlmodel import Session

from ttt.models import Play
from ttt.plays import SENSE_SHIFT, Counts, ToldPlay
from ttt.providers.history_files import writing
from ttt.providers.history_files.writing import ExportFormat
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays import identities
from ttt.store.plays import shown
from ttt.store.plays.bulk.identities import Ids
from ttt.store.plays.shown import Named

__all__ = ["ExportFormat", "told", "write"]
_FLAGS = (1 << SENSE_SHIFT) - 1


def write(context: Context, person: Person, form: ExportFormat, stream: BinaryIO) -> int:
    """Write the person's plays; return how many bytes that were.

    ListenBrainz takes plays only: those that count are written for it. The others get everything.
    """
    with context.session() as session:
        verdicts = (Counts.PLAY,) if form is ExportFormat.LISTENBRAINZ else tuple(Counts)
        return writing.write(told(session, person.id, verdicts), form, stream)


def told(
    session: Session, user_id: int, verdicts: tuple[Counts, ...] = tuple(Counts)
) -> Iterator[ToldPlay]:
    """A person's plays as they were told, by their start; those of some verdicts, or all."""
    for rows, named in shown.pages(session, user_id, None, None, verdicts):
        for row, ids in zip(rows, identities.of_plays(session, user_id, rows), strict=True):
            yield _told(row, named[row.track_id], ids)


def _told(row: Play, named: Named, ids: Ids) -> ToldPlay:
    return ToldPlay(
        int(row.told_at.timestamp()),
        named.title or "",
        named.artists,
        started_at=int(row.started_at.timestamp()),
        ms=row.ms,
        album=named.album,
        spotify_id=named.spotify_id,
        isrc=ids.isrc or named.isrc,
        mbid=ids.mbid,
        duration_ms=named.duration_ms,
        how=row.how & _FLAGS,
        device=row.device,
        country=row.country,
        sense=row.how >> SENSE_SHIFT,
        source=int(row.source),
    )
