"""The week so far, plays behind ranks and the newest plays are what a plain count of plays says."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.services.plays import plainly
from tests.services.plays.histories import History, Told
from ttt.chartdata import By, Of, WeekNumber
from ttt.services.plays.frame import Frame, Gap, PlayedTrack, Span
from ttt.services.plays.frame.span import between, of_week
from ttt.services.plays.measures.start import behind, latest, week

WEEK = timedelta(days=7)
# A Monday and a Sunday, weeks of clock changes, days within and beside gaps, the history's begin.
MOMENTS = [
    datetime(2018, 11, 28, 9, 0, tzinfo=UTC),
    datetime(2018, 11, 26, 3, 30, tzinfo=UTC),
    datetime(2018, 10, 28, 22, 0, tzinfo=UTC),
    datetime(2018, 11, 4, 12, 0, tzinfo=UTC),
    datetime(2018, 3, 30, 17, 0, tzinfo=UTC),
    datetime(2018, 4, 25, 17, 0, tzinfo=UTC),
    datetime(2016, 12, 30, 8, 0, tzinfo=UTC),
    datetime(2016, 5, 25, 23, 0, tzinfo=UTC),
]
Count = Callable[[History, Sequence[Told]], float]


def plays(_history: History, told: Sequence[Told]) -> float:
    return float(sum(t.play for t in told))


def seconds(history: History, told: Sequence[Told]) -> float:
    return sum(history.heard(t) for t in told) / 1_000


def different(history: History, told: Sequence[Told]) -> float:
    return float(len({history.recording(t) for t in told if t.play}))


def new(history: History, told: Sequence[Told]) -> float:
    first: dict[object, Told] = {}
    for one in history.told:
        if one.play:
            first.setdefault(history.recording(one), one)
    return float(sum(one in first.values() for one in told if one.play))


COUNTS: dict[str, Count] = {
    "Plays": plays,
    "Listening": seconds,
    "Different tracks": different,
    "New tracks": new,
}


def until(history: History, now: datetime) -> History:
    """The history as it was then."""
    told = [t for t in history.told if t.started <= now.timestamp()]
    gaps = [gap for gap in history.gaps if gap.start < now.timestamp()]
    return History(told, history.tracks, history.zone, gaps)


def on(history: History, day: date) -> list[Told]:
    return [t for t in history.told if history.day(t) == day]


def shown_until(history: History, now: datetime) -> datetime:
    """Now on the person's clock, or the last moment of the newest week that has plays."""
    local = now.astimezone(ZoneInfo(history.zone)).replace(tzinfo=None)
    newest = max(history.day(t) for t in history.told if t.play)
    next_week = newest - timedelta(days=newest.weekday()) + WEEK
    return min(local, datetime.combine(next_week, time()) - timedelta(microseconds=1))


def found(frame: Frame, now: datetime, name: str) -> WeekNumber:
    return next(n for n in week.week(frame, now).numbers if n.name == name)


@pytest.mark.parametrize("now", MOMENTS, ids=str)
@pytest.mark.parametrize("name", COUNTS)
def test_a_week_is_beside_the_one_before_up_to_the_same_hour(
    history: History, now: datetime, name: str
) -> None:
    history, count = until(history, now), COUNTS[name]
    local = shown_until(history, now)
    monday = local.date() - timedelta(days=local.weekday())
    so_far = [monday + timedelta(days=n) for n in range(local.weekday() + 1)]
    both = [
        day
        for day in so_far
        if plainly.recorded(history, day) and plainly.recorded(history, day - WEEK)
    ]
    here = found(history.frame, now, name)

    assert here.value == pytest.approx(count(history, [t for d in so_far for t in on(history, d)]))
    if not both:
        assert (here.compared, here.before) == (None, None)
        return
    late = [t for day in both for t in on(history, day)]
    early = [t for day in both for t in on(history, day - WEEK) if history.at(t) <= local - WEEK]
    assert here.compared == pytest.approx(count(history, late))
    assert here.before == pytest.approx(count(history, early))


@pytest.mark.parametrize("now", MOMENTS, ids=str)
@pytest.mark.parametrize("name", COUNTS)
def test_each_day_of_both_weeks_is_counted_and_unknown_ones_are_no_zeros(
    history: History, now: datetime, name: str
) -> None:
    history, count = until(history, now), COUNTS[name]
    today = shown_until(history, now).date()
    monday = today - timedelta(days=today.weekday())
    here = found(history.frame, now, name)

    def a_day(day: date) -> float | None:
        known = day <= today and plainly.recorded(history, day)
        return pytest.approx(count(history, on(history, day))) if known else None

    days = [monday + timedelta(days=n) for n in range(7)]
    assert list(here.days) == [a_day(day) for day in days]
    assert list(here.days_before) == [a_day(day - WEEK) for day in days]


def listened(*days_ago: int, now: datetime) -> History:
    """A play on each of these days, at the hour of now."""
    at = int(now.timestamp())
    told = [Told(at - ago * 86_400 - 60, 60_000, 1) for ago in sorted(days_ago, reverse=True)]
    return History(told, [PlayedTrack(1, "Song", ("Band",), uri="spotify:track:1")], "UTC")


def test_words_say_how_far_it_is_from_last_week() -> None:
    now = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)  # a Saturday
    more = listened(0, 1, 2, 7, 14, now=now).frame
    fewer = listened(2, 7, 8, 14, now=now).frame
    same = listened(1, 8, 14, now=now).frame

    assert found(more, now, "Plays").note == "2 more than last week"
    assert found(more, now, "Listening").short == "2 min more"
    assert found(fewer, now, "Plays").note == "1 fewer than last week"
    assert found(fewer, now, "Listening").note == "1 min less than last week"
    assert found(same, now, "Plays").note == "same as last week"
    assert found(same, now, "Listening").text == "1 min"


