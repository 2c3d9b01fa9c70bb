"""Waits after failed tries: counted by name and by address, in the database for all processes."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from sqlmodel import Session

from ttt.errors import TooManyTries
from ttt.models import FailedTry
from ttt.services.context import Context
from ttt.store import tries

Door = Literal["password", "second factor", "reset", "invitation", "registration", "openid"]
TRIES = 10
WINDOW = timedelta(minutes=5)


def count(context: Context, door: Door, name: str, address: str | None) -> FailedTry:
    """Count a try as failed before anything is checked; TooManyTries while one has to wait.

    Counting first keeps tries side by side from passing the limit; `forgive` takes a success
    out again.
    """
    now = context.now()
    name_hash = hashlib.sha256(name.encode()).hexdigest()
    failure = FailedTry(door=door, name_hash=name_hash, address=address, at=now)
    with context.session() as session:
        # Committed before it is counted, or tries side by side would not see each other.
        tries.add(session, failure)
        session.commit()
        times = tries.times(session, failure, now - WINDOW)
        blocked_until = max((_until(t) for t in times if len(t) > TRIES), default=None)
        if blocked_until is not None:
            session.delete(failure)  # a wait does not grow by knocking
            session.commit()
            raise TooManyTries(blocked_until)
    return failure


def forgive(context: Context, session: Session, failure: FailedTry) -> None:
    """Forget the tries for a name that turned out to be right; part of the caller's transaction."""
    tries.forget(session, failure, context.now() - WINDOW)


def _until(newest_first: Sequence[datetime]) -> datetime:
    return newest_first[TRIES] + WINDOW
