"""Takes back what an upload told; what others told too stays, as they told it."""

from sqlmodel import Session

from ttt.plays import PlaySource
from ttt.services.accounts.trail import record
from ttt.services.context import Context
from ttt.services.person import Person, own
from ttt.services.plays import tellings
from ttt.services.plays.deriving import deriving
from ttt.services.plays.judging import stretches
from ttt.services.plays.taking import RECORDED
from ttt.store.plays import gaps, recorders, told
from ttt.store.plays.bulk import arriving, identities
from ttt.store.plays.bulk.arriving import Arriving, Compared
from ttt.store.plays.derived import changes
from ttt.store.tracks import holdings
from ttt.store.values import descriptions

_SPOTIFY = PlaySource.SPOTIFY_RECENT


def forget_recorded(context: Context, person: Person) -> int:
    """Delete what was recorded from Spotify; return how many plays. What files told stays."""
    with context.session() as session:
        own(session, person)
        told.touch(session, person.id)
        gone = told.number(session, person.id, RECORDED, _SPOTIFY)
        take_back(session, person.id, RECORDED, _SPOTIFY)
        gaps.forget(session, person.id, _SPOTIFY)
        recorders.count_anew(session, person.id)
        record(context, session, person, "recorded plays deleted")
        session.commit()
    settle(context, person.id)
    return gone


def recorded(context: Context, person: Person) -> int:
    """How many plays are kept as they were recorded from Spotify."""
    with context.session() as session:
        return told.number(session, person.id, RECORDED, _SPOTIFY)


def settle(context: Context, user_id: int) -> None:
    """Judge what was taken back anew, and forget tracks that nobody holds any more."""
    deriving.derive(context, user_id)
    with context.session() as session:
        holdings.delete_orphans(session)
        session.commit()


def take_back(
    session: Session, user_id: int, upload_id: int, source: PlaySource | None = None
) -> None:
    """Delete what an upload told, and put what others told again in its place.

    Of what no upload told, a `source` says which of it.

    When it is to be judged is noted with it, so that a killed process leaves nothing undone.
    """
    told.touch(session, user_id)
    told_of = told.tracks(session, user_id, upload_id, source)
    span = told.span(session, user_id, upload_id, source)
    if span is not None:
        changes.note(session, user_id, *stretches.around(*span))
    others = [
        row
        for row in told.told_again(session, user_id, upload_id, source)
        if row.upload_id != upload_id
    ]
    heirs, _ = tellings.best(Arriving.of(others))
    told.forget(session, user_id, upload_id, source)
    identities.forget(session, user_id, upload_id, source)
    if len(heirs.told_at):
        arriving.bring(session, user_id, tellings.judged_alone(heirs))
        arriving.keep(session, user_id, heirs, Compared())
        arriving.forget_again(session)
    descriptions.forget_unheld(session, user_id, told_of)
