"""The same numbers once more, play by play and without columns: slow, and easy to believe."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from tests.services.plays.histories import History, Told, days
from ttt.chartdata import By, Of, Step
from ttt.music import Measure
from ttt.services.plays.frame import Span


def within(history: History, span: Span) -> list[Told]:
    """What began on a day of the span."""
    return [t for t in history.told if span.first <= history.day(t) <= span.last]


def amount(history: History, told: Told, by: By) -> float:
    """What a play counts."""
    return float(told.play) if by is By.PLAYS else history.heard(told) / 60_000


def keys(history: History, told: Told, of: Of) -> list[object]:
    """Under which names a play counts."""
    track = history.track(told)
    if of is Of.TRACKS:
        return [history.recording(told)]
    if of is Of.ARTISTS:
        return [track.artists[0]]
    if of is Of.GENRES:
        return list(track.genres)
    return [(track.album, track.artists[0])] if track.album else []


def totals(history: History, told: Iterable[Told], of: Of, by: By) -> dict[object, float]:
    """Sum of each name."""
    found: dict[object, float] = defaultdict(float)
    for play in told:
        for key in keys(history, play, of):
            found[key] += amount(history, play, by)
    return {key: value for key, value in found.items() if value > 0}


@cache
def recorded(history: History, day: date) -> bool:
    """Whether gaps leave more than half of a day, and the history had begun."""
    if day < history.day(history.told[0]):
        return False
    missing = 0.0
    for gap in history.gaps:
        start, end = (
            datetime.fromtimestamp(at, ZoneInfo(history.zone)).replace(tzinfo=None)
            for at in (gap.start, gap.end)
        )
        midnight = datetime.combine(day, time())
        covered = min(end, midnight + timedelta(days=1)) - max(start, midnight)
        missing += max(0.0, covered.total_seconds())
    return missing < 12 * 3_600


def step_of(day: date, step: Step) -> date:
    """First day of the step that a day is in."""
    if step is Step.DAY:
        return day
    return day - timedelta(days=day.weekday()) if step is Step.WEEK else day.replace(day=1)


def alike(history: History, span: Span) -> tuple[list[Told], list[Told], int]:
    """Plays of now and before, of days that were recorded both times."""
    assert span.before is not None
    shift = span.first - span.before.first
    both = {
        day
        for day in days(span.first, span.last)
        if day - shift <= span.before.last
        and recorded(history, day)
        and recorded(history, day - shift)
    }
    now = [t for t in within(history, span) if history.day(t) in both]
    then = [t for t in within(history, span.before) if history.day(t) + shift in both]
    return now, then, len(both)


def quartiles(weighted: list[tuple[float, int]]) -> tuple[float, float, float] | None:
    """The least values at or below which a quarter, half and three quarters of the time lie."""
    total = sum(weight for _, weight in weighted)
    if not total:
        return None
    found = []
    for part in (0.25, 0.5, 0.75):
        reached = 0
        for value, weight in sorted(weighted):
            reached += weight
            if reached >= total * part:
                found.append(value)
                break
    low, middle, high = found
    return low, middle, high


def weight(history: History, told: Told, by: By) -> int:
    """Milliseconds heard; by plays three minutes of each, and nothing of a skip."""
    return history.heard(told) if by is By.MINUTES else 180_000 * told.play


def values(
    history: History, told: Iterable[Told], measure: Measure, by: By = By.MINUTES
) -> list[tuple[float, int]]:
    """Value and weight of each play whose value is known."""
    return [
        (value, weight(history, t, by))
        for t in told
        if (value := getattr(history.track(t), measure.value)) is not None
    ]


def chart(history: History, of: Of, by: By, step: Step) -> dict[date, list[object]]:
    """Names in the order of their ranks, a list a step."""
    other = By.MINUTES if by is By.PLAYS else By.PLAYS
    first: dict[object, int] = {}
    steps: dict[date, list[Told]] = defaultdict(list)
    for place, play in enumerate(history.told):
        steps[step_of(history.day(play), step)].append(play)
        for key in keys(history, play, of):
            if play.play:
                first.setdefault(key, place)
    found = {}
    for begin, told in steps.items():
        main, ties = (totals(history, told, of, b) for b in (by, other))
        found[begin] = sorted(
            main,
            key=lambda k: (-round(main[k], 6), -round(ties.get(k, 0), 6), first.get(k, 10**9)),
        )
    return found


def lives(history: History) -> dict[object, list[Told]]:
    """Plays of each recording, in order."""
    found: dict[object, list[Told]] = defaultdict(list)
    for told in history.told:
        if told.play:
            found[history.recording(told)].append(told)
    return found


def titles(history: History) -> dict[object, set[str]]:
    """Titles that a recording may be shown under: those of its most played tracks."""
    counts = Counter(t.track for t in history.told if t.play)
    members: dict[object, list[tuple[int, str]]] = defaultdict(list)
    for track in history.tracks:
        key = track.id if track.recording is None else ("joined", track.recording)
        members[key].append((counts[track.id], track.title))
    return {
        key: {title for count, title in found if count == max(c for c, _ in found)}
        for key, found in members.items()
    }
