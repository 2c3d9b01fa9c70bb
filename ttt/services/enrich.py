"""Fills in what Spotify no longer says: asks providers in order, field by field.

A source is asked about a track for what no source that is believed as much or more knows, and
only when it was not asked lately: answers and misses are kept with a time to ask again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from sqlmodel import Session

from ttt.errors import ProviderError
from ttt.found import Finding, FoundFeatures, Kind, Source, Wanted
from ttt.models import Lookup
from ttt.providers.catalogue import OBSERVED_AT, Catalogue
from ttt.services import limits, sources
from ttt.services.context import Context
from ttt.store import tracks, users, values

_FEATURES = frozenset(f.name for f in fields(FoundFeatures)) - {"time_signature"}
_GIVES = {Source.DEEZER: frozenset({"tempo"})}
_HIT_LASTS = {
    Kind.FEATURES: timedelta(days=365),
    Kind.POPULARITY: timedelta(days=30),
    Kind.GENRES: timedelta(days=180),
}
_MISS_LASTS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a request: hits and misses, or why there was none."""

    hits: int = 0
    misses: int = 0
    trouble: ProviderError | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a list's tracks are still to be asked about."""

    total: int
    waiting: int


def from_catalogue(context: Context, session: Session, spotify_ids: Iterable[str]) -> None:
    """Save the catalogue's description, features and popularity of those tracks it knows."""
    catalogue = Catalogue.load(context.settings.catalogue_file)
    found = [track for i in spotify_ids if (track := catalogue.track(i)) is not None]
    tracks.save(session, found, Source.CATALOGUE, OBSERVED_AT)


def due(context: Context, source: Source, kind: Kind, spotify_ids: Iterable[str]) -> list[str]:
    """Spotify ids about which a source should be asked now."""
    with context.session() as session:
        ids = tracks.ids_of(session, spotify_ids)
        values.share_by_isrc(session, ids.values())
        session.commit()
        wanted = _due(context, session, source, kind, set(ids.values()))
    return sorted(spotify_id for spotify_id, track_id in ids.items() if track_id in wanted)


def ask(
    context: Context, source: Source, kind: Kind, spotify_ids: Iterable[str], user_id: int | None
) -> Asked:
    """Make one request about at most the provider's batch of tracks, and save what it brings.

    Values, misses and counts are saved in one transaction, so nothing is half-stored when the
    process dies. Nothing is raised: what went wrong is noted at the service and returned.
    """
    with context.session() as session:
        ids = tracks.ids_of(session, spotify_ids)
        wanted = values.wanted(session, _due(context, session, source, kind, set(ids.values())))
    if not wanted:
        return Asked()
    service = sources.service(context, source)
    try:
        limits.reserve_call(context, service, sources.budget(context, source))
    except ProviderError as error:
        return Asked(trouble=error)
    try:
        found = sources.look_up(context, source, kind, list(wanted.values()), user_id)
    except ProviderError as error:
        limits.note_failure(context, service, error)
        return Asked(trouble=error)
    return _save(context, source, kind, wanted, found)


def progress(context: Context, spotify_ids: Sequence[str]) -> Progress:
    """How far the list is: a track waits while any source is still to be asked about it."""
    waiting: set[int] = set()
    with context.session() as session:
        ids = set(tracks.ids_of(session, spotify_ids).values())
        for kind in Kind:
            for source in sources.usable(context, session, kind):
                waiting |= _due(context, session, source, kind, ids)
    return Progress(len(ids), len(waiting))


def listed_tracks(context: Context) -> list[str]:
    """Spotify ids of all tracks that stand in anybody's list or snapshot."""
    with context.session() as session:
        return tracks.listed(session)


def _due(
    context: Context, session: Session, source: Source, kind: Kind, track_ids: set[int]
) -> set[int]:
    lately = values.not_due(session, track_ids, source, kind, context.now())
    return track_ids - lately - _satisfied(context, session, source, kind, track_ids)


def _satisfied(
    context: Context, session: Session, source: Source, kind: Kind, track_ids: set[int]
) -> set[int]:
    """Tracks of which sources that are believed more know all that this one could say."""
    better = sources.before(context, source, kind)
    if kind is Kind.GENRES:
        return values.with_genres(session, track_ids, better)
    if kind is Kind.POPULARITY:
        own = source in sources.OTHER_MEASURES
        return set() if own else values.with_popularity(session, track_ids, better)
    known = values.known_features(session, track_ids, better)
    gives = _GIVES.get(source, _FEATURES)
    return {track_id for track_id, names in known.items() if gives <= names}


def _save(
    context: Context,
    source: Source,
    kind: Kind,
    wanted: Mapping[int, Wanted],
    found: Mapping[str, Finding],
) -> Asked:
    hits = {i: found[w.spotify_id] for i, w in wanted.items() if w.spotify_id in found}
    now = context.now()
    with context.session() as session:
        values.save(session, hits, source, now)
        lookups = [_lookup(i, source, kind, hits.get(i), now) for i in wanted]
        values.save_lookups(session, lookups)
        misses = len(wanted) - len(hits)
        limits.note_answer(context, session, sources.service(context, source), len(hits), misses)
        users.touch_holders(session, hits)
        session.commit()
    return Asked(len(hits), misses)


def _lookup(
    track_id: int, source: Source, kind: Kind, finding: Finding | None, now: datetime
) -> Lookup:
    lasts = _MISS_LASTS if finding is None else _HIT_LASTS[kind]
    return Lookup(
        track_id=track_id,
        source=source,
        kind=kind,
        found=finding is not None,
        provider_id=finding.provider_id if finding is not None else None,
        asked_at=now,
        ask_again_at=now + lasts,
    )
