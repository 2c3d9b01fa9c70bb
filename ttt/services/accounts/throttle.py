"""Waits after failed tries: counted by name and by address, in the database for all processes."""

import ipaddress
from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlmodel import Session

from ttt.errors import TooManyTries
from ttt.models import FailedTry
from ttt.services.context import Context
from ttt.store.doors import tries

Door = Literal[
    "password",
    "current password",
    "second factor",
    "reset",
    "invitation",
    "registration",
    "openid",
    "spotify",
    "player token",
    "recap link",
]
FREE_BY_NAME = 5
FREE_BY_ADDRESS = 20  # people share addresses
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
WINDOW = timedelta(hours=24)


def count(context: Context, door: Door, name: str, address: str | None) -> FailedTry:
    """Count a try as failed before anything is checked; TooManyTries while one has to wait.

    Counting first keeps tries side by side from passing the limit; `forgive` takes a success
    out again. Who knocks while waiting is not counted, so a wait does not grow by it.
    """
    failure = FailedTry(
        door=door,
        name_hash=tries.hash_of(name),
        address=None if address is None else network(address),
        at=context.now(),
    )
    with context.session() as session:
        _require_no_wait(context, session, failure)
        # Committed before it is counted again, or tries side by side would not see each other.
        tries.add(session, failure)
        session.commit()
        try:
            _require_no_wait(context, session, failure)
        except TooManyTries:
            session.delete(failure)
            session.commit()
            raise
    return failure


def forgive(context: Context, session: Session, failure: FailedTry) -> None:
    """Forget the tries for a name that turned out to be right; part of the caller's transaction."""
    tries.forget(session, failure)
    tries.delete_old(session, context.now() - WINDOW)


def starts_wait(context: Context, session: Session, failure: FailedTry) -> bool:
    """Whether a try that did fail makes the next one wait."""
    (by_name, _), (by_address, _) = tries.standing(session, failure, context.now() - WINDOW)
    return by_name >= FREE_BY_NAME or by_address >= FREE_BY_ADDRESS


def _require_no_wait(context: Context, session: Session, failure: FailedTry) -> None:
    now = context.now()
    by_name, by_address = tries.standing(session, failure, now - WINDOW)
    until = max(_until(*by_name, FREE_BY_NAME), _until(*by_address, FREE_BY_ADDRESS))
    if until > now:
        raise TooManyTries(until)


def _until(failures: int, newest: datetime | None, free: int) -> datetime:
    """When the wait after so many failures is over: it doubles with each that is not free."""
    if newest is None or failures <= free:
        return datetime.min.replace(tzinfo=UTC)
    doublings = min(failures - free - 1, 10)  # more would be longer than any wait
    return newest + min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def network(address: str) -> str:
    """What one visitor can choose addresses from: with IPv6 a whole /64."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(parsed), 64), strict=False))
