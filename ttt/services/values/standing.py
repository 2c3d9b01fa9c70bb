"""How each source stands today, for the sources page and the doctor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from ttt import words
from ttt.found import Kind, Source
from ttt.models import ServiceDay
from ttt.services.context import Context
from ttt.services.explain import clock, clock_after
from ttt.services.spotify import clients
from ttt.services.values import limits, sources
from ttt.store.values import service_state


@dataclass(frozen=True, slots=True)
class Standing:
    """A source and its day; `why_off`, a sentence, is None while it is asked.

    `kinds` are what it is asked for or, while it is asked for nothing, could be asked for.
    """

    source: Source
    kinds: tuple[Kind, ...]
    why_off: str | None
    calls: int
    budget_left: int
    hits: int
    misses: int
    blocked_until: datetime | None
    last_error: str | None
    last_error_at: datetime | None

    @property
    def hit_rate(self) -> float | None:
        """Share of the tracks asked about today that it knew, None before the first."""
        asked = self.hits + self.misses
        return self.hits / asked if asked else None


def standings(context: Context) -> list[Standing]:
    """Every source that is asked over the network."""
    off = sources.why_off(context)
    with context.session() as session:
        days = {day.service: day for day in service_state.days(session, limits.today(context))}
        return [
            _standing(context, session, source, off.get(source), days)
            for source in filter(sources.is_service, Source)
        ]


def in_words(one: Standing) -> str:
    """How a source stands, in a line."""
    label = f"{one.source.label} as a source of values"
    if one.why_off is not None:
        return f"{label} is off: {one.why_off}"
    parts = [f"{label} is on: {words.counted(one.calls, 'call')} today, {one.budget_left:,} left"]
    if one.hit_rate is not None:
        parts.append(f"knew {words.share(one.hit_rate, 1)} of the tracks asked about")
    if one.blocked_until is not None:
        parts.append(f"left alone until {clock_after(one.blocked_until)}")
    said = f"{', '.join(parts)}."
    if one.last_error is None or one.last_error_at is None:
        return said
    return f"{said} Last error, {clock(one.last_error_at)}: {one.last_error}"


def only_catalogue(context: Context) -> bool:
    """Whether nobody is asked over a network, as with the demo Spotify unless settings say so."""
    return not clients.real(context) and not sources.plan(context)


def _standing(
    context: Context,
    session: Session,
    source: Source,
    why_off: str | None,
    days: Mapping[str, ServiceDay],
) -> Standing:
    service, budget = sources.service(context, source), sources.budget(context, source)
    day = days.get(service) or ServiceDay(service=service, day=limits.today(context))
    trouble = service_state.trouble(session, service)
    return Standing(
        source=source,
        kinds=_kinds(context, source),
        why_off=why_off,
        calls=day.calls,
        budget_left=max(0, budget - day.calls),
        hits=day.hits,
        misses=day.misses,
        blocked_until=limits.blocked_until(context, session, service, budget),
        last_error=None if trouble is None else trouble.last_error,
        last_error_at=None if trouble is None else trouble.last_error_at,
    )


def _kinds(context: Context, source: Source) -> tuple[Kind, ...]:
    given = tuple(kind for kind in Kind if kind in sources.kinds(context, source))
    return tuple(kind for kind in given if source in sources.order(context, kind)) or given
