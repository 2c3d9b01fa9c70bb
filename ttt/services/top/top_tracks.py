"""Top tracks: one Spotify call a period, each answer kept as a snapshot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from sqlmodel import Session

from ttt.errors import NotConnected, UnexpectedAnswer
from ttt.found import Source, TrackPage
from ttt.music import Period
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import clients, lookup, spotify
from ttt.services.top.ranking import Ranking, last_different, movement
from ttt.services.tracks import listing
from ttt.services.tracks.rows import TrackRow
from ttt.services.values import enrich, sources
from ttt.store import ahead
from ttt.store.accounts import users
from ttt.store.spotify import snapshots
from ttt.store.spotify import spotify as spotify_store
from ttt.store.tracks import tracks

FRESH_FOR = timedelta(days=1)
_COMPARED = 30


@dataclass(frozen=True, slots=True)
class TopList:
    """Top tracks of a period; `taken_at` is None before the first refresh.

    `since` is when the snapshot was taken that the movements are measured from. Of the `length`
    ranks that Spotify has, `unread` ones could not be read.
    """

    period: Period
    rows: tuple[TrackRow, ...] = ()
    taken_at: datetime | None = None
    since: datetime | None = None
    length: int = 0
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """How many lists are kept of somebody, and since when."""

    count: int
    since: datetime | None


def kept(context: Context, person: Person) -> Kept:
    """What disconnecting would delete."""
    with context.session() as session:
        times = [at for _, at in snapshots.times(session, person.id)]
    return Kept(len(times), min(times, default=None))


def read(context: Context, person: Person) -> dict[Period, TopList]:
    """The newest lists of all periods, as they are stored."""
    with context.session() as session:
        return {period: _read(context, session, person, period) for period in Period}


def between(
    context: Context, person: Person, period: Period, since: datetime, until: datetime
) -> TopList:
    """The last list that was kept in a stretch of time; without rows where none was."""
    with context.session() as session:
        found = snapshots.last_between(session, person.id, period, since, until)
        if found is None:
            return TopList(period)
        ranks = Ranking.of(found.taken_at, snapshots.places(session, found))
        belief = sources.belief(context)
        known = listing.rows(session, ranks.ranks, belief=belief, user_id=person.id)
    rows = tuple(replace(known[i], rank=rank) for i, rank in ranks.ranks.items())
    unread = ranks.places.count(None)
    return TopList(period, rows, found.taken_at, None, len(ranks.places), unread)


def stale(context: Context, lists: Mapping[Period, TopList]) -> list[Period]:
    """Periods that were never refreshed, or longer than a day ago."""
    now = context.now()
    return [
        period
        for period, top in lists.items()
        if top.taken_at is None or not now - FRESH_FOR <= top.taken_at <= ahead.not_yet(now)
    ]


def refresh(context: Context, person: Person, periods: Iterable[Period] = tuple(Period)) -> None:
    """Ask Spotify for each period, once; what came before a SpotifyError is kept."""
    for period in periods:
        _refresh(context, person, period)


def spotify_ids(context: Context, person: Person) -> list[str]:
    """Spotify ids of all tracks on the person's newest lists."""
    lists = read(context, person).values()
    uris = dict.fromkeys(row.uri for top in lists for row in top.rows)
    return [uri.rpartition(":")[2] for uri in uris]


def people_due(context: Context) -> list[int]:
    """Connected people whose daily snapshot is due; each has a minute of the day of their own."""
    now = context.now().astimezone(UTC)
    with context.session() as session:
        newest = snapshots.newest_times(session, now)
        connected = clients.connected_people(context, session)
    return [
        user_id
        for user_id in connected
        if any(_missed(newest.get((user_id, p)), _last_slot(user_id, now)) for p in Period)
    ]


def _missed(taken_at: datetime | None, slot: datetime) -> bool:
    return taken_at is None or taken_at < slot


def _last_slot(user_id: int, now: datetime) -> datetime:
    # Spread over the day by a multiplicative hash, so that not everybody is asked at midnight.
    minute = user_id * 2_654_435_761 % (24 * 60)
    today = datetime.combine(now.date(), time(), UTC) + timedelta(minutes=minute)
    return today if today <= now else today - timedelta(days=1)


def _refresh(context: Context, person: Person, period: Period) -> None:
    with context.session() as session:
        listener = spotify_store.listener(session, person.id)
    found = spotify.call(context, person, lambda client: client.top_tracks(period))
    if found.rows and not found.tracks:
        raise UnexpectedAnswer  # what is there already says more
    source = lookup.source(context, person)
    with context.session() as session:
        users.touch(session, person.id)  # whoever disconnects or connects takes turns
        if spotify_store.listener(session, person.id) != listener:
            raise NotConnected
        places = _save(context, session, found, source)
        snapshots.add(session, person.id, period, context.now(), places)
        session.commit()


def _save(context: Context, session: Session, found: TrackPage, source: Source) -> list[int | None]:
    ids = tracks.save(session, found.tracks, source, context.now())
    enrich.from_catalogue(context, session, ids)
    return [None if track is None else ids[track.spotify_id] for track in found.rows]


def _read(context: Context, session: Session, person: Person, period: Period) -> TopList:
    taken = snapshots.latest(session, person.id, period, _COMPARED, context.now())
    if not taken:
        return TopList(period)
    newest, *earlier = taken
    now = Ranking.of(newest.taken_at, snapshots.places(session, newest))
    older = (Ranking.of(one.taken_at, snapshots.places(session, one)) for one in earlier)
    before = last_different(now, older)
    rows = listing.rows(session, now.ranks, belief=sources.belief(context), user_id=person.id)
    return TopList(
        period,
        tuple(
            replace(rows[track_id], rank=rank, movement=movement(track_id, rank, before))
            for track_id, rank in now.ranks.items()
        ),
        newest.taken_at,
        None if before is None else before.taken_at,
        len(now.places),
        now.places.count(None),
    )
