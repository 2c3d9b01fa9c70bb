"""What records plays, and when each is due."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, and_, col, delete, or_, select, update

from ttt.models import Recorder, User
from ttt.store import ahead

SPOTIFY = "spotify"
OFF = "off"
"""In the place of an error: its owner wants it so."""


def get(session: Session, recorder_id: int) -> Recorder | None:
    """A recorder as it stands."""
    query = select(Recorder).where(Recorder.id == recorder_id)
    return session.exec(query.execution_options(populate_existing=True)).one_or_none()


def of_user(session: Session, user_id: int) -> Sequence[Recorder]:
    """Somebody's recorders, the oldest first."""
    query = select(Recorder).where(Recorder.user_id == user_id)
    return session.exec(query.order_by(col(Recorder.id))).all()


def add(session: Session, recorder: Recorder) -> int:
    """Keep a new recorder; return its id."""
    session.add(recorder)
    session.flush()
    return recorder.id


def change(session: Session, recorder_id: int, **values: Any) -> None:
    """Set columns of a recorder."""
    changed = update(Recorder).where(col(Recorder.id) == recorder_id).values(**values)
    session.exec(changed.execution_options(synchronize_session=False))


def remove(session: Session, user_id: int, recorder_id: int) -> bool:
    """Forget one of somebody's recorders, and say whether it was there; what it recorded stays."""
    gone = delete(Recorder).where(col(Recorder.id) == recorder_id, col(Recorder.user_id) == user_id)
    return session.exec(gone).rowcount == 1


def without(session: Session, user_ids: Sequence[int]) -> list[int]:
    """Which of these people have no recorder of Spotify's list."""
    query = select(Recorder.user_id).where(Recorder.kind == SPOTIFY)
    there = set(session.exec(query))
    return [user_id for user_id in user_ids if user_id not in there]


def due(session: Session, kinds: Sequence[str], now: datetime) -> list[tuple[int, int]]:
    """Recorders whose time has come, of enabled accounts: id and user id, longest due first."""
    query = (
        select(Recorder.id, Recorder.user_id)
        .join(User, col(User.id) == Recorder.user_id)
        .where(
            col(Recorder.kind).in_(kinds),
            or_(
                col(Recorder.next_at) <= now,
                col(Recorder.next_at) > now + ahead.LONGEST_BLOCK,
                and_(
                    col(Recorder.next_at).is_not(None),
                    col(Recorder.asked_at) > ahead.not_yet(now),
                ),
            ),
            col(User.disabled_at).is_(None),
        )
        .order_by(col(Recorder.next_at), col(Recorder.id))
    )
    found = session.exec(query)
    return [(i, user_id) for i, user_id in found]  # pairs, as jobs keep them


def is_due(recorder: Recorder, now: datetime) -> bool:
    """Whether a recorder's time has come, or lies where no clock but a wrong one put it."""
    if recorder.next_at is None:
        return False
    asked_at = recorder.asked_at
    wrong = asked_at is not None and asked_at > ahead.not_yet(now)
    return wrong or not now < recorder.next_at <= now + ahead.LONGEST_BLOCK


def asked_at(recorder: Recorder, now: datetime) -> datetime | None:
    """When it looked last, by a clock that was right."""
    return recorder.asked_at if recorder.asked_at is None else min(recorder.asked_at, now)


def ended(session: Session, kind: str) -> Sequence[Recorder]:
    """Recorders whose authorization is over."""
    query = select(Recorder).where(Recorder.kind == kind, col(Recorder.ended_at).is_not(None))
    return session.exec(query).all()


def leave(session: Session, user_id: int) -> None:
    """Forget whose Spotify was recorded, as it is connected no longer; what was recorded stays.

    Whether its owner wants it recorded is kept, and the time until the next look is no gap.
    """
    left = (
        update(Recorder)
        .where(col(Recorder.user_id) == user_id, col(Recorder.kind) == SPOTIFY)
        .values(account="", next_at=None, newest_at=None, asked_at=None, ended_at=None, failures=0)
    )
    session.exec(left.execution_options(synchronize_session=False))


def count_anew(session: Session, user_id: int) -> None:
    """Count the plays of somebody's Spotify from none, as those that were recorded are deleted."""
    mine = col(Recorder.user_id) == user_id, col(Recorder.kind) == SPOTIFY
    anew = update(Recorder).where(*mine).values(plays=0)
    session.exec(anew.execution_options(synchronize_session=False))


def revive(session: Session, user_id: int, now: datetime) -> None:
    """Let a person's Spotify be recorded again from now on, unless they turned that off."""
    ended = (
        update(Recorder)
        .where(
            col(Recorder.user_id) == user_id,
            col(Recorder.kind) == SPOTIFY,
            or_(col(Recorder.error).is_(None), Recorder.error != OFF),
        )
        .values(next_at=now, failures=0, error=None, warned_days=None)
    )
    session.exec(ended.execution_options(synchronize_session=False))
