"""Leaves an artist, an album, a track or a stretch of time out of charts, until it is taken back.

Nothing of it touches the plays: whoever loads them looks up what is hidden.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ttt.errors import InvalidInput, NotFound
from ttt.models import Hidden
from ttt.services.context import Context
from ttt.services.person import Person, own
from ttt.store.plays import choices, shown, told

Span = tuple[datetime | None, datetime | None]
"""From one time to before another (aware UTC); None is open."""


class Kind(StrEnum):
    """What can be hidden."""

    ARTIST = "artist"
    ALBUM = "album"
    TRACK = "track"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class HiddenThing:
    """What is hidden, by names for people; `from_at` and `until_at` (aware UTC) are open as None.

    An album has its artist's name too, where that was said.
    """

    id: int
    kind: Kind
    artist: str | None
    album: str | None
    track_id: int | None
    title: str | None
    from_at: datetime | None
    until_at: datetime | None


def hide(
    context: Context,
    person: Person,
    kind: Kind,
    *,
    artist: str | None = None,
    album: str | None = None,
    track_id: int | None = None,
    span: Span = (None, None),
) -> int:
    """Hide something, at all times or within a `span` of them; return the id of the hiding.

    InvalidInput where what is to be hidden is not named or a stretch of time has no end; NotFound
    for a track that the person never played.
    """
    from_at, until_at = span
    row = Hidden(
        user_id=person.id,
        kind=kind,
        artist=artist,
        album=album,
        track_id=track_id,
        from_at=from_at,
        until_at=until_at,
        created_at=context.now(),
    )
    _require_meaning(row)
    with context.session() as session:
        own(session, person)
        if track_id is not None and not choices.has_played(session, person.id, [track_id]):
            raise NotFound("track")
        session.add(row)
        told.touch(session, person.id)
        session.commit()
        return row.id


def _require_meaning(row: Hidden) -> None:
    """InvalidInput where it does not say what to hide, or ends before it begins."""
    named = {
        Kind.ARTIST: row.artist,
        Kind.ALBUM: row.album,
        Kind.TRACK: row.track_id,
        Kind.TIME: row.from_at and row.until_at,
    }
    if not named[Kind(row.kind)]:
        raise InvalidInput("Say what to hide: an artist, an album, a track, or from when to when.")
    if row.from_at is not None and row.until_at is not None and row.from_at >= row.until_at:
        raise InvalidInput("The end has to be after the beginning.")


def show(context: Context, person: Person, hidden_id: int) -> None:
    """Take a hiding back; NotFound where the person has none of that id."""
    with context.session() as session:
        if not choices.show(session, person.id, hidden_id):
            raise NotFound("hidden thing")
        told.touch(session, person.id)
        session.commit()


def listed(context: Context, person: Person) -> list[HiddenThing]:
    """What the person hides, the newest first."""
    with context.session() as session:
        rows = choices.hidden(session, person.id)
        named = shown.names(
            session, person.id, {row.track_id for row in rows if row.track_id is not None}
        )
    return [
        HiddenThing(
            row.id,
            Kind(row.kind),
            row.artist,
            row.album,
            row.track_id,
            named[row.track_id].title if row.track_id in named else None,
            row.from_at,
            row.until_at,
        )
        for row in rows
    ]
