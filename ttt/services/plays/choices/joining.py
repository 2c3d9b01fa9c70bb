"""Joins tracks to one recording by hand, and parts them; kept through every later import."""

from collections.abc import Callable, Sequence

from sqlmodel import Session

from ttt.errors import InvalidInput, NotFound
from ttt.services.context import Context
from ttt.services.person import Person, own
from ttt.services.plays.deriving import deriving
from ttt.store.plays import choices

Change = Callable[[Session], None]


def join(context: Context, person: Person, track_ids: Sequence[int]) -> None:
    """Let tracks that the person played count as the first of them."""
    if len(set(track_ids)) < 2:
        raise InvalidInput("Choose two tracks or more to join.")
    first = track_ids[0]
    # What looks equal to the first one stays with it.
    counts_as = {track_id: first for track_id in track_ids if track_id != first}
    _change(
        context,
        person,
        track_ids,
        lambda session: choices.decide(session, person.id, counts_as, context.now()),
    )


def part(context: Context, person: Person, track_ids: Sequence[int]) -> None:
    """Let each of these tracks count as itself, whatever looks equal or was joined to it."""
    counts_as = {track_id: track_id for track_id in track_ids}

    def change(session: Session) -> None:
        choices.release(session, person.id, track_ids)
        choices.decide(session, person.id, counts_as, context.now())

    _change(context, person, track_ids, change)


def _change(context: Context, person: Person, track_ids: Sequence[int], change: Change) -> None:
    with context.session() as session:
        own(session, person)
        if not track_ids or not choices.has_played(session, person.id, track_ids):
            raise NotFound("track")
        change(session)
        session.commit()
    # Another source's rows can be the same play now, or no longer: all of it is judged anew.
    deriving.derive(context, person.id, whole=True)
