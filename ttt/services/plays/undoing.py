"""Takes back what an upload told; what others told too stays, as they told it."""

from sqlmodel import Session

from ttt.services.context import Context
from ttt.services.plays import tellings
from ttt.services.plays.deriving import deriving
from ttt.services.plays.judging import stretches
from ttt.store.plays import told
from ttt.store.plays.bulk import arriving
from ttt.store.plays.bulk.arriving import Arriving, Compared
from ttt.store.plays.derived import changes
from ttt.store.tracks import holdings
from ttt.store.values import descriptions


def forget(context: Context, user_id: int, upload_id: int) -> None:
    """Delete an upload's plays, judge the others of its years anew, and forget unheld tracks."""
    with context.session() as session:
        take_back(session, user_id, upload_id)
        session.commit()
    settle(context, user_id)


def settle(context: Context, user_id: int) -> None:
    """Judge what was taken back anew, and forget tracks that nobody holds any more."""
    deriving.derive(context, user_id)
    with context.session() as session:
        holdings.delete_orphans(session)
        session.commit()


def take_back(session: Session, user_id: int, upload_id: int) -> None:
    """Delete what an upload told, and put what others told again in its place.

    When it is to be judged is noted with it, so that a killed process leaves nothing undone.
    """
    told.touch(session, user_id)
    told_of = told.tracks(session, user_id, upload_id)
    span = told.span(session, user_id, upload_id)
    if span is not None:
        changes.note(session, user_id, *stretches.around(*span))
    others = [
        row for row in told.told_again(session, user_id, upload_id) if row.upload_id != upload_id
    ]
    heirs, _ = tellings.best(Arriving.of(others))
    told.forget(session, user_id, upload_id)
    if len(heirs.told_at):
        arriving.bring(session, user_id, tellings.judged_alone(heirs))
        arriving.keep(session, user_id, heirs, Compared())
        arriving.forget_again(session)
    descriptions.forget_unheld(session, user_id, told_of)
