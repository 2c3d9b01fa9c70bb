"""How ranks moved between two lists, either of which may have places that could not be read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Self

from ttt.services.tracks.rows import Movement

_NOTHING = -1  # stands where a list has ended, which is known, unlike what could not be read


@dataclass(frozen=True, slots=True)
class Ranking:
    """Track ids in the order of their ranks as they were at a time; None could not be read.

    `ranks` has the first rank of each track.
    """

    taken_at: datetime
    places: Sequence[int | None]
    ranks: dict[int, int]

    @classmethod
    def of(cls, taken_at: datetime, places: Sequence[int | None]) -> Self:
        """A ranking of places."""
        ranks: dict[int, int] = {}
        for rank, track_id in enumerate(places, start=1):
            if track_id is not None:
                ranks.setdefault(track_id, rank)
        return cls(taken_at, places, ranks)

    @property
    def whole(self) -> bool:
        """Whether every place could be read."""
        return None not in self.places


def last_different(now: Ranking, earlier: Iterable[Ranking]) -> Ranking | None:
    """The newest earlier list that is known to be another one, else the oldest; None for none.

    Two refreshes within minutes are the same list: measured from the second, nothing would ever
    seem to move.
    """
    before = None
    for before in earlier:
        if not _may_be_the_same(before, now):
            break
    return before


def movement(track_id: int, rank: int, before: Ranking | None) -> Movement | None:
    """How a track came to its rank, None where the list before cannot tell."""
    if before is None:
        return None
    was_at = before.ranks.get(track_id)
    if was_at is None and not before.whole:
        return None  # it may have stood at a place that could not be read
    return Movement.between(was_at, rank)


def _may_be_the_same(one: Ranking, other: Ranking) -> bool:
    pairs = zip_longest(one.places, other.places, fillvalue=_NOTHING)
    return all(a == b or a is None or b is None for a, b in pairs)
