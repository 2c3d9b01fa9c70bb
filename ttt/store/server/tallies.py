"""What the database knows of how things stand, as numbers."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Engine, func, select, text
from sqlmodel import Session, col

from ttt.models import HistoryUpload, Recorder, User
from ttt.store.engine import connect

_ENDED_WELL = ("SUCCESS", "CANCELLED")


def jobs(url: str) -> Mapping[tuple[str, str], int]:
    """Jobs that wait, run or failed, by queue and state of DBOS."""
    engine = connect(url)
    well = ", ".join(f"'{state}'" for state in _ENDED_WELL)
    with engine.connect() as connection:
        found = connection.execute(
            text(
                f"SELECT coalesce(queue_name, ''), status, count(*) FROM {_table(engine)}"
                f" WHERE status NOT IN ({well}) GROUP BY 1, 2"
            )
        )
        return {(queue, state): count for queue, state, count in found}


def oldest_jobs(url: str) -> Mapping[str, float]:
    """Since when (Unix seconds) the oldest job of each queue waits for somebody to begin it."""
    engine = connect(url)
    since = (
        "CASE WHEN delay_until_epoch_ms > created_at THEN delay_until_epoch_ms ELSE created_at END"
    )
    with engine.connect() as connection:
        found = connection.execute(
            text(
                f"SELECT coalesce(queue_name, ''), min({since}) FROM {_table(engine)}"
                " WHERE status = 'ENQUEUED' GROUP BY 1"
            )
        )
        return {queue: milliseconds / 1000 for queue, milliseconds in found}


def _table(engine: Engine) -> str:
    """Where DBOS keeps jobs."""
    return "workflow_status" if engine.dialect.name == "sqlite" else "dbos.workflow_status"


def uploads(session: Session) -> Mapping[str, int]:
    """Files with plays by state."""
    state = col(HistoryUpload.state)
    found = session.execute(select(state, func.count()).group_by(state))
    return {name: count for name, count in found}  # noqa: C416  # rows are no pairs for mypy


def recorders_due(
    session: Session, kinds: Sequence[str], now: datetime
) -> tuple[int, datetime | None]:
    """How many recorders of enabled accounts are late, and since when the latest of them is."""
    next_at = col(Recorder.next_at)
    found = (
        select(func.count(), func.min(next_at))
        .join(User, col(User.id) == Recorder.user_id)
        .where(next_at < now, col(Recorder.kind).in_(kinds), col(User.disabled_at).is_(None))
    )
    count, oldest = session.execute(found).one()
    return count, oldest


def pool(engine: Engine) -> int:
    """Connections to the database that are in use."""
    return int(getattr(engine.pool, "checkedout", lambda: 0)())
