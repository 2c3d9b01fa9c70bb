"""Times as people read them."""

from datetime import datetime, timedelta, tzinfo


def clock(moment: datetime, zone: tzinfo | None = None) -> str:
    """A time as people read it: "22 Nov, 18:05", with "UTC" where no zone is known."""
    local = moment.astimezone(zone) if zone else moment
    return f"{local.day} {local:%b, %H:%M}{'' if zone else ' UTC'}"


def clock_after(moment: datetime, zone: tzinfo | None = None) -> str:
    """The same for the end of a wait: a minute is never shown in which one still has to wait."""
    return clock(moment + timedelta(minutes=1, microseconds=-1), zone)
