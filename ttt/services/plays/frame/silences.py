"""Times of which nobody tells, so that nobody can know whether anything was played."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ttt.services.plays.frame import zone
from ttt.services.plays.frame.columns import Gap

# Who told nothing for so many days is taken to have paused, not to be silent.
PAUSE = 21
_NOBODY = "no source tells of this time"


def between(days: NDArray[np.integer]) -> list[Gap]:
    """The gaps between days on which something was told (numbers of days since 1970, UTC)."""
    return [
        Gap(int(last + 1) * zone.DAY, int(first) * zone.DAY, _NOBODY)
        for last, first in pairwise(np.unique(days))
        if first - last > PAUSE
    ]
