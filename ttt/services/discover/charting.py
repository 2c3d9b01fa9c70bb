"""Lists of other services, kept as snapshots: fetched at most once a day, shown as last seen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from ttt import words
from ttt.found import Charted
from ttt.services.context import Context
from ttt.services.matching import matching, naming
from ttt.services.matching.matching import Named
from ttt.services.tracks.rows import Direction, Movement
from ttt.services.values import limits
from ttt.store import ahead, charts, locks
from ttt.store.values import service_state

FRESH_FOR = timedelta(days=1)
_COMPARED = 30
_KEPT_FOR = timedelta(days=90)
_TRY_AGAIN_AFTER = timedelta(minutes=10)
_Ranks = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Kept:
    """A list by its name, of everybody or a person, and the service that it comes from.

    `limits_name` is what its limits are kept under, `budget` its requests a day.
    """

    name: str
    source: str
    limits_name: str
    budget: int
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A place in a chart; `spotify_id` is None while no Spotify track is matched to it."""

    rank: int
    entry: Charted
    movement: Movement | None = None
    spotify_id: str | None = None

    @property
    def named(self) -> Named:
        """What to match."""
        return _named(self.entry)

    @property
    def uri(self) -> str | None:
        """Spotify URI of the matched track."""
        return f"spotify:track:{self.spotify_id}" if self.spotify_id else None


@dataclass(frozen=True, slots=True)
class ChartList:
    """A chart as it was last seen; `taken_at` is None where nothing was fetched.

    `since` is when the list was taken that movements are measured from. `trouble` says in words
    what went wrong at `trouble_at`, and `blocked_until` how long its service is left alone.
    """

    rows: tuple[ChartRow, ...] = ()
    taken_at: datetime | None = None
    since: datetime | None = None
    trouble: str | None = None
    trouble_at: datetime | None = None
    blocked_until: datetime | None = None


def takeaway(chart: ChartList) -> str:
    """What moved most, in a short sentence."""
    moved = [(row, row.movement) for row in chart.rows if row.movement is not None]
    new = [row for row, movement in moved if movement.direction is Direction.NEW]
    up = [(m.places, -row.rank, row) for row, m in moved if m.direction is Direction.UP]
    said = []
    if up:
        places, _, row = max(up, key=lambda climb: climb[:2])
        by = words.counted(places, "place")
        said.append(f"{row.entry.title} climbs {by} to {row.rank}")
    if new:
        said.append(f"{len(new)} new, first {new[0].entry.title} at {new[0].rank}")
    if said:
        return "; ".join(said)
    on_top = chart.rows[0].entry
    return f"{on_top.title} by {on_top.artist} is on top"


def read(context: Context, kept: Kept) -> ChartList:
    """The newest snapshot, as it is stored, and what is in the way of a newer one."""
    with context.session() as session:
        taken = charts.latest(session, kept.name, kept.user_id, _COMPARED, context.now())
        found = charts.entries(session, taken[0]) if taken else []
        ranks, since, before = _ranks(found), None, None
        for snapshot in taken[1:]:
            since, before = snapshot.taken_at, _ranks(charts.entries(session, snapshot))
            if before != ranks:
                break
        trouble = _trouble(session, kept)
        blocked = limits.blocked_until(context, session, kept.limits_name, kept.budget)
    matched = matching.remembered(context, [_named(entry) for entry in found])
    rows = tuple(
        ChartRow(rank, entry, _movement(entry, rank, before), matched.get(_named(entry)))
        for entry in found
        if (rank := entry.rank) is not None
    )
    said, at = trouble or (None, None)
    return ChartList(rows, taken[0].taken_at if taken else None, since, said, at, blocked)


def due(context: Context, kept: Kept) -> bool:
    """Whether the newest snapshot is older than a day, and its service may be asked now."""
    with context.session() as session:
        now = context.now()
        taken = charts.latest(session, kept.name, kept.user_id, 1, now)
        if taken and now - FRESH_FOR < taken[0].taken_at <= ahead.not_yet(now):
            return False
        trouble = _trouble(session, kept)
        if trouble is not None and now - _TRY_AGAIN_AFTER < trouble[1] <= ahead.not_yet(now):
            return False
        return limits.blocked_until(context, session, kept.limits_name, kept.budget) is None


def fetch(context: Context, kept: Kept, ask: Callable[[], Sequence[Charted]]) -> None:
    """Make one request and keep what it brings, unless another process just did.

    Raises the ProviderError that was in the way, after noting it.
    """
    with locks.held(context.direct, f"chart {kept.name} {kept.user_id or ''}".strip()):
        if not due(context, kept):
            return
        with limits.asking(context, kept.source, kept.limits_name, kept.budget):
            found = ask()
        _save(context, kept, found)
    matching.known(context, [_named(entry) for entry in found])


def _save(context: Context, kept: Kept, found: Sequence[Charted]) -> None:
    now = context.now()
    with context.session() as session:
        limits.note_answer(context, session, kept.limits_name, 0, 0)
        charts.add(session, kept.name, kept.user_id, now, found)
        charts.delete_before(session, kept.name, kept.user_id, now - _KEPT_FOR)
        session.commit()


def _trouble(session: Session, kept: Kept) -> tuple[str, datetime] | None:
    """The last failure, unless a good answer came since."""
    trouble = service_state.trouble(session, kept.limits_name)
    if trouble is None or not trouble.failures:
        return None
    return trouble.last_error, trouble.last_error_at


def _named(entry: Charted) -> Named:
    return Named(entry.title, entry.artist, entry.isrc)


def _key(entry: Charted) -> tuple[str, str]:
    return naming.title_key(entry.title), naming.artist_key(entry.artist)


def _ranks(found: Sequence[Charted]) -> _Ranks:
    ranks: dict[tuple[str, str], int] = {}
    for entry in found:
        if entry.rank is not None:
            ranks.setdefault(_key(entry), entry.rank)
    return ranks


def _movement(entry: Charted, rank: int, before: _Ranks | None) -> Movement | None:
    return None if before is None else Movement.between(before.get(_key(entry)), rank)
