"""How each source stands today, for the sources page and the doctor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session

from ttt.found import Kind, Source
from ttt.models import ServiceDay
from ttt.services import sources
from ttt.services.context import Context
from ttt.store import service_state


@dataclass(frozen=True, slots=True)
class Standing:
    """A source and its day; `why_off` is None while it is asked."""

    source: Source
    kinds: tuple[Kind, ...]
    why_off: str | None
    calls: int
    budget_left: int
    hits: int
    misses: int
    blocked_until: datetime | None
    last_error: str | None

    @property
    def hit_rate(self) -> float | None:
        """Share of the tracks asked about today that it knew, None before the first."""
        asked = self.hits + self.misses
        return self.hits / asked if asked else None


def standings(context: Context) -> list[Standing]:
    """Every source that is asked over the network."""
    today = context.now().astimezone(UTC).date()
    with context.session() as session:
        days = {day.service: day for day in service_state.days(session, today)}
        return [_standing(context, session, s, days) for s in Source if sources.is_service(s)]


def _standing(
    context: Context, session: Session, source: Source, days: Mapping[str, ServiceDay]
) -> Standing:
    service = sources.service(context, source)
    kinds = tuple(kind for kind in Kind if source in sources.order(context, kind))
    day = days.get(service, ServiceDay(service=service, day=context.now().date()))
    trouble = service_state.trouble(session, service)
    return Standing(
        source,
        kinds,
        _why_off(context, source, kinds),
        day.calls,
        max(0, sources.budget(context, source) - day.calls),
        day.hits,
        day.misses,
        sources.blocked_until(context, session, source),
        None if trouble is None else trouble.last_error,
    )


def _why_off(context: Context, source: Source, kinds: tuple[Kind, ...]) -> str | None:
    if not kinds:
        return "not in the lists of providers"
    return sources.why_off(context).get(source)
