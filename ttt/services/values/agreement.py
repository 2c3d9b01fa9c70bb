"""How far sources agree: field by field, for each two that know the same tracks."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from ttt.found import Source
from ttt.music import median
from ttt.services.context import Context
from ttt.store.values import values

_PITCH_CLASSES = 12


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two sources and a field: how many tracks each knows, and how far apart they are.

    Differences are absolute, in the field's unit; those of keys are semitones on the circle.
    They are None where no track is known to both.
    """

    field: str
    one: Source
    other: Source
    one_knows: int
    other_knows: int
    both: int
    median: float | None
    p95: float | None


def report(context: Context) -> list[Agreement]:
    """Every field that at least two sources know."""
    with context.session() as session:
        fields = values.every(session)
    return [
        _agreement(field, one, other, known[one], known[other])
        for field, known in sorted(fields.items())
        for one, other in combinations([source for source in Source if source in known], 2)
    ]


def _agreement(
    field: str,
    one: Source,
    other: Source,
    of_one: Mapping[int, float],
    of_other: Mapping[int, float],
) -> Agreement:
    both = of_one.keys() & of_other.keys()
    apart = sorted(_difference(field, of_one[i], of_other[i]) for i in both)
    return Agreement(
        field, one, other, len(of_one), len(of_other), len(both), median(apart), _p95(apart)
    )


def _difference(field: str, one: float, other: float) -> float:
    apart = abs(one - other)
    return min(apart, _PITCH_CLASSES - apart) if field == "key" else apart


def _p95(ordered: Sequence[float]) -> float | None:
    """The smallest value that at least 95 % do not exceed."""
    return ordered[math.ceil(0.95 * len(ordered)) - 1] if ordered else None
