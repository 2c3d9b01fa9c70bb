"""What numbers, bars, days, hours and sittings say of histories that fingers can count."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from tests.services.plays.histories import History, Told
from tests.services.plays.measures.test_small_histories import (
    DAY,
    NOON,
    TRACKS,
    A,
    B,
    C,
    at,
    days_of,
    heard,
)
from ttt import words
from ttt.chartdata import By, Step
from ttt.services.plays.frame import Frame, Gap, Span
from ttt.services.plays.frame.span import between
from ttt.services.plays.measures.listening import activity, clock, numbers, sessions


def of(*told: Told) -> Frame:
    return History(sorted(told), TRACKS, "UTC").frame


def days(*counts: int, gaps: Sequence[Gap] = ()) -> Frame:
    """So many plays on each day from that Monday on."""
    plays = [(day + n / 100, A) for day, count in enumerate(counts) for n in range(count)]
    return heard(*plays, gaps=gaps)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((1, 2), "2 October was the fullest day: 2 plays"),
        ((1, 2, 5), "3 October was the fullest day: 5 plays, usually 2"),
        ((4, 4, 5), "3 October was the fullest day: 5 plays, usually 4"),
        ((5, 5, 6), "3 October was the fullest day: 6 plays"),
    ],
)
def test_the_fullest_step_is_said_with_what_is_usual_where_it_is_a_quarter_more(
    counts: tuple[int, ...], said: str
) -> None:
    frame = days(*counts)
    found = activity.activity(frame, days_of(frame, 0, len(counts) - 1)).caption.takeaway
    assert found == said


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((4,), "Music on the one recorded day, 1 October: 4 plays"),
        ((1, 2, 1), "Music on every one of 3 recorded days; most on 2 October: 2 plays"),
        ((1, 2, 0), "Music on all but 1 of 3 recorded days; most on 2 October: 2 plays"),
        ((1, 0, 0), "Music on 1 of 3 recorded days; most on 1 October: 1 play"),
        ((1, 3, 0, 0), "Music on 2 of 4 recorded days; most on 2 October: 3 plays"),
    ],
)
def test_the_days_are_told_by_the_silent_ones_where_those_are_fewer_than_half(
    counts: tuple[int, ...], said: str
) -> None:
    frame = days(*counts)
    span = days_of(frame, 0, len(counts) - 1)
    data = activity.calendar(frame, span)
    assert data.caption.takeaway == said
    assert data.values == tuple(map(float, counts))


def test_a_blank_day_is_no_zero_but_what_is_known_of_it_is_shown() -> None:
    gap = Gap(NOON + DAY // 2, NOON + 5 * DAY // 2, "off")
    frame = heard((0, A), (1.1, B), (3, A), gaps=[gap])
    span = days_of(frame, 0, 3)
    assert activity.calendar(frame, span).values == (1, 1, None, 1)
    assert [bar.value for bar in activity.activity(frame, span).bars] == [1, 1, None, 1]
    nothing = activity.activity(frame, Span(at(-9), at(-8), "", ""))
    assert [bar.value for bar in nothing.bars] == [None, None]


def test_bars_say_what_is_cut_and_what_the_line_is() -> None:
    frame = days(*[1] * 30)
    week = activity.activity(frame, days_of(frame, 9, 22), step=Step.WEEK)
    assert [(bar.value, bar.before, bar.cut) for bar in week.bars] == [
        *((5, None, True), (7, 7, False), (2, 2, True))
    ]
    assert week.caption.sources == (
        "Line: the 14 days before, the same days. Paler: only a part of the week is in view."
    )
    whole = activity.activity(frame, days_of(frame, 14, 20), step=Step.WEEK)
    assert whole.caption.sources == "Line: the 7 days before, the same days."
    first = activity.activity(frame, days_of(frame, 0, 6), step=Step.WEEK)
    assert (first.caption.sources, first.before_name) == ("", "")
    alone = activity.activity(frame, Span(at(0), at(6), "", ""), step=Step.WEEK)
    assert (alone.caption.sources, alone.before_name) == ("", "")
    assert [bar.before for bar in alone.bars] == [None]


@pytest.mark.parametrize(
    ("missing", "count", "before"), [(3, 7, 4), (4, 7, None), (3, 6, 3), (4, 6, None)]
)
def test_a_bar_of_which_more_than_half_was_not_recorded_before_stands_beside_nothing(
    missing: int, count: int, before: int | None
) -> None:
    gap = Gap(NOON - DAY // 2, NOON - DAY // 2 + missing * DAY, "off")
    frame = heard((-1, B), *((n, A) for n in range(missing, 14)), gaps=[gap])
    span = Span(at(14 - count), at(13), "", "", Span(at(0), at(count - 1), "", "then"))
    data = activity.activity(frame, span, step=Step.WEEK)
    assert [bar.before for bar in data.bars] == [before]


@pytest.mark.parametrize(
    ("hours", "text"), [(0.5, "0.5"), (9.9, "9.9"), (10, "10"), (10.4, "10"), (0, "0")]
)
def test_hours_are_told_by_tenths_up_to_ten(hours: float, text: str) -> None:
    frame = of(*(Told(NOON + n, round(hours * 3_600_000 / 10), A) for n in range(10)))
    found = numbers.numbers(frame, days_of(frame, 0, 6)).numbers[1]
    assert (found.name, found.text) == ("Hours", text)


def test_skips_are_a_share_of_what_was_begun_beside_the_same_days_before() -> None:
    told = [Told(NOON + n * 900, 2_000 if n % 4 == 0 else 60_000, A, n % 4 > 0) for n in range(4)]
    late = [Told(NOON + 7 * DAY + n * 900, 60_000, B, n > 1) for n in range(4)]
    frame = of(*told, *late)
    found = numbers.numbers(frame, days_of(frame, 7, 13)).numbers[-1]
    assert (found.text, found.value, found.compared, found.before) == ("50 %", 0.5, 0.5, 0.25)
    assert found.note == "of what was begun · 25 % in the 7 days before"
    alone = numbers.numbers(frame, Span(at(0), at(6), "", "")).numbers[-1]
    assert (alone.text, alone.note, alone.before) == ("25 %", "of what was begun", None)
    nothing = numbers.numbers(frame, days_of(frame, 20, 26)).numbers[-1]
    assert (nothing.text, nothing.value, nothing.note) == ("unknown", None, "of what was begun")


def test_the_sentence_counts_tracks_new_ones_and_artists() -> None:
    frame = heard((0, A), (7, A), (7, B), (8, C), (15, C))

    def said(first: int, last: int) -> str:
        return numbers.numbers(frame, days_of(frame, first, last)).caption.takeaway

    assert said(7, 13) == "3 tracks, 2 of them new, by 3 artists"
    assert said(8, 13) == "1 track, new, by 1 artist"
    assert said(0, 13) == "3 tracks, all new, by 3 artists"
    assert said(14, 20) == "1 track by 1 artist"
    assert said(21, 27) == words.NOTHING
    counted = {n.name: n for n in numbers.numbers(frame, days_of(frame, 7, 13)).numbers}
    tracks, new = counted["Different tracks"], counted["New tracks"]
    assert (tracks.value, tracks.compared, tracks.before) == (3, 3, 1)
    assert tracks.note == "+200 % · 1 in the 7 days before"
    assert (new.value, new.compared, new.before) == (2, 2, 1)


def test_the_days_in_a_row_are_told_with_the_longest() -> None:
    frame = days(1, 1, 1, 0, 1, 1)
    current = numbers.numbers(frame, between(at(0), at(5), at(5))).numbers[-2]
    assert (current.name, current.text, current.note) == (
        *("Days in a row", "2"),
        "the longest: 3",
    )
    assert (current.value, current.compared, current.before) == (2, 3, None)
    past = numbers.numbers(frame, between(at(3), at(5), at(9))).numbers[-2]
    assert (past.name, past.text) == ("Most days in a row", "2")
    assert past.note == "3 in the 3 days before"
    assert numbers.streaks(frame, between(at(0), at(6), at(6))) == (2, 3)
    assert numbers.streaks(frame, between(at(0), at(7), at(7))) == (0, 3)
    assert numbers.streaks(frame, between(at(3), at(3), at(9))) == (0, 0)


def test_who_has_no_recorded_day_has_no_streak_and_three_weeks_end_one() -> None:
    frame = days(1, 1, 1)
    assert numbers.streaks(frame, Span(at(-9), at(-3), "", "")) == (0, 0)
    for blank, now in ((20, 3), (21, 0)):
        gap = Gap(NOON + 5 * DAY // 2, NOON + (5 + 2 * blank) * DAY // 2, "off")
        torn = days(1, 1, 1, gaps=[gap])
        last = 2 + blank
        assert numbers.streaks(torn, between(at(0), at(last), at(last))) == (now, 3)
        assert numbers.streaks(torn, between(at(0), at(last), at(last + 1))) == (3, 3)


def test_which_days_are_compared_is_said_where_it_is_not_all() -> None:
    gap = Gap(NOON + 15 * DAY // 2, NOON + 17 * DAY // 2, "off")
    frame = heard(*((n, A) for n in range(21)), gaps=[gap])

    def said(first: int, last: int) -> str:
        return numbers.numbers(frame, days_of(frame, first, last)).caption.sources

    assert said(7, 13) == "compared on the 6 days recorded both times"
    assert said(0, 6) == "nothing to compare with in the 7 days before"
    assert said(18, 20) == ""
    assert numbers.numbers(frame, Span(at(0), at(6), "", "")).caption.sources == ""


def test_the_hour_of_the_week_with_most_is_ones_own() -> None:
    frame = heard((0, A), (0.01, A), (7.01, A), (1.5, B), ms=600_000)
    data = clock.clock(frame, days_of(frame, 0, 13))
    assert (data.best, data.cells[0][12], data.cells[2][0]) == ((0, 12), 3, 1)
    assert data.caption.takeaway == "Monday at 12:00 is your hour: 3 plays"
    late = clock.clock(frame, days_of(frame, 1, 2))
    assert (late.best, late.caption.takeaway) == ((2, 0), "Wednesday at 00:00 is your hour: 1 play")
    assert clock.clock(frame, days_of(frame, 0, 13), By.MINUTES).cells[0][12] == 30
    assert clock.clock(frame, days_of(frame, 3, 5)).best is None


@pytest.mark.parametrize(("pause", "count"), [(1_800, 1), (1_801, 2)])
def test_a_sitting_ends_with_more_than_half_an_hour_of_silence(pause: int, count: int) -> None:
    frame = of(Told(NOON, 60_000, A), Told(NOON + 60 + pause, 120_000, B))
    data = sessions.sittings(frame, days_of(frame, 0, 6))
    assert data.caption.takeaway.startswith(f"{count} sitting")
    assert [one.seconds for one in data.longest] == ([1_980] if count == 1 else [120, 60])
    assert data.longest[0].began.hour == 12
    assert data.longest[0].most_heard == "Bell"


def test_the_five_longest_sittings_are_told_with_what_led_them() -> None:
    told = [Told(NOON + n * DAY, 60_000 * (n + 1), (A, B, C)[n % 3]) for n in range(7)]
    frame = of(*told, Told(NOON + 6 * DAY + 900, 5_000, B, False))
    data = sessions.sittings(frame, days_of(frame, 0, 6))
    assert len(data.longest) == 5
    assert [(one.plays, one.most_heard) for one in data.longest[:2]] == [(1, "Air"), (1, "Cave")]
    assert data.caption.takeaway == ("7 sittings, typically 4 min; the longest 15 min on 7 October")
    assert sessions.sittings(frame, days_of(frame, 9, 12)).longest == ()


def test_a_day_that_never_was_is_no_silent_one_and_ends_no_streak() -> None:
    begin = int(datetime(2011, 12, 28, 18, tzinfo=UTC).timestamp())
    told = [Told(begin + n * DAY, 60_000, A) for n in range(4)]
    frame = History(told, TRACKS, "Pacific/Apia").frame
    span = between(date(2011, 12, 28), date(2012, 1, 1), date(2012, 1, 1))
    found = activity.calendar(frame, span)
    assert found.values == (1, 1, None, 1, 1)
    assert found.caption.takeaway.startswith("Music on every one of 4 recorded days")
    assert numbers.streaks(frame, span) == (4, 4)
    (hole,) = activity.activity(frame, span).holes
    assert (hole.first, hole.last) == (date(2011, 12, 30), date(2011, 12, 30))
    assert "left out" in hole.reason
