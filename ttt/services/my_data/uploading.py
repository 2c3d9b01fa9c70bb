"""Takes a person's data of another server into their account here: all of it or nothing."""

from collections.abc import Iterator

from sqlmodel import Session

from ttt.errors import NotFound
from ttt.found import FoundArtist, FoundTrack, Source
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.my_data import placing, reading
from ttt.services.my_data.reading import Content
from ttt.services.my_data.shapes.music import Description
from ttt.services.my_data.target import Count, Target
from ttt.services.my_data.writing import require_own
from ttt.services.person import Person
from ttt.services.values import enrich
from ttt.store.accounts import users
from ttt.store.tracks import holdings, tracks

MAX_BYTES = reading.MAX_BYTES


def upload(context: Context, actor: Person, person: Person, content: bytes) -> list[Count]:
    """Add what the file holds to an account, and nothing that is there already.

    InvalidInput when the file as a whole is refused.
    """
    require_own(actor, person)
    found = reading.read(content)
    with context.session() as session:
        users.touch(session, person.id)  # whoever uploads at the same time takes turns
        if users.get(session, person.id) is None:
            raise NotFound("account")
        target = Target(context, session, person, _keep(context, session, found))
        counts = [
            *placing.lists(target, found.lists),
            placing.snapshots(target, found.snapshots, found.spotify),
            placing.values(target, found.values),
            placing.lastfm(target, found.lastfm),
        ]
        session.flush()
        holdings.delete_orphans(session)
        record(context, session, actor, "data uploaded", person.username)
        session.commit()
    return counts


def _keep(context: Context, session: Session, found: Content) -> dict[str, int]:
    """Ids of the tracks that are described and needed.

    Everybody sees tracks. So a description is taken only where there is none, marked as an
    upload's, and of it only what names the track: no cover that browsers would load, no ISRC or
    artist's id by which other sources would be asked, no value.
    """
    wanted = [found.tracks[i] for i in set(_named(found)) if i in found.tracks]
    ids = tracks.keep(session, [track.track for track in wanted])
    enrich.from_catalogue(context, session, ids)
    untitled = tracks.untitled(session, ids.values())
    described = [_described(t, t.title) for t in wanted if t.title and t.track in untitled]
    tracks.save(session, described, Source.UPLOAD, context.now())
    return ids


def _named(found: Content) -> Iterator[str]:
    for one in found.lists:
        yield from (entry.track for entry in one.entries)
    for snapshot in found.snapshots:
        yield from filter(None, snapshot.tracks)
    yield from (value.track for value in found.values)


def _described(track: Description, title: str) -> FoundTrack:
    return FoundTrack(
        track.track,
        title,
        tuple(FoundArtist(name) for name in track.artists if name.strip()),
        album=track.album,
        release_date=track.release_date,
        duration_ms=track.duration_ms,
    )
