"""A log that repeats itself is cut short: a flood or an outage must not fill a disk."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

_MOST, _SECONDS = 5, 60.0
_REMEMBERED = 1_000


@dataclass
class _Seen:
    since: float
    count: int = 0
    left_out: int = 0


class Repeats(logging.Filter):
    """Lets a message through some times a minute, and says later how many were left out.

    Messages are the same when their text before any value is put in is the same, and their
    error. A record's own `most` beats that of all.
    """

    def __init__(self, most: int = _MOST, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._most, self._clock = most, clock
        self._seen: dict[object, _Seen] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written."""
        seen = self._look_up(_key(record))
        seen.count += 1
        if seen.count > getattr(record, "most", self._most):
            seen.left_out += 1
            return False
        if seen.left_out:
            record.msg = f"{record.msg} (and {seen.left_out} more like it before)"
            seen.left_out = 0
        return True

    def _look_up(self, key: object) -> _Seen:
        now = self._clock()
        seen = self._seen.get(key)
        if seen is None:
            if len(self._seen) >= _REMEMBERED:
                self._seen.clear()
            seen = self._seen[key] = _Seen(now)
        elif now - seen.since >= _SECONDS:
            seen.since, seen.count = now, 0
        return seen


def _key(record: logging.LogRecord) -> object:
    error = record.exc_info[0] if record.exc_info else None
    return record.name, record.levelno, str(record.msg), error, getattr(record, "kind", None)
