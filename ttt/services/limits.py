"""What outside services allow: daily budgets, blocks they asked for, and rest after failures."""

from datetime import UTC, datetime, time, timedelta

from sqlmodel import Session

from ttt.errors import ProviderBlocked, ProviderError, ProviderRefused
from ttt.models import ServiceBlock, ServiceTrouble
from ttt.services.context import Context
from ttt.services.explain import explain
from ttt.store import service_state

_FAILURES_BEFORE_REST = 3
_FIRST_REST = timedelta(minutes=5)
_LONGEST_REST = timedelta(hours=6)
_REFUSED_FOR = timedelta(days=7)


def reserve_call(context: Context, service: str, budget: int) -> None:
    """Count a request before it is made; ProviderBlocked when it may not be made now."""
    now = context.now()
    with context.session() as session:
        block = service_state.block(session, service)
        if block is not None and block.until > now:
            raise ProviderBlocked(service, block.until, block.quota)
        if not service_state.take_call(session, service, now.astimezone(UTC).date(), budget):
            raise ProviderBlocked(service, _next_day(now), quota=True)
        session.commit()


def note_answer(context: Context, session: Session, service: str, hits: int, misses: int) -> None:
    """Count what a good answer brought, and forget earlier failures."""
    day = context.now().astimezone(UTC).date()
    service_state.count_answers(session, service, day, hits, misses)
    service_state.delete_trouble(session, service)


def note_failure(context: Context, service: str, error: ProviderError) -> None:
    """Remember a failure; a service that fails again and again is left alone for a while.

    The rest doubles with each further failure, up to six hours; one that refuses us rests for
    a week, and one that said how long is left alone for as long.
    """
    now = context.now()
    with context.session() as session:
        before = service_state.trouble(session, service)
        failures = 1 + (before.failures if before is not None else 0)
        service_state.save_trouble(
            session,
            ServiceTrouble(
                service=service,
                failures=failures,
                last_error=str(explain(error))[:200],
                last_error_at=now,
            ),
        )
        until = _rest(error, failures, now)
        if until is not None:
            quota = isinstance(error, ProviderBlocked) and error.quota
            block = ServiceBlock(service=service, until=until, quota=quota)
            service_state.save_block(session, block)
        session.commit()


def _rest(error: ProviderError, failures: int, now: datetime) -> datetime | None:
    if isinstance(error, ProviderBlocked):
        return error.until
    if isinstance(error, ProviderRefused):
        return now + _REFUSED_FOR
    if failures < _FAILURES_BEFORE_REST:
        return None
    doublings = min(failures - _FAILURES_BEFORE_REST, 10)
    return now + min(_FIRST_REST * int(2**doublings), _LONGEST_REST)


def _next_day(now: datetime) -> datetime:
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)
