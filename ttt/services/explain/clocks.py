"""Times as people read them."""

from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def clock(moment: datetime, zone: tzinfo | None = None) -> str:
    """A time as people read it: "22 Nov, 18:05", with "UTC" where no zone is known."""
    local = moment.astimezone(zone) if zone else moment
    return f"{local.day} {local:%b, %H:%M}{'' if zone else ' UTC'}"


def clock_after(moment: datetime, zone: tzinfo | None = None) -> str:
    """The same for the end of a wait: a minute is never shown in which one still has to wait."""
    return clock(moment + timedelta(minutes=1, microseconds=-1), zone)


def zone_named(name: str | None) -> ZoneInfo | None:
    """The time zone of a name such as "Europe/Berlin"; None for one that this machine knows not."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None  # "America" is a folder of zones
