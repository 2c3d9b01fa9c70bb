"""What time it is, and until when a service wants to be left alone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]

# Seconds to wait when nobody says how long, and at most.
USUAL_WAIT = 60
LONGEST_WAIT = 7 * 24 * 3600


def utc_now() -> datetime:
    """Return the present time, aware."""
    return datetime.now(UTC)


def blocked_until(retry_after: str, now: datetime, usual: float = USUAL_WAIT) -> datetime:
    """Read a Retry-After header; `usual` seconds hold when it is absent, over or unreadable."""
    seconds = _seconds(retry_after, now) or usual
    return now + timedelta(seconds=min(seconds, LONGEST_WAIT))


def _seconds(retry_after: str, now: datetime) -> float:
    try:
        return max(int(retry_after), 0)
    except ValueError:
        pass
    try:
        date = datetime.strptime(retry_after, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    except ValueError:
        return 0
    return max((date - now).total_seconds(), 0)
