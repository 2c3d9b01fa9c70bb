"""Which time is shown until somebody chooses one: one in which they played something."""

from datetime import date

from ttt.services.plays.frame import zone
from ttt.services.plays.frame.columns import Frame
from ttt.services.plays.frame.span import Span, of_year, read

YEAR = "year"
_MOST = 4


def span(key: str, frame: Frame, today: date) -> Span:
    """The span of that key; the whole history where nothing was played in it.

    "year" is the newest year with plays; in January the one before, if that has any.
    """
    if key == YEAR:
        return _year(frame, today)
    found = read(key, zone.day(frame.begins), today, ends(frame, today))
    is_empty = frame.play.any() and not frame.within(found).play.any()
    return span("all", frame, today) if is_empty else found


def ends(frame: Frame, today: date) -> date:
    """The day up to which a history goes: today, or the last before one that nobody tells of."""
    now = zone.number(today)
    silent = [gap.start for gap in frame.gaps if gap.end // zone.DAY >= now]
    if not silent or not len(frame):
        return today
    # A day is told of when most of it is.
    told = (zone.wall_clock(frame.zone, min(silent)) - zone.DAY // 2) // zone.DAY
    return zone.day(min(now, max(told, int(frame.day[-1]))))


def years(frame: Frame, today: date) -> range:
    """The newest years with plays, newest first."""
    newest = (newest_play(frame, today) or today).year
    first = max(zone.day(frame.begins).year, newest - _MOST + 1)
    return range(newest, first - 1, -1)


def _year(frame: Frame, today: date) -> Span:
    newest = (newest_play(frame, today) or today).year
    if today.month == 1 and newest == today.year:
        before = newest_play(frame, date(newest - 1, 12, 31))
        newest -= before is not None and before.year == newest - 1
    return of_year(newest, today)


def newest_play(frame: Frame, until: date) -> date | None:
    """The day of the newest play up to a day, None without any."""
    return frame.keep(("newest play", until), lambda: _found(frame, zone.number(until)))


def _found(frame: Frame, until: int) -> date | None:
    days = frame.day[frame.play & (frame.day <= until)]
    return zone.day(days[-1]) if len(days) else None
