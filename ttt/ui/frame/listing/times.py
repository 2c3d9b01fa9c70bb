"""Times as rows and sentences say them, in the time zone of the browser."""

from datetime import datetime

from ttt.ui.frame import browser, process


def at(moment: datetime, seconds: bool = False) -> str:
    """ "14 Jun, 21:40", with the year where it is another one than now."""
    local = moment.astimezone(browser.zone())
    return f"{_day(local)}, {local:{'%H:%M:%S' if seconds else '%H:%M'}}"


def day(moment: datetime) -> str:
    """ "14 Jun", with the year where it is another one than now."""
    return _day(moment.astimezone(browser.zone()))


def ago(moment: datetime | None) -> str:
    """How long ago it is, or the day: "just now", "5 minutes ago", "yesterday", "never"."""
    if moment is None:
        return "never"
    now = process.context().now()
    minutes = int((now - moment).total_seconds()) // 60
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return "a minute ago" if minutes == 1 else f"{minutes} minutes ago"
    local, today = moment.astimezone(browser.zone()), now.astimezone(browser.zone())
    days = (today.date() - local.date()).days
    return f"{local:%H:%M}" if days == 0 else "yesterday" if days == 1 else _day(local)


def _day(local: datetime) -> str:
    year = process.context().now().astimezone(browser.zone()).year
    return f"{local.day} {local:%b}" + ("" if local.year == year else f" {local.year}")
