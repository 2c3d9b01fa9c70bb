"""Who is asked for what, in which order, and how often they may be."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from ttt.found import Finding, Kind, Source, Wanted
from ttt.providers.registry import providers
from ttt.services import spotify_features
from ttt.services.context import Context
from ttt.settings.sources import SERVICES
from ttt.store import service_state

OTHER_MEASURES = frozenset({Source.DEEZER, Source.LASTFM})
_SPOTIFY_BATCH = 100


def order(context: Context, kind: Kind) -> tuple[Source, ...]:
    """Sources of a kind as they are asked and believed."""
    return tuple(Source(name) for name in context.settings.providers_of(kind.value))


def belief(context: Context) -> dict[Kind, tuple[Source, ...]]:
    """The order of every kind."""
    return {kind: order(context, kind) for kind in Kind}


def before(context: Context, source: Source, kind: Kind) -> tuple[Source, ...]:
    """Sources of a kind that are believed more than this one."""
    ordered = order(context, kind)
    return ordered[: ordered.index(source)]


def plan(context: Context) -> list[tuple[Kind, Source]]:
    """Every request that can be made over a network, in order; the catalogue needs none."""
    off = why_off(context)
    return [
        (kind, source)
        for kind in Kind
        for source in order(context, kind)
        if is_service(source) and source not in off
    ]


def usable(context: Context, session: Session, kind: Kind) -> list[Source]:
    """Sources of a kind that would answer now: on, and not to be left alone."""
    return [
        source
        for planned, source in plan(context)
        if planned is kind and blocked_until(context, session, source) is None
    ]


def why_off(context: Context) -> dict[Source, str]:
    """Sources that cannot be asked at all, each with the reason in words."""
    return {
        source: provider.why_off
        for source, provider in providers(context.settings).items()
        if provider.why_off is not None
    }


def service(context: Context, source: Source) -> str:
    """Name under which limits of a source are kept; Spotify's are those of the app used."""
    if source is Source.SPOTIFY:
        return f"spotify features:{context.settings.client_id}"
    return source.value


def rate(context: Context, source: Source) -> float:
    """Requests a second that a source may get, 0 for one that needs no request."""
    return context.settings.rate(source) if is_service(source) else 0


def budget(context: Context, source: Source) -> int:
    """Requests a day that a source may get."""
    return context.settings.daily_budget(source)


def batch(context: Context, source: Source) -> int:
    """Tracks that one request can ask about."""
    if source is Source.SPOTIFY:
        return _SPOTIFY_BATCH
    return providers(context.settings)[source].batch


def look_up(
    context: Context, source: Source, kind: Kind, wanted: Sequence[Wanted], user_id: int | None
) -> dict[str, Finding]:
    """One request to a source, on a person's behalf where it is Spotify; raises ProviderError."""
    if source is not Source.SPOTIFY:
        return providers(context.settings)[source].look_up(kind, wanted)
    return spotify_features.ask(context, [track.spotify_id for track in wanted], user_id)


def blocked_until(context: Context, session: Session, source: Source) -> datetime | None:
    """Until when a source is to be left alone, None when it may be asked."""
    block = service_state.block(session, service(context, source))
    return block.until if block is not None and block.until > context.now() else None


def is_service(source: Source) -> bool:
    """Whether a source is asked over the network."""
    return source.value in SERVICES