def test_days_in_a_row_go_up_to_today_or_yesterday() -> None:
    now = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
    streak = found(listened(1, 2, 3, 10, 11, 12, 13, now=now).frame, now, "In a row")

    assert (streak.text, streak.note) == ("3 days", "your longest: 4")
    today = found(listened(0, 1, 2, now=now).frame, now, "In a row")
    assert (today.text, today.note) == ("3 days", "your longest")


def test_where_plays_ended_long_ago_the_last_week_with_plays_is_shown() -> None:
    now = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
    told = week.week(listened(40, 41, 47, 60, now=now).frame, now)

    assert (told.first, told.last, told.now) == (date(2026, 10, 19), date(2026, 10, 25), False)
    assert told.numbers[0].value == 1
    assert told.caption.takeaway == "your last week with plays: 19–25 Oct 2026"
    assert told.numbers[0].note == "1 fewer than the week before"
    assert "In a row" not in {number.name for number in told.numbers}


def test_until_a_week_has_a_play_all_of_the_last_one_is_shown() -> None:
    now = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)  # a Monday
    before = week.week(listened(1, 2, 7, 8, 9, 10, 14, now=now).frame, now)
    plays, streak = before.numbers[0], before.numbers[-1]

    assert (before.first, before.last, before.now) == (
        date(2026, 11, 23),
        date(2026, 11, 29),
        False,
    )
    assert before.caption.takeaway == "last week, beside the week before"
    # Sunday evening counts as much as Monday morning: both weeks are over.
    assert (plays.value, plays.compared, plays.before) == (3, 3, 4)
    assert plays.days == (1, 0, 0, 0, 0, 1, 1)
    assert plays.note == "1 fewer than the week before"
    assert (streak.name, streak.text) == ("In a row", "2 days")
    assert before.table().columns[:4] == ("number", "the week", "compared", "the week before")

    begun = week.week(listened(0, 1, 2, 7, 8, 9, 10, 14, now=now).frame, now)
    assert (begun.first, begun.last, begun.now) == (date(2026, 11, 30), date(2026, 11, 30), True)
    assert begun.caption.takeaway == "your week so far, beside last week up to now"
    assert (begun.numbers[0].value, begun.numbers[0].before) == (1, 1)


def test_a_week_that_was_not_recorded_is_not_compared() -> None:
    now = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
    history = listened(0, 1, 20, now=now)
    at = int(datetime(2026, 11, 16, tzinfo=UTC).timestamp())
    history.gaps.append(Gap(at, at + 7 * 86_400, "off"))
    plays = found(history.frame, now, "Plays")

    assert (plays.value, plays.compared, plays.note) == (2, None, "last week was not recorded")


def test_the_table_of_a_week_says_the_same() -> None:
    now = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
    table = week.week(listened(0, 1, 7, 14, now=now).frame, now).table()

    assert table.columns[:5] == ("number", "this week", "compared", "last week", "Mon")
    assert table.rows[0] == ("Plays", 2, 2, 1, 0, 0, 0, 0, 1, 1, None)


def test_a_week_begins_on_monday() -> None:
    span = of_week(date(2026, 11, 28))
    assert (span.first, span.last) == (date(2026, 11, 23), date(2026, 11, 28))
    assert span.before is not None
    assert (span.before.first, span.before.last) == (date(2026, 11, 16), date(2026, 11, 21))


SPANS = [
    between(date(2018, 11, 1), date(2018, 11, 28), date(2018, 11, 28)),
    between(date(2016, 11, 20), date(2017, 1, 15), date(2018, 11, 28)),
]


@pytest.mark.parametrize("span", SPANS, ids=lambda span: span.key)
def test_behind_a_rank_are_the_plays_of_all_ids_of_its_recording(
    history: History, frame: Frame, span: Span
) -> None:
    uris = [track.uri for track in history.tracks if track.uri] + ["spotify:track:unknown"]
    told = plainly.within(history, span)
    of = {by: plainly.totals(history, told, Of.TRACKS, by) for by in By}
    by_uri = {t.uri: ("joined", t.recording) if t.recording else t.id for t in history.tracks}
    here = behind.behind(frame, span, uris)

    expected = {
        uri: (of[By.PLAYS].get(by_uri[uri], 0), pytest.approx(of[By.MINUTES].get(by_uri[uri], 0)))
        for uri in uris
        if uri in by_uri and (by_uri[uri] in of[By.PLAYS] or by_uri[uri] in of[By.MINUTES])
    }
    assert {uri: (b.plays, b.minutes) for uri, b in here.of.items()} == expected
    assert len(expected) > 10
    assert here.about
    assert "spotify:track:unknown" not in here.of


def test_what_stands_behind_ranks_says_of_which_days() -> None:
    now = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
    history = listened(0, 1, 10, now=now)
    span = between(date(2026, 11, 1), date(2026, 11, 28), date(2026, 11, 28))
    said = behind.behind(history.frame, span, ["spotify:track:1"]).said
    nothing = behind.behind(history.frame, span, ["spotify:track:2"])

    assert said == "Plays and minutes: yours of 1–28 Nov 2026, 11 of 28 days recorded."
    assert (nothing.of, nothing.said) == ({}, "")


@pytest.mark.parametrize("most", [1, 6, 5_000])
def test_the_latest_plays_come_newest_first_and_without_skips(
    history: History, frame: Frame, most: int
) -> None:
    here = latest.latest(frame, most)
    expected = [t for t in reversed(history.told) if t.play][:most]

    assert [(heard.title, heard.at) for heard in here] == [
        (history.track(t).title, history.at(t)) for t in expected
    ]
