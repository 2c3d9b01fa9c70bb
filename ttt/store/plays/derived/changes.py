"""Times in which other plays are told than were judged: noted with the plays themselves."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session, col, delete, select, update

from ttt.models import PlayChange
from ttt.store.membership import is_among


class Change(NamedTuple):
    """From when to when, in seconds and both included; `judged` when its stretch of time was."""

    id: int
    since: int
    until: int
    judged: bool


def note(session: Session, user_id: int, since: int, until: int) -> None:
    """Keep that somebody's plays changed between two times."""
    session.add(PlayChange(user_id=user_id, since=since, until=until))
    session.flush()


def of_user(session: Session, user_id: int) -> list[Change]:
    """What has changed since all of somebody's plays were judged together, the oldest first."""
    query = select(PlayChange).where(PlayChange.user_id == user_id).order_by(col(PlayChange.id))
    return [Change(c.id, c.since, c.until, c.judged) for c in session.exec(query)]


def set_judged(session: Session, changes: Sequence[Change]) -> None:
    """Note that the stretches of these changes were judged, in one row for all of them."""
    if not changes:
        return
    session.exec(update(PlayChange).where(col(PlayChange.id) == changes[0].id).values(judged=True))
    # Players send a play every few minutes: a row each would be read again with each of them.
    forget(session, changes[1:])


def forget(session: Session, changes: Sequence[Change]) -> None:
    """Forget changes, as everything was judged."""
    ids = [change.id for change in changes]
    session.exec(delete(PlayChange).where(is_among(session, PlayChange.id, ids)))


def people_waiting(session: Session, share: int, shares: int) -> list[int]:
    """Whose changes were not judged, of those whose number leaves this rest among the shares."""
    query = (
        select(PlayChange.user_id)
        .where(~col(PlayChange.judged), col(PlayChange.user_id) % shares == share)
        .distinct()
        .order_by(col(PlayChange.user_id))
    )
    return list(session.exec(query))


def shares_waiting(session: Session, shares: int) -> list[int]:
    """Among so many shares, those with people whose changes were not judged."""
    share = col(PlayChange.user_id) % shares
    return list(session.exec(select(share).where(~col(PlayChange.judged)).distinct()))


def people(session: Session) -> list[int]:
    """Whose plays changed since all of them were judged together."""
    query = select(PlayChange.user_id).distinct().order_by(col(PlayChange.user_id))
    return list(session.exec(query))
