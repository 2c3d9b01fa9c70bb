"""Weeks of a few plays: when which week is shown, what is compared, and how it is said."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.services.plays.histories import History, Told
from ttt.chartdata import Week
from ttt.services.plays.frame import Gap, PlayedTrack
from ttt.services.plays.frame.span import between
from ttt.services.plays.measures.start import behind, latest, week

NOW = datetime(2018, 10, 17, 12, tzinfo=UTC)  # a Wednesday
AT = int(NOW.timestamp())
DAY, HOUR = 86_400, 3_600
KNOWN = [
    PlayedTrack(1, "Air", ("X",), "uri:1", recording=1, cover_url="cover"),
    PlayedTrack(2, "Bell", ("Y",), "uri:2", duration_ms=200_000),
    PlayedTrack(3, "Air again", ("X",), "uri:3", recording=1),
]
LONG_AGO = (-40.0, 2)


def shown(
    *plays: tuple[float, int], gaps: Sequence[tuple[float, float]] = (), ms: int | None = 120_000
) -> Week:
    """The week at that time, of tracks so many days before (or after) it."""
    told = [Told(AT + round(day * DAY), ms, track) for day, track in sorted(plays)]
    holes = [Gap(AT + round(a * DAY), AT + round(b * DAY), "off") for a, b in gaps]
    return week.week(History(told, KNOWN, "UTC", holes).frame, NOW)


def notes(data: Week) -> dict[str, tuple[str, str]]:
    return {
        number.name: ("about " * number.about + number.text, number.note) for number in data.numbers
    }


@pytest.mark.parametrize(
    ("ago", "first", "last", "streak"),
    [
        (60 * HOUR, 15, 17, True),
        (60 * HOUR + 1, 8, 14, True),
        (60 * HOUR + 7 * DAY, 8, 14, True),
        (60 * HOUR + 7 * DAY + 1, 1, 7, False),
        (60 * HOUR + 14 * DAY, 1, 7, False),
    ],
)
def test_the_newest_week_with_a_play_is_shown_and_a_streak_with_this_one_or_the_last(
    ago: int, first: int, last: int, streak: bool
) -> None:
    frame = History([Told(AT - ago, 60_000, 1)], KNOWN, "UTC").frame
    data = week.week(frame, NOW)
    assert (data.first, data.last) == (date(2018, 10, first), date(2018, 10, last))
    assert data.now == (first == 15)
    assert (data.numbers[-1].name == "In a row") == streak


def test_a_week_without_plays_is_the_one_of_today() -> None:
    data = week.week(History([], KNOWN, "UTC").frame, NOW)
    assert (data.first, data.last) == (date(2018, 10, 15), date(2018, 10, 17))
    assert [number.value for number in data.numbers] == [0, 0, 0, 0, 0]
    assert notes(data)["In a row"] == ("0 days", "your longest: 0")


def test_the_week_before_counts_up_to_the_same_second() -> None:
    frame = History(
        [Told(AT - 7 * DAY + late, 60_000, 1) for late in (-1, 0, 1)] + [Told(AT, 60_000, 1)],
        KNOWN,
        "UTC",
    ).frame
    plays = week.week(frame, NOW).numbers[0]
    assert (plays.value, plays.compared, plays.before) == (1, 1, 2)


def test_numbers_of_a_week_are_told_beside_the_one_before() -> None:
    data = shown(LONG_AGO, (-9, 2), (-8, 2), (-8.1, 1), (-1, 1), (-1.1, 3), (-0.1, 2), (-0.2, 1))
    assert notes(data) == {
        "Plays": ("4", "1 more than last week"),
        "Listening": ("8 min", "2 min more than last week"),
        "Different tracks": ("2", "same as last week"),
        "New tracks": ("0", "1 fewer than last week"),
        "In a row": ("2 days", "your longest"),
    }
    assert [(n.short, n.value, n.compared, n.before) for n in data.numbers[:4]] == [
        ("1 more", 4, 4, 3),
        ("2 min more", 480, 480, 360),
        ("same as last week", 2, 2, 2),
        ("1 fewer", 0, 0, 1),
    ]
    nothing = (None,) * 4
    assert [n.days for n in data.numbers[:4]] == [
        (0, 2, 2, *nothing),
        (0, 240, 240, *nothing),
        (0, 1, 2, *nothing),
        (0, 0, 0, *nothing),
    ]
    rest = (0,) * 4
    assert [n.days_before for n in data.numbers[:4]] == [
        *((1, 2, 0, *rest), (120, 240, 0, *rest), (1, 2, 0, *rest), (0, 1, 0, *rest))
    ]
    assert data.caption.takeaway == "your week so far, beside last week up to now"


def test_which_days_of_the_week_are_compared_is_said() -> None:
    both = [LONG_AGO, (-9, 1), (-8, 1), (-2, 1), (-1, 1), (0, 1)]
    one = shown(*both, gaps=[(-8.4, -7.6), (-1.4, -0.6)])
    assert one.caption.takeaway == (
        "your week so far, beside last week on the 2 days recorded both times"
    )
    assert (one.numbers[0].value, one.numbers[0].compared, one.numbers[0].before) == (3, 2, 1)
    assert one.numbers[0].days == (1, None, 1, None, None, None, None)
    none = shown(*both, gaps=[(-10, -6.5)])
    assert none.caption.takeaway == "your week so far"
    assert notes(none)["Plays"] == ("3", "last week was not recorded")
    assert (none.numbers[0].compared, none.numbers[0].short) == (None, "")
    assert none.numbers[0].days == (1, 1, 1, None, None, None, None)


def test_time_that_is_a_guess_is_said_to_be_and_seconds_are_no_difference() -> None:
    guess = shown(LONG_AGO, (-9, 2), (-2, 2), ms=None)
    assert notes(guess)["Listening"] == ("about 3 min", "same as last week")
    more = shown(LONG_AGO, (-9, 2), (-2, 2), (-1, 2), ms=None)
    assert notes(more)["Listening"] == ("about 7 min", "3 min more than last week")
    frame = History([Told(AT - 9 * DAY, 60_000, 1), Told(AT - 2 * DAY, 85_000, 1)], KNOWN, "UTC")
    assert notes(week.week(frame.frame, NOW))["Listening"][1] == "same as last week"


def test_days_in_a_row_are_beside_the_longest() -> None:
    data = shown(*((-day, 1) for day in (9, 8, 7, 2, 1)))
    assert notes(data)["In a row"] == ("2 days", "your longest: 3")
    assert notes(shown((-2, 1), (-1, 1), (-9, 2)))["In a row"] == ("2 days", "your longest")
    assert notes(shown((-3, 1), (-4, 1)))["In a row"] == ("0 days", "your longest: 2")


def test_a_week_that_is_shown_late_is_beside_the_one_before_it() -> None:
    data = shown((-48, 1), (-41, 1), (-41.1, 2))
    assert (data.first, data.last) == (date(2018, 9, 3), date(2018, 9, 9))
    assert notes(data)["Plays"] == ("2", "1 more than the week before")
    assert data.caption.takeaway == "your last week with plays: 3–9 Sep 2018"


def test_last_week_is_shown_whole_and_called_so() -> None:
    last = [LONG_AGO, (-10, 1), (-9, 1), (-4, 1), (-3, 2), (-3.1, 2)]
    data = shown(*last)
    assert data.caption.takeaway == "last week, beside the week before"
    assert notes(data)["Plays"] == ("4", "3 more than the week before")
    off = shown(*last, gaps=[(-8.4, -7.6), (-4.4, -3.6)])
    assert off.caption.takeaway == (
        "last week, beside the week before on the 5 days recorded both times"
    )
    assert shown((-3, 1)).caption.takeaway == "last week"


def test_behind_ranks_are_plays_or_the_time_of_skips() -> None:
    told = [Told(AT, 60_000, 1), Told(AT + 99, 120_000, 3), Told(AT + 900, 6_000, 2, False)]
    frame = History(told, KNOWN, "UTC").frame
    span = between(NOW.date(), NOW.date() + timedelta(days=1), NOW.date() + timedelta(days=1))
    data = behind.behind(frame, span, ["uri:1", "uri:2", "uri:3", "uri:4"])
    assert {uri: (one.plays, one.minutes) for uri, one in data.of.items()} == {
        "uri:1": (2, 3),
        "uri:3": (2, 3),
        "uri:2": (0, 0.1),
    }
    assert data.said == "Plays and minutes: yours of 17–18 Oct 2018."
    guess = History([Told(AT, None, 2)], KNOWN, "UTC").frame
    assert behind.behind(guess, span, ["uri:2"]).said == (
        "Plays and minutes: yours of 17–18 Oct 2018; minutes are about right."
    )


def test_the_newest_play_is_told_with_its_cover_and_its_clock() -> None:
    told = [Told(AT, 60_000, 2), Told(AT + HOUR, 60_000, 1), Told(AT + 2 * HOUR, 9_000, 2, False)]
    first, second = latest.latest(History(told, KNOWN, "Asia/Tokyo").frame)
    assert (first.key, first.title, first.artists, first.cover_url) == (0, "Air", "X", "cover")
    assert (first.at.isoformat(), second.at.hour) == ("2018-10-17T22:00:00", 21)
    assert (second.title, second.cover_url) == ("Bell", None)
