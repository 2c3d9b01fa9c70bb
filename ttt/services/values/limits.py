"""What outside services allow: daily budgets, blocks they asked for, and rest after failures."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session

from ttt.errors import ProviderBlocked, ProviderError, ProviderRefused
from ttt.found import Source
from ttt.models import ServiceBlock
from ttt.services.context import Context
from ttt.services.explain import explain
from ttt.store import ahead
from ttt.store.values import service_state

_FAILURES_BEFORE_REST = 3
_FIRST_REST = timedelta(minutes=5)
_LONGEST_REST = timedelta(hours=6)
_MOST_DOUBLINGS = 7
_REFUSED_FOR = timedelta(days=1)
# An app that Spotify closed its audio features to does not get them back.
_SPOTIFY_REFUSED_FOR = timedelta(days=7)


def reserve_call(context: Context, source: str, service: str, budget: int) -> None:
    """Count a request before it is made; ProviderBlocked when it may not be made now."""
    with context.session() as session:
        block = _block(context, session, service)
        if block is not None:
            raise ProviderBlocked(source, block.until, block.quota)
        if not service_state.take_call(session, service, today(context), budget):
            raise ProviderBlocked(source, _tomorrow(context), quota=True)
        session.commit()


@contextmanager
def asking(context: Context, source: str, service: str, budget: int) -> Iterator[None]:
    """Round one request: it is counted before, and its failure is remembered.

    ProviderBlocked when it may not be made now.
    """
    reserve_call(context, source, service, budget)
    try:
        yield
    except ProviderError as error:
        with context.session() as session:
            note_failure(context, session, service, error)
            session.commit()
        raise


def blocked_until(context: Context, session: Session, service: str, budget: int) -> datetime | None:
    """Until when a service is left alone, for whatever reason; None when it may be asked."""
    block = _block(context, session, service)
    if block is not None:
        return block.until
    used_up = service_state.calls(session, service, today(context)) >= budget
    return _tomorrow(context) if used_up else None


def note_answer(context: Context, session: Session, service: str, hits: int, misses: int) -> None:
    """Count what a good answer brought; earlier failures no longer count."""
    service_state.count_answers(session, service, today(context), hits, misses)
    service_state.forget_failures(session, service)


def note_failure(context: Context, session: Session, service: str, error: ProviderError) -> None:
    """Remember a failure; a service that fails again and again is left alone for a while.

    The rest begins with the third failure in a row and doubles with each further one, up to six
    hours. One that refuses us rests for a day, Spotify for a week, and one that said how long is
    left alone for as long.
    """
    now = context.now()
    # Until when it is left alone is kept by itself.
    failures = service_state.add_failure(session, service, explain(error).what[:200], now)
    until = _rest(error, failures, now)
    if until is not None:
        quota = isinstance(error, ProviderBlocked) and error.quota
        block = ServiceBlock(service=service, until=until, quota=quota)
        service_state.extend_block(session, block)


def today(context: Context) -> date:
    """The UTC day that requests are counted for."""
    return context.now().astimezone(UTC).date()


def _block(context: Context, session: Session, service: str) -> ServiceBlock | None:
    block = service_state.block(session, service)
    if block is None or ahead.blocks(block.until, context.now()):
        return block
    # Or one that a wrong clock wrote would stand where the next is kept: the longer of the two.
    session.delete(block)
    return None


def _rest(error: ProviderError, failures: int, now: datetime) -> datetime | None:
    if isinstance(error, ProviderBlocked):
        return error.until
    if isinstance(error, ProviderRefused):
        return now + (_SPOTIFY_REFUSED_FOR if error.source == Source.SPOTIFY else _REFUSED_FOR)
    if failures < _FAILURES_BEFORE_REST:
        return None
    doublings = min(failures - _FAILURES_BEFORE_REST, _MOST_DOUBLINGS)
    return now + min(_FIRST_REST * (1 << doublings), _LONGEST_REST)


def _tomorrow(context: Context) -> datetime:
    return datetime.combine(today(context) + timedelta(days=1), time(), UTC)
