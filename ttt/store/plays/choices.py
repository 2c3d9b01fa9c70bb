"""What people say of plays: what is hidden, and which tracks are one recording."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, select

from ttt.models import Hidden, Play, Recording
from ttt.store.upsert import replace_all, upsert


def hidden(session: Session, user_id: int) -> Sequence[Hidden]:
    """What somebody hides, the newest first."""
    query = select(Hidden).where(Hidden.user_id == user_id)
    return session.exec(query.order_by(col(Hidden.id).desc())).all()


def show(session: Session, user_id: int, hidden_id: int) -> bool:
    """Hide it no longer; False where somebody hides nothing of that id."""
    gone = delete(Hidden).where(col(Hidden.id) == hidden_id, col(Hidden.user_id) == user_id)
    return session.connection().execute(gone).rowcount == 1


def has_played(session: Session, user_id: int, track_ids: Sequence[int]) -> bool:
    """Whether somebody has played each of these tracks."""
    query = select(Play.track_id).where(
        Play.user_id == user_id, col(Play.track_id).in_(set(track_ids))
    )
    return set(session.exec(query.distinct())) == set(track_ids)


def decide(session: Session, user_id: int, counts_as: dict[int, int], at: datetime) -> None:
    """Keep as which track each counts, by somebody's own word."""
    rows = [
        {"user_id": user_id, "track_id": track_id, "counts_as": other, "decided_at": at}
        for track_id, other in counts_as.items()
    ]
    update = replace_all("counts_as", "decided_at")
    upsert(session, Recording, rows, ("user_id", "track_id"), update)


def release(session: Session, user_id: int, track_ids: Sequence[int]) -> None:
    """Let no other track count as one of these by somebody's word any more."""
    session.exec(
        delete(Recording).where(
            col(Recording.user_id) == user_id,
            col(Recording.counts_as).in_(set(track_ids)),
            col(Recording.track_id).not_in(set(track_ids)),
        )
    )
