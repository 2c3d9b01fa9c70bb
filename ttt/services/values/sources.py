"""Who is asked for what, in which order, and how often they may be."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from ttt.found import Finding, Kind, Source, Wanted
from ttt.providers.values.protocol import Provider
from ttt.providers.values.registry import providers
from ttt.services.context import Context
from ttt.services.keys.vault import fingerprint
from ttt.services.spotify import clients
from ttt.services.values import limits, spotify_features
from ttt.settings.sources import SERVICES

# Their answers for popularity are measures of their own: rank, listeners, playcount.
OTHER_MEASURES = frozenset({Source.DEEZER, Source.LASTFM})
# Who knows a recording under any of its Spotify ids.
BY_ISRC = frozenset({Source.DEEZER, Source.MUSICBRAINZ})
_BY_NAME = frozenset({Source.LASTFM})
# Who has an address for each kind; the others tell all they know in one answer.
_KIND_BY_KIND = frozenset({Source.SPOTIFY, Source.RECCOBEATS})


Belief = dict[Kind, tuple[Source, ...]]


def order(context: Context, kind: Kind) -> tuple[Source, ...]:
    """Sources of a kind as they are asked and believed."""
    return belief(context)[kind]


def belief(context: Context) -> Belief:
    """The order of every kind."""
    settings = clients.settings(context)
    return {kind: tuple(map(Source, settings.providers_of(kind.value))) for kind in Kind}


def before(context: Context, source: Source, kind: Kind) -> tuple[Source, ...]:
    """Sources of a kind that are believed more than this one."""
    ordered = order(context, kind)
    return ordered[: ordered.index(source)]


def plan(context: Context) -> list[tuple[Kind, Source]]:
    """Everything that can be asked over a network, in order; the catalogue needs no request."""
    ordered = belief(context)
    off = _all_off(context, ordered)
    return [
        (kind, source)
        for kind in Kind
        for source in ordered[kind]
        if is_service(source) and kind in kinds(context, source) and source not in off
    ]


def services(context: Context) -> list[Source]:
    """Services that stand among the providers, whether they can be asked now or not."""
    ordered = belief(context)
    return [s for s in Source if is_service(s) and any(s in ordered[kind] for kind in Kind)]


def usable(context: Context, session: Session) -> list[tuple[Kind, Source]]:
    """What of the plan can be asked now: who is not to be left alone."""
    planned = plan(context)
    blocked = {s for _, s in planned if blocked_until(context, session, s) is not None}
    return [(kind, source) for kind, source in planned if source not in blocked]


def why_off(context: Context) -> dict[Source, str]:
    """Services that cannot be asked at all, each with the reason in a sentence."""
    return _all_off(context, belief(context))


def kinds(context: Context, source: Source) -> frozenset[Kind]:
    """What a source can be asked for; Spotify's popularity comes with its tracks or not at all."""
    if source is Source.SPOTIFY:
        return frozenset({Kind.FEATURES})
    return _provider(context, source).kinds


def told_with(context: Context, source: Source, kind: Kind) -> frozenset[Kind]:
    """Kinds that one answer of a source is for."""
    if source in _KIND_BY_KIND:
        return frozenset({kind})
    return frozenset(k for k in kinds(context, source) if source in order(context, k))


def can_name(source: Source, track: Wanted) -> bool:
    """Whether enough is known of a track to ask a source about it."""
    if source in BY_ISRC:
        return track.isrc is not None
    return source not in _BY_NAME or bool(track.title and track.artist)


def service(context: Context, source: Source, user_id: int | None = None) -> str:
    """Name under which limits of a source are kept: they belong to the app or key in use.

    `user_id` is on whose behalf it is asked, where that makes a difference.
    """
    if source is Source.SPOTIFY:
        return spotify_features.service(context, user_id)
    if source is Source.LASTFM:
        return f"lastfm:{fingerprint(context.settings.lastfm_key.get_secret_value())[:8]}"
    return source.value


def rate(context: Context, source: Source) -> float:
    """Requests a second that a service may get."""
    return context.settings.rate(source)


def together(context: Context, source: Source) -> int:
    """Requests of about a second, which are made one after the other."""
    return max(1, int(rate(context, source)))


def budget(context: Context, source: Source) -> int:
    """Requests a day that a service may get."""
    return context.settings.daily_budget(source)


def batch(context: Context, source: Source) -> int:
    """Tracks that one request can ask about."""
    if source is Source.SPOTIFY:
        return spotify_features.BATCH
    return _provider(context, source).batch


def look_up(
    context: Context, source: Source, kind: Kind, wanted: Sequence[Wanted], user_id: int | None
) -> dict[str, Finding]:
    """One request to a source, on a person's behalf where it is Spotify; raises ProviderError."""
    if source is not Source.SPOTIFY:
        return _provider(context, source).look_up(kind, wanted)
    return spotify_features.ask(context, [track.spotify_id for track in wanted], user_id)


def blocked_until(context: Context, session: Session, source: Source) -> datetime | None:
    """Until when a service is left alone, None when it may be asked."""
    name = service(context, source)
    return limits.blocked_until(context, session, name, budget(context, source))


def is_service(source: Source) -> bool:
    """Whether a source is asked over the network."""
    return source.value in SERVICES


def _all_off(context: Context, ordered: Belief) -> dict[Source, str]:
    reasons = {source: _why_off(context, source, ordered) for source in filter(is_service, Source)}
    return {source: reason for source, reason in reasons.items() if reason is not None}


def _why_off(context: Context, source: Source, ordered: Belief) -> str | None:
    if not any(source in ordered[kind] for kind in kinds(context, source)):
        return "It is not among the providers in the settings."
    if budget(context, source) == 0:
        return "Its daily budget is 0."
    if source is Source.SPOTIFY:
        connected = spotify_features.can_ask(context)
        return None if connected else "Nobody has connected Spotify yet."
    return _provider(context, source).why_off


def _provider(context: Context, source: Source) -> Provider:
    return providers(context.settings, context.now)[source]
