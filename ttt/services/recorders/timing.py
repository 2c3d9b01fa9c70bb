"""When a recorder looks again: soon after plays, seldom without any, hardly at night.

At most 72 looks a day where the person's time zone is not known, at most 40 where it is; and a
look comes always long before 50 plays of usual length could have gone by.
"""

from datetime import datetime, timedelta

from ttt.services.explain.clocks import zone_named

SOON = timedelta(minutes=20)
STILL = timedelta(minutes=30)
IDLE = timedelta(minutes=60)
NIGHT = timedelta(hours=2)
LONGEST_REST = timedelta(hours=6)
_QUIET = range(1, 7)
_WAS_IDLE = timedelta(minutes=55)


def next_look(now: datetime, zone: str, before: datetime | None, *, news: bool) -> datetime:
    """When to look again after an answer; `before` is when the last one came, None for the first.

    `zone` is an IANA name, "" where it is not known.
    """
    local = _local(now, zone)
    if local is not None and local.hour in _QUIET:
        return now + NIGHT
    if not news:
        return now + IDLE
    # Somebody who has just begun is looked at sooner than somebody who goes on for hours.
    begun = before is None or now - before >= _WAS_IDLE
    return now + (SOON if begun or local is None else STILL)


def after_failure(now: datetime, failures: int) -> datetime:
    """When to try again after so many failures in a row, at least one."""
    return now + min(SOON * (1 << min(failures - 1, 8)), LONGEST_REST)


def _local(now: datetime, zone: str) -> datetime | None:
    found = zone_named(zone)
    return None if found is None else now.astimezone(found)
