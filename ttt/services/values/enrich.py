"""Fills in what Spotify no longer says: asks sources in order, field by field.

Answers and misses are kept with a time to ask again. What is asked, and in which steps, is the
business of whoever calls: one call of `ask` is one request.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from sqlmodel import Session

from ttt.errors import ProviderBlocked, ProviderError
from ttt.found import Finding, Kind, Source, Wanted
from ttt.models import Lookup
from ttt.providers.values.catalogue import OBSERVED_AT, Catalogue
from ttt.providers.values.protocol import answers
from ttt.services.context import Context
from ttt.services.explain import explain
from ttt.services.person import Person
from ttt.services.values import due, limits, sources
from ttt.services.values.asked import Asked
from ttt.store import locks
from ttt.store.accounts import users
from ttt.store.tracks import holdings, tracks
from ttt.store.values import values

_HIT_LASTS = {
    Kind.FEATURES: timedelta(days=365),
    Kind.POPULARITY: timedelta(days=30),
    Kind.GENRES: timedelta(days=180),
}
_MISS_LASTS = timedelta(days=14)
# The hourly sweep asks again about what a failed request was for.
_FAILURE_LASTS = timedelta(minutes=50)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a list's tracks are still to be asked about."""

    total: int
    waiting: int


def from_catalogue(context: Context, session: Session, spotify_ids: Iterable[str]) -> set[str]:
    """Save the catalogue's description and values of those tracks it knows; return their ids."""
    catalogue = Catalogue.load(context.settings.catalogue_file)
    found = [track for i in spotify_ids if (track := catalogue.track(i)) is not None]
    if found:
        tracks.save(session, found, Source.CATALOGUE, OBSERVED_AT)
    return {track.spotify_id for track in found}


def share(context: Context, spotify_ids: Iterable[str]) -> None:
    """Give tracks the values of the same recordings under other Spotify ids."""
    with context.session() as session:
        ids = tracks.ids_of(session, spotify_ids).values()
        if values.share(session, ids):
            users.touch_holders(session, ids)
        session.commit()


def due_batches(
    context: Context, kind: Kind, source: Source, spotify_ids: Iterable[str]
) -> list[list[str]]:
    """Spotify ids about which a source should be asked, by request."""
    with context.session() as session:
        known = _known(context, session, spotify_ids)
    wanted = due.once_a_recording(due.tracks(context, known, source, kind).values())
    size = sources.batch(context, source)
    ids = [track.spotify_id for track in wanted]
    return [ids[start : start + size] for start in range(0, len(ids), size)]


def ask(
    context: Context,
    kind: Kind,
    source: Source,
    spotify_ids: Iterable[str],
    user_id: int | None,
    rest: Callable[[float], object] | None = None,
) -> Asked:
    """Make one request about at most a batch of tracks, and save what it brings.

    Values, misses and counts are saved in one transaction, so nothing is half-stored when the
    process dies. All processes together make one request at a time to a service, and look first
    what another has brought meanwhile; with `rest`, which is given seconds, they keep to its rate.
    """
    if (kind, source) not in sources.plan(context):
        return Asked(trouble=f"{source.label} is not asked any more.", blocked=True)
    with locks.held(context.direct, source.value):
        began = monotonic()
        asked = _ask(context, kind, source, spotify_ids, user_id)
        if rest is not None and asked.requests:
            # Within the turn: portions that were held up would be made in a rush after it.
            rest(max(0.0, 1 / sources.rate(context, source) - (monotonic() - began)))
        return asked


def _ask(
    context: Context, kind: Kind, source: Source, spotify_ids: Iterable[str], user_id: int | None
) -> Asked:
    service = sources.service(context, source, user_id)
    with context.session() as session:
        known = _known(context, session, spotify_ids)
    wanted = due.tracks(context, known, source, kind)
    if not wanted:
        return Asked()
    try:
        limits.reserve_call(context, source, service, sources.budget(context, source))
    except ProviderBlocked as block:
        return Asked(trouble=str(explain(block)), blocked=True)
    try:
        found = sources.look_up(context, source, kind, list(wanted.values()), user_id)
    except ProviderError as error:
        return _failed(context, kind, source, service, wanted, error)
    return _save(context, kind, source, service, wanted, found)


