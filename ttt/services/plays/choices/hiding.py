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
    *,
    artist: str | None = None,
    album: str | None = None,
    track_id: int | None = None,
    from_at: datetime | None = None,
    until_at: datetime | None = None,
) -> int:
    """Hide something, at all times or from one time to another; return the id of the hiding.

    InvalidInput where nothing is named or a stretch of time has no end; NotFound for a track that
    the person never played.
    """
    kind = _kind(artist, album, track_id)
    if kind is Kind.TIME and (from_at is None or until_at is None):
        raise InvalidInput("Say what to hide: an artist, an album, a track, or from when to when.")
    if from_at is not None and until_at is not None and from_at >= until_at:
        raise InvalidInput("The end has to be after the beginning.")
    with context.session() as session:
        own(session, person)
        if track_id is not None and not choices.has_played(session, person.id, [track_id]):
            raise NotFound("track")
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
        session.add(row)
        told.touch(session, person.id)
        session.commit()
        return row.id or 0


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
        named = shown.names(session, {row.track_id for row in rows if row.track_id is not None})
    return [
        HiddenThing(
            row.id or 0,
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


def _kind(artist: str | None, album: str | None, track_id: int | None) -> Kind:
    if track_id is not None:
        return Kind.TRACK
    if album:
        return Kind.ALBUM
    return Kind.ARTIST if artist else Kind.TIME
