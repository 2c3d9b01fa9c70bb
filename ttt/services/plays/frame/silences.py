"""Times of which nobody tells, so that nobody can know whether anything was played."""

import numpy as np
from numpy.typing import NDArray

from ttt.services.plays.frame import zone
from ttt.services.plays.frame.columns import Gap

# Who told nothing for so many days is taken to have paused, not to be silent.
PAUSE = 21
_NOBODY = "no source tells of this time"


def until(days: NDArray[np.integer], today: int) -> list[Gap]:
    """The gaps between days on which something was told, and since the last of them.

    Numbers of days since 1970, UTC. Without any day there is no gap.
    """
    told = np.unique(days)
    # As if tomorrow told: what nobody has told of since is missing as well.
    ends = [*told[1:].tolist(), today + 1]
    return [
        Gap(int(last + 1) * zone.DAY, int(first) * zone.DAY, _NOBODY)
        for last, first in zip(told.tolist(), ends, strict=False)
        if first - last > PAUSE
    ]
