"""Takes a person's data of another server into their account here: all of it or nothing."""

from collections.abc import Iterator

from sqlmodel import Session

from ttt.errors import NotFound
from ttt.found import FoundArtist, FoundTrack
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
from ttt.store.values import descriptions

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
            placing.descriptions(target, found.descriptions),
            placing.lastfm(target, found.lastfm),
        ]
        session.flush()
        holdings.delete_orphans(session)
        _describe(target, found)
        record(context, session, actor, "data uploaded", person.username)
        session.commit()
    return counts


def _keep(context: Context, session: Session, found: Content) -> dict[str, int]:
    """Ids of the tracks that are needed; everybody sees tracks, so the file describes none."""
    wanted = [i for i in set(_named(found)) if i in found.tracks]
    ids = tracks.keep(session, wanted)
    enrich.from_catalogue(context, session, ids)
    return ids


def _describe(target: Target, found: Content) -> None:
    """What the file calls tracks that nobody here describes is kept for its owner alone.

    No cover that browsers would load and no ISRC by which other sources would be asked.
    """
    session, person_id, ids = target.session, target.person.id, target.tracks
    own = descriptions.read(session, person_id, ids.values())
    wanted = {i for i in tracks.untitled(session, ids.values()) if ids[i] not in own}
    said = {
        ids[i]: _described(t, t.title) for i, t in found.tracks.items() if i in wanted and t.title
    }
    descriptions.save(session, person_id, said, target.context.now())


def _named(found: Content) -> Iterator[str]:
    for one in found.lists:
        yield from (entry.track for entry in one.entries)
    for snapshot in found.snapshots:
        yield from filter(None, snapshot.tracks)
    yield from (value.track for value in found.values)
    yield from (said.track for said in found.descriptions)


def _described(track: Description, title: str) -> FoundTrack:
    return FoundTrack(
        track.track,
        title,
        tuple(FoundArtist(name) for name in track.artists if name.strip()),
        album=track.album,
        release_date=track.release_date,
        duration_ms=track.duration_ms,
    )
