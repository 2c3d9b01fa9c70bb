"""How often each of many senders may ask."""

import math
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple


def seconds_to(until: datetime, now: datetime) -> int:
    """Whole seconds to wait, one at least, as Retry-After says them."""
    return max(1, math.ceil((until - now).total_seconds()))


class Rate(NamedTuple):
    """How many requests are left, less than none for one too many, and seconds until all are."""

    left: int
    reset: int


class Rates:
    """Requests of each sender in a window of so many seconds, counted in this process."""

    def __init__(
        self, most: int, window: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._window, self._clock = most, window, clock
        self._number = 0
        self._made: Counter[int | str] = Counter()

    def count(self, sender: int | str) -> Rate:
        """Count a request."""
        now = self._clock()
        number = int(now / self._window)
        if number != self._number:
            self._number, self._made = number, Counter()
        self._made[sender] += 1
        reset = math.ceil((number + 1) * self._window - now)
        return Rate(self._most - self._made[sender], reset)
