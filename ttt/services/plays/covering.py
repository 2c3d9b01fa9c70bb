"""What is covered: who told of plays from when to when, and where nobody did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

import numpy as np

from ttt import words
from ttt.chartdata import Caption, Covered, Lane
from ttt.plays import PlaySource
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays import gaps as gap_service
from ttt.services.plays.frame import Gap, Span, build, silences, zone
from ttt.services.plays.measures import days
from ttt.store.plays import covering
from ttt.store.plays import told as told_plays
from ttt.store.plays.covering import ToldDay

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Lanes and holes for the chart, and all of it in a line: how many plays count, of what.

    `uncertain` rows may or may not be of plays that another source told as well.
    """

    covered: Covered
    line: str
    uncertain: int


def revision(context: Context, person: Person) -> int:
    """Another number whenever other plays of theirs count."""
    with context.session() as session:
        return told_plays.revision(session, person.id)


def of(context: Context, person: Person, clocks: tzinfo | None = None) -> Coverage | None:
    """What is covered from the first play to today, None while none counts.

    `clocks` are those by which days are counted.
    """
    with context.session() as session:
        told = covering.days(session, person.id)
    if not any(each.counting for each in told):
        return None
    today = context.now().astimezone(clocks or UTC).date()
    span = _span(told, today)
    days_told = np.array([each.day for each in told])
    missing = [*_open_gaps(context, person), *silences.until(days_told, zone.number(today))]
    frame = build((), (), str(clocks or "UTC"), missing)
    holes, known = days.holes(frame, span), days.of_span(frame, span)
    share = words.share(int(known.sum()), len(known))
    years = words.length_of_days(len(known))
    caption = Caption(_takeaway([hole.days for hole in holes], span.first, share), "", "")
    covered = Covered(_lanes(told), holes, span.first, span.last, caption)
    line = f"{_line(told)} · {share} of {years} covered"
    return Coverage(covered, line, sum(each.uncertain for each in told))


def _span(told: Sequence[ToldDay], today: date) -> Span:
    first, last = zone.day(told[0].day), max(zone.day(told[-1].day), today)
    return Span(first, last, "all", "all of it")


def _open_gaps(context: Context, person: Person) -> list[Gap]:
    found = gap_service.listed(context, person, open_only=True)
    return [Gap(_seconds(g.from_at), _seconds(g.until_at), g.reason) for g in found]


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _lanes(told: Sequence[ToldDay]) -> tuple[Lane, ...]:
    of_source: dict[int, list[ToldDay]] = {}
    for each in told:
        of_source.setdefault(each.source, []).append(each)
    lanes = [_lane(PlaySource(source), rows) for source, rows in of_source.items()]
    lanes.sort(key=lambda lane: -lane.plays)
    return tuple(
        Lane(lane.name, lane.stretches, lane.plays, lane.note, main=place == 0)
        for place, lane in enumerate(lanes)
    )


def _lane(source: PlaySource, told: Sequence[ToldDay]) -> Lane:
    numbers = np.array([each.day for each in told])
    parts = np.split(numbers, np.flatnonzero(np.diff(numbers) > silences.PAUSE) + 1)
    stretches = tuple((zone.day(int(part[0])), zone.day(int(part[-1]))) for part in parts)
    there, rows = sum(each.known for each in told), sum(each.told for each in told)
    note = f"{words.share(there, rows)} told by others too" if there else ""
    return Lane(source.label, stretches, sum(each.counting for each in told), note)


def _takeaway(holes: Sequence[int], first: date, share: str) -> str:
    if not holes:
        return f"No gaps since {words.month(first)}"
    missing = words.counted(sum(holes), "day")
    if len(holes) == 1:
        return f"One gap of {missing}: {share} is covered"
    return f"{_number(len(holes)).capitalize()} gaps, {missing} in all: {share} is covered"


def _line(told: Sequence[ToldDay]) -> str:
    counting, rows = sum(each.counting for each in told), sum(each.told for each in told)
    sources = len({each.source for each in told})
    by = "one source" if sources == 1 else f"{_number(sources)} sources"
    plays = "1 play counts" if counting == 1 else f"{words.counted(counting, 'play')} count"
    return f"{plays}, of {words.whole(rows)} told by {by}"


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