def progress(context: Context, spotify_ids: Sequence[str]) -> Progress:
    """How far the list is: a track waits while any source is still to be asked about it."""
    with context.session() as session:
        known = _known(context, session, spotify_ids)
        return Progress(len(known.wanted), len(_waiting(context, session, known)))


def waiting(context: Context, person: Person | None = None) -> list[str]:
    """Spotify ids of the listed tracks, a person's or everybody's, that are to be asked about."""
    with context.session() as session:
        listed = holdings.listed(session, None if person is None else person.id)
        known = _known(context, session, listed)
        pending = _waiting(context, session, known)
    return [known.wanted[track_id].spotify_id for track_id in sorted(pending)]


def pending(context: Context, spotify_ids: Sequence[str]) -> list[str]:
    """Those of some tracks that are to be asked about, in the order in which they are given."""
    with context.session() as session:
        known = _known(context, session, spotify_ids)
        found = {known.wanted[i].spotify_id for i in _waiting(context, session, known)}
    return [spotify_id for spotify_id in spotify_ids if spotify_id in found]


def _known(context: Context, session: Session, spotify_ids: Iterable[str]) -> values.Known:
    ids = tracks.ids_of(session, spotify_ids)
    return values.known(session, ids.values(), context.now())


def _waiting(context: Context, session: Session, known: values.Known) -> set[int]:
    usable = sources.usable(context, session)
    return {i for kind, source in usable for i in due.tracks(context, known, source, kind)}


def _failed(
    context: Context,
    kind: Kind,
    source: Source,
    service: str,
    wanted: Mapping[int, Wanted],
    error: ProviderError,
) -> Asked:
    now, blocked = context.now(), isinstance(error, ProviderBlocked)
    with context.session() as session:
        limits.note_failure(context, session, service, error)
        if not blocked:
            there = values.still_there(session, wanted)
            lookups = [_lookup(i, source, kind, None, now, _FAILURE_LASTS) for i in there]
            values.postpone(session, lookups)
        session.commit()
    return Asked(1, trouble=str(explain(error)), blocked=blocked)


def _save(
    context: Context,
    kind: Kind,
    source: Source,
    service: str,
    wanted: Mapping[int, Wanted],
    found: Mapping[str, Finding],
) -> Asked:
    now = context.now()
    hits = sum(
        w.spotify_id in found and answers(found[w.spotify_id], kind) for w in wanted.values()
    )
    misses = len(wanted) - hits
    with context.session() as session:
        limits.note_answer(context, session, service, hits, misses)
        told = _with_twins(session, source, wanted, found)
        findings = {i: finding for i, finding in told.items() if finding is not None}
        values.save(session, findings, source, now)
        kinds = sources.told_with(context, source, kind)
        lookups = [_answered(i, source, k, f, now) for i, f in told.items() for k in kinds]
        values.save_lookups(session, lookups)
        users.touch_holders(session, findings)
        session.commit()
    return Asked(1, hits, misses)


def _with_twins(
    session: Session, source: Source, wanted: Mapping[int, Wanted], found: Mapping[str, Finding]
) -> dict[int, Finding | None]:
    """What was said of each track and, where it holds for them, of the same recordings."""
    twins = values.twins(session, {w.isrc for w in wanted.values() if w.isrc is not None})
    told: dict[int, Finding | None] = {}
    for track_id, track in wanted.items():
        finding = found.get(track.spotify_id)
        if track.isrc is not None and (finding is not None or source in sources.BY_ISRC):
            told |= {i: told.get(i) or finding for i in twins.get(track.isrc, ())}
        told[track_id] = finding or told.get(track_id)
    there = values.still_there(session, told)
    return {track_id: finding for track_id, finding in told.items() if track_id in there}


def _answered(
    track_id: int, source: Source, kind: Kind, finding: Finding | None, now: datetime
) -> Lookup:
    if finding is None or not answers(finding, kind):
        return _lookup(track_id, source, kind, None, now, _MISS_LASTS)
    return _lookup(track_id, source, kind, finding, now, _HIT_LASTS[kind])


def _lookup(
    track_id: int,
    source: Source,
    kind: Kind,
    finding: Finding | None,
    now: datetime,
    lasts: timedelta,
) -> Lookup:
    return Lookup(
        track_id=track_id,
        source=source,
        kind=kind,
        found=finding is not None,
        provider_id=None if finding is None else finding.provider_id,
        asked_at=now,
        ask_again_at=now + lasts,
    )
