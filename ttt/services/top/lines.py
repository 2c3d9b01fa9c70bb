"""How tracks of top lists got to their places: one place a day or a week, from what is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from ttt.models import TopSnapshot
from ttt.music import Period
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.store.spotify import snapshots

MOST, LONGEST = 30, timedelta(weeks=26)
_KEPT = 1_000
_IN_WEEKS = 21


@dataclass(frozen=True, slots=True)
class Lines:
    """Places of each track (by its URI) on the kept lists, the oldest first; None off the list.

    `taken` are the times of those lists: the last of each day, or of every few days where more
    than MOST days of the LONGEST time are kept.
    """

    taken: tuple[datetime, ...] = ()
    of: Mapping[str, tuple[int | None, ...]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Over how much time they go: "12 weeks", "9 days", "" where there is but one list."""
        if len(self.taken) < 2:
            return ""
        days = (self.taken[-1].date() - self.taken[0].date()).days + 1
        return f"{days} days" if days < _IN_WEEKS else f"{round(days / 7)} weeks"


def read(context: Context, person: Person) -> dict[Period, Lines]:
    """The lines of the tracks that are on the newest list of each period, in two queries each."""
    with context.session() as session:
        return {period: _read(context, session, person, period) for period in Period}


def of_track(
    context: Context, person: Person, uris: Sequence[str]
) -> dict[Period, tuple[int | None, ...]]:
    """Places of a track, under any of its ids, on the kept lists of each period; () without any."""
    ids = [uri.rpartition(":")[2] for uri in uris]
    with context.session() as session:
        found = {}
        for period in Period:
            every = snapshots.latest(session, person.id, period, _KEPT, context.now())
            kept = _thinned(every)
            places = dict(snapshots.ranks_of(session, person.id, [one.id for one in kept], ids))
            found[period] = tuple(places.get(one.id) for one in kept)
        return found


def words(places: Sequence[int | None]) -> str:
    """A line for those who cannot see it: "from 18 to 10, best 7"."""
    known = [place for place in places if place is not None]
    if not known:
        return ""
    on = "" if len(known) == len(places) else f", on {len(known)} of {len(places)} lists"
    if len(known) == 1:
        return "first time on the list" if places[-1] is not None else f"place {known[0]}{on}"
    return f"from {known[0]} to {known[-1]}, best {min(known)}{on}"


def _read(context: Context, session: Session, person: Person, period: Period) -> Lines:
    found = snapshots.latest(session, person.id, period, _KEPT, context.now())
    kept = _thinned(found)
    taken = tuple(one.taken_at for one in kept)
    if len(kept) < 2:
        return Lines(taken)
    places: dict[str, list[int | None]] = {}
    at = {one.id: n for n, one in enumerate(kept)}
    ranks = snapshots.ranks(session, person.id, list(at), kept[-1].id)
    for snapshot_id, rank, spotify_id in ranks:
        line = places.setdefault(f"spotify:track:{spotify_id}", [None] * len(kept))
        # Where a track has two places, the first is its own.
        line[at[snapshot_id]] = line[at[snapshot_id]] or rank
    lines = {uri: tuple(line) for uri, line in places.items()}
    return Lines(taken, lines)


def _thinned(newest_first: Sequence[TopSnapshot]) -> list[TopSnapshot]:
    """The last list of each day, or of every few days where there are many; the oldest first."""
    if not newest_first:
        return []
    newest = newest_first[0].taken_at
    lately = [one for one in newest_first if newest - one.taken_at < LONGEST]
    ages = [(newest.date() - one.taken_at.date()).days for one in lately]
    step = max(ages) // MOST + 1
    by_step: dict[int, TopSnapshot] = {}
    for age, one in zip(ages, lately, strict=True):
        by_step.setdefault(age // step, one)
    return list(by_step.values())[::-1]
