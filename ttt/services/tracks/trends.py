"""Whether values rise or fall along a list, beyond what chance gives."""

from collections import Counter
from collections.abc import Sequence
from statistics import correlation, linear_regression

from ttt import music

ENOUGH = 5
_VISIBLE = 0.3


def direction(ranks: Sequence[int], values: Sequence[float]) -> int:
    """1 where values rise with the rank, -1 where they fall, 0 where neither can be said.

    Spearman's rank correlation has to be visible and, by chance, come up in one list of twenty.
    """
    if len(values) < ENOUGH or len(set(ranks)) == 1 or len(set(values)) == 1:
        return 0
    rho = correlation(_places(ranks), _places(values))
    if abs(rho) < max(_VISIBLE, 1.96 / (len(values) - 1) ** 0.5):
        return 0
    # One far-off value can tilt the line against the ranks: then nothing can be said.
    slope = linear_regression(ranks, values).slope
    return (rho > 0 and slope > 0) - (rho < 0 and slope < 0)


def line(ranks: Sequence[int], values: Sequence[float]) -> tuple[float, float] | None:
    """Height at the first and last rank: least squares, or the median where there is no trend."""
    middle = music.median(values)
    if middle is None or len(values) < ENOUGH:
        return None
    if direction(ranks, values) == 0:
        return middle, middle
    slope, start = linear_regression(ranks, values)
    return start + slope * min(ranks), start + slope * max(ranks)


def _places(values: Sequence[float]) -> list[float]:
    """Place of each value in ascending order; equal values share the middle of theirs."""
    counts, places, before = Counter(values), dict[float, float](), 0
    for value in sorted(counts):
        places[value] = before + counts[value] / 2
        before += counts[value]
    return [places[value] for value in values]
