"""What of a person's history needs a hand: questions of imports, gaps, recorders in trouble."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from ttt import words
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays import gaps
from ttt.services.plays.bringing import uploads
from ttt.services.plays.bringing.uploads import State
from ttt.services.plays.gaps import Gap
from ttt.services.recorders import state
from ttt.services.recorders.state import Recording

# An older gap is on the page of imports, and in every chart.
_LATELY = timedelta(days=60)
# Who has played nothing for so long may not know that nothing records them.
_STALE = timedelta(days=14)
_SPOTIFY = "spotify"


@dataclass(frozen=True, slots=True)
class Need:
    """What happened, in a sentence, and the words of the link to where it is set right."""

    words: str
    label: str


def of(
    context: Context, person: Person, newest: datetime | None, zone: tzinfo | None = None
) -> tuple[Need, ...]:
    """What needs a hand, the most pressing first; `newest` is the time of their last play.

    That an authorization ends is not among it: every page says so.
    """
    recorders = state.listed(context, person)
    found = [*_asked(context, person), *_in_trouble(recorders)]
    found += _missing(context, person, zone)
    if newest is not None and context.now() - newest > _STALE and not any(r.on for r in recorders):
        day = words.day(newest.astimezone(zone or UTC).date(), year=True)
        found.append(Need(f"Your plays end on {day}: nothing records them now.", "Go on recording"))
    return tuple(found)


def _asked(context: Context, person: Person) -> list[Need]:
    asking = [one for one in uploads.listed(context, person) if one.state is State.ASKING]
    return [
        Need(f"The import of {one.name} asks something before it counts.", "Answer it")
        for one in asking
    ]


def _in_trouble(recorders: list[Recording]) -> list[Need]:
    return [
        Need(f"{one.name}: {one.trouble}", "Look at it")
        for one in recorders
        if one.trouble and one.on and not (one.ended and one.kind == _SPOTIFY)
    ]


def _missing(context: Context, person: Person, zone: tzinfo | None) -> list[Need]:
    since = context.now() - _LATELY
    lately = [g for g in gaps.listed(context, person, open_only=True) if g.until_at >= since]
    if not lately:
        return []
    others = f" and {words.counted(len(lately) - 1, 'other time')}" if len(lately) > 1 else ""
    when = _when(lately[-1], zone)
    return [Need(f"Plays may be missing: {when}{others}.", "See how to fill it")]


def _when(gap: Gap, zone: tzinfo | None) -> str:
    begin, end = (at.astimezone(zone or UTC) for at in (gap.from_at, gap.until_at))
    if begin.date() == end.date():
        return f"{words.short_day(begin.date())}, {begin:%H:%M} to {end:%H:%M}"
    return words.days(begin.date(), end.date())
