"""Top tracks: one Spotify call a period, each answer kept as a snapshot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from sqlmodel import Session

from ttt.errors import NotConnected
from ttt.found import FoundTrack, Source
from ttt.models import TopSnapshot
from ttt.music import Period
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import spotify
from ttt.services.tracks import listing
from ttt.services.tracks.rows import Movement, TrackRow
from ttt.services.values import enrich, sources
from ttt.store.accounts import users
from ttt.store.spotify import snapshots
from ttt.store.spotify import spotify as spotify_store
from ttt.store.tracks import tracks

FRESH_FOR = timedelta(days=1)
_COMPARED = 30


@dataclass(frozen=True, slots=True)
class TopList:
    """Top tracks of a period; `taken_at` is None before the first refresh.

    `since` is when the snapshot was taken that the movements are measured from.
    """

    period: Period
    rows: tuple[TrackRow, ...] = ()
    taken_at: datetime | None = None
    since: datetime | None = None


def read(context: Context, person: Person) -> dict[Period, TopList]:
    """The newest lists of all periods, as they are stored."""
    with context.session() as session:
        return {period: _read(context, session, person, period) for period in Period}


def stale(context: Context, lists: Mapping[Period, TopList]) -> list[Period]:
    """Periods that were never refreshed, or longer than a day ago."""
    oldest = context.now() - FRESH_FOR
    return [p for p, top in lists.items() if top.taken_at is None or top.taken_at < oldest]


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
        newest = snapshots.newest_times(session)
        connected = spotify_store.connected_people(session, context.settings.client_id)
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
    source = Source.DEMO if context.settings.demo else Source.SPOTIFY
    with context.session() as session:
        users.touch(session, person.id)  # whoever disconnects or connects takes turns
        if spotify_store.listener(session, person.id) != listener:
            raise NotConnected
        track_ids = _save(context, session, found, source)
        snapshots.add(session, person.id, period, context.now(), track_ids)
        session.commit()


def _save(context: Context, session: Session, found: list[FoundTrack], source: Source) -> list[int]:
    ids = tracks.save(session, found, source, context.now())
    enrich.from_catalogue(context, session, ids)
    return list(dict.fromkeys(ids[track.spotify_id] for track in found))


def _read(context: Context, session: Session, person: Person, period: Period) -> TopList:
    taken = snapshots.latest(session, person.id, period, _COMPARED)
    if not taken:
        return TopList(period)
    newest, *earlier = taken
    ranks = snapshots.ranks(session, newest)
    before = _last_different(session, ranks, earlier)
    rows = listing.rows(session, ranks, belief=sources.belief(context), user_id=person.id)
    return TopList(
        period,
        tuple(
            replace(rows[track_id], rank=rank, movement=_movement(track_id, rank, before))
            for track_id, rank in ranks.items()
        ),
        newest.taken_at,
        None if before is None else before.taken_at,
    )


@dataclass(frozen=True, slots=True)
class _Before:
    taken_at: datetime
    ranks: dict[int, int]


def _last_different(
    session: Session, ranks: Mapping[int, int], earlier: Iterable[TopSnapshot]
) -> _Before | None:
    # Two refreshes within minutes are the same list: measured from the second, nothing would
    # ever seem to move. So movements run from the last list that was another one.
    before = None
    for snapshot in earlier:
        before = _Before(snapshot.taken_at, snapshots.ranks(session, snapshot))
        if before.ranks != ranks:
            break
    return before


def _movement(track_id: int, rank: int, before: _Before | None) -> Movement | None:
    return None if before is None else Movement.between(before.ranks.get(track_id), rank)
