"""Charts of histories that can be counted on fingers: edges, defaults, and what is said of them."""

from datetime import date

import numpy as np
import pytest

from tests.services.plays.histories import History, Told
from tests.services.plays.measures.test_small_histories import (
    DAY,
    MONDAY,
    NOON,
    A,
    B,
    C,
    at,
    days_of,
    heard,
    weekly,
)
from ttt.chartdata import By, Hole, Of, Step
from ttt.services.plays.frame import Frame, Gap, PlayedTrack, Span
from ttt.services.plays.measures import counting, days, firsts, steps, tops
from ttt.services.plays.measures.charts import chart, lines
from ttt.services.plays.measures.charts.beside import Ranked, beside
from ttt.services.plays.measures.discoveries.firsts import RULE, first_listens


def many(count: int) -> Frame:
    """Tracks of which the first was heard once, the next twice, and so on; a week for each."""
    known = [
        PlayedTrack(n, f"Song {n}", (f"Band {n}",), album="One", cover_url=f"cover {n}")
        for n in range(1, count + 1)
    ]
    told = [
        Told(NOON + 7 * DAY * n + 600 * k, 60_000, n) for n in range(1, count + 1) for k in range(n)
    ]
    return History(told, known, "UTC").frame


def gap(first: float, last: float, why: str = "off") -> Gap:
    return Gap(NOON + round(first * DAY), NOON + round(last * DAY), why)


def test_holes_are_the_days_that_were_not_recorded_with_why() -> None:
    frame = heard((0, A), (9, A), gaps=[gap(1.5, 3.5), gap(4.5, 5.5, ""), gap(4.6, 5.4, "why")])
    assert days.holes(frame, days_of(frame, -2, 9)) == (
        Hole(at(-2), at(-1), "before your history begins"),
        Hole(at(2), at(3), "off"),
        Hole(at(5), at(5), "why"),
    )
    assert days.holes(frame, days_of(frame, 2, 3)) == (Hole(at(2), at(3), "off"),)
    assert days.holes(frame, days_of(frame, 6, 9)) == ()
    assert days.of_span(frame, days_of(frame, 0, 6)).tolist() == [
        *(True, True, False, False, True, False, True)
    ]


@pytest.mark.parametrize(("until", "known"), [(2.49, True), (2.5, False), (2.51, False)])
def test_a_day_is_not_recorded_where_gaps_cover_half_of_it(until: float, known: bool) -> None:
    half = [gap(2.0, until - 0.0), gap(-3.0, -3.0)]
    frame = heard((0, A), (9, A), gaps=half)
    covered = heard((0, A), (9, A), gaps=[gap(1.5, until - 0.5)])
    assert days.recorded(frame, frame.begins + 2, frame.begins + 3).tolist() == [known]
    assert days.recorded(covered, frame.begins + 2, frame.begins + 3).tolist() == [known]
    assert days.recorded(frame, frame.begins + 2, frame.begins + 1).tolist() == []


def test_only_days_that_were_recorded_both_times_are_compared() -> None:
    frame = heard(*((n, A) for n in range(14)), gaps=[gap(7.5, 8.5), gap(1.5, 2.5)])
    now, then, count = days.like_with_like(frame, days_of(frame, 7, 13))
    assert count == 5
    assert ((now.day - frame.begins).tolist(), (then.day - frame.begins).tolist()) == (
        [7, 10, 11, 12, 13],
        [0, 3, 4, 5, 6],
    )
    assert days.like_with_like(frame, days_of(frame, 7, 13))[0] is now
    *both, none = days.like_with_like(frame, Span(at(0), at(13), "", ""))
    assert ([len(part) for part in both], none) == ([0, 0], 0)


def test_nothing_never_heard_has_a_first_day() -> None:
    frame = heard((3, A), (1, B), (5, B))
    for of in (Of.TRACKS, Of.ARTISTS):
        assert (firsts.days(frame, of) - frame.begins).tolist()[:2] == [2, 0]
        assert firsts.days(frame, of).tolist()[2] == firsts.starts(frame, of).tolist()[2] == -1
        assert firsts.starts(frame, of).tolist()[:2] == [NOON + 3 * DAY, NOON + DAY]
    assert firsts.days(heard(), Of.TRACKS).tolist() == [-1] * 3


def test_a_list_of_spotifys_knows_no_name_of_a_track_without_artists() -> None:
    known = [PlayedTrack(1, "Song", ()), PlayedTrack(2, "Other", ("Band",))]
    told = [Told(NOON, 60_000, 1), Told(NOON + 900, 60_000, 2), Told(NOON + 1_800, 60_000, 2)]
    frame = History(told, known, "UTC").frame
    listed = [Ranked(n, f"x{n}", title, ("Band",)) for n, title in ((1, "Song"), (2, "Other"))]
    data = beside(frame, MONDAY, listed)
    assert [(row.mine, row.key) for row in data.rows] == [(None, None), (1, 1)]
    assert data.agree == 1
    assert "1 of 2 agree" in data.caption.takeaway


def test_charts_and_reigns_show_the_cover_of_each_track_and_none_of_artists() -> None:
    frame = many(7)
    day = at(14)
    assert [row.cover_url for row in chart.chart(frame, at(7), Of.TRACKS).rows] == ["cover 1"]
    assert [row.cover_url for row in chart.chart(frame, day, Of.ALBUMS).rows] == ["cover 2"]
    assert [row.cover_url for row in chart.chart(frame, day, Of.ARTISTS).rows] == [None]
    assert [row.uri for row in chart.chart(frame, day, Of.TRACKS).rows] == [None]
    whole = days_of(frame, 0, 60)
    of = {of: tops.tops(frame, whole, of).rows[0].cover_url for of in Of if of is not Of.GENRES}
    assert of == {Of.TRACKS: "cover 7", Of.ARTISTS: None, Of.ALBUMS: "cover 7"}
    assert [row.cover_url for row in lines.longest(frame, whole, Of.TRACKS).rows][:2] == [
        *("cover 1", "cover 2")
    ]


def test_five_reigns_are_shown_unless_more_are_asked_for_and_all_are_counted() -> None:
    frame = many(7)
    whole = days_of(frame, 0, 60)
    for measure in (lines.number_ones, lines.longest):
        assert len(measure(frame, whole, Of.TRACKS).rows) == 5
        assert len(measure(frame, whole, Of.TRACKS, most=9).rows) == 7
        assert measure(frame, whole, Of.TRACKS).step is Step.WEEK
    assert lines.number_ones(frame, whole, Of.TRACKS).caption.takeaway == "7 tracks led in 7 weeks"
    few = days_of(frame, 7, 20)
    assert lines.number_ones(frame, few, Of.TRACKS).caption.takeaway == "2 tracks led in 2 weeks"


def test_who_led_most_and_stayed_longest_comes_first() -> None:
    frame = weekly([A], [B, A], [B, A], [C])
    whole = days_of(frame, 0, 27)
    assert [(r.title, r.steps) for r in lines.number_ones(frame, whole, Of.TRACKS).rows] == [
        *(("Bell", 2), ("Air", 1), ("Cave", 1))
    ]
    stayed = lines.longest(frame, whole, Of.TRACKS)
    assert [(r.title, r.steps) for r in stayed.rows] == [("Air", 3), ("Bell", 2), ("Cave", 1)]
    assert stayed.caption.takeaway == "Air: 3 of 4 weeks"


def test_lines_are_of_ten_over_twelve_steps_unless_more_are_asked_for() -> None:
    crowd = heard(*((n / 30, A) for n in range(2)), *((7 * n, B) for n in range(1, 15)))
    data = lines.lines(crowd, at(98), Of.TRACKS)
    assert (len(data.starts), data.starts[-1]) == (12, at(98))
    assert len(lines.lines(crowd, at(98), Of.TRACKS, count=3).starts) == 3
    assert len(lines.lines(crowd, at(7), Of.TRACKS).starts) == 2
    known = [PlayedTrack(n, f"Song {n}", ("X",)) for n in range(1, 13)]
    told = [Told(NOON + 600 * n, 60_000, n) for n in range(1, 13)]
    frame = History(told, known, "UTC").frame
    assert len(lines.lines(frame, MONDAY, Of.TRACKS).lines) == 10
    assert [one.ranks for one in lines.lines(frame, MONDAY, Of.TRACKS, keys=(11,)).lines] == [(12,)]


def test_lines_are_blank_in_steps_of_which_nothing_was_recorded() -> None:
    frame = heard((0, A), (21, A), gaps=[gap(6.5, 13.5), gap(14.5, 20.4)])
    data = lines.lines(frame, at(21), Of.TRACKS)
    assert (data.blank, data.starts) == (
        (False, True, False, False),
        (MONDAY, at(7), at(14), at(21)),
    )
    assert data.lines[0].ranks == (1, None, None, 1)
    assert data.caption.coverage == "15 of 28 days recorded"


def test_a_chart_says_what_is_missing_and_what_moved() -> None:
    frame = heard(
        *((0, A), (0.1, A), (0.2, B)),
        *((7, B), (7.1, B), (7.2, A), (7.3, C)),
        gaps=[gap(8.5, 10.5)],
    )
    data = chart.chart(frame, at(9), Of.TRACKS)
    assert data.caption.takeaway == "Bell is number one; 1 new, 1 up and 1 down"
    assert data.caption.coverage == "2 of 7 days not recorded"
    assert [(r.last, r.peak, r.steps, r.note) for r in data.rows] == [
        *((2, 1, 2, ""), (1, 1, 2, ""), (None, 3, 1, "new"))
    ]
    assert [round(r.share, 2) for r in data.rows] == [0.5, 0.25, 0.25]
    first = chart.chart(frame, MONDAY, Of.TRACKS)
    assert first.caption.coverage == "week fully recorded"
    assert chart.chart(frame, at(14), Of.TRACKS).caption.takeaway == (
        "Nothing was played in this week"
    )
    assert chart.steps_with_charts(frame, Step.WEEK) == [at(7), MONDAY]
    assert chart.steps_with_charts(frame, Step.MONTH) == [date(2018, 10, 1)]
    assert chart.steps_with_charts(heard(), Step.WEEK) == []


@pytest.mark.parametrize("by", list(By))
def test_first_listens_say_by_which_rule_they_stay(by: By) -> None:
    frame = heard((0, A), (60, A), (0, B), (61, B), (1, C), (62, A))
    data = first_listens(frame, days_of(frame, 0, 62), by)
    since = " A month has the minutes that its tracks were heard since, up to today."
    assert data.caption.sources == (RULE + since if by is By.MINUTES else RULE)
    if by is By.PLAYS:
        assert (data.stayed, data.left, data.open) == ((2, 0, 0), (1, 0, 0), (0, 0, 0))
    nothing = first_listens(heard(), days_of(frame, 0, 5), by)
    assert nothing.caption.takeaway == "Nothing was heard for the first time"


@pytest.mark.parametrize(("last", "new"), [(60, 1), (61, 0)])
def test_for_sixty_days_nobody_can_tell_whether_a_track_stays(last: int, new: int) -> None:
    frame = heard((0, A), (last, B))
    data = first_listens(frame, days_of(frame, 0, 5))
    assert (sum(n or 0 for n in data.open), sum(n or 0 for n in data.left)) == (new, 1 - new)


def test_tops_go_by_the_other_measure_where_they_tie_and_then_by_order() -> None:
    known = [PlayedTrack(n, f"Song {n}", ("X",)) for n in (1, 2, 3, 4)]
    told = [
        *(Told(NOON, 60_000, 1), Told(NOON + 900, 90_000, 2), Told(NOON + 1_800, 60_000, 3)),
        *(Told(NOON + 2_700, 60_000, 4), Told(NOON + 3_600, 20_000, 4, False)),
    ]
    frame = History(told, known, "UTC").frame
    span = days_of(frame, 0, 0)
    assert tops.ranked(frame, Of.TRACKS, By.PLAYS).tolist() == [1, 3, 0, 2]
    assert tops.ranked(frame, Of.TRACKS, By.PLAYS, 3).tolist() == [1, 3, 0]
    assert tops.ranked(frame, Of.TRACKS, By.MINUTES).tolist() == [1, 3, 0, 2]
    data = tops.tops(frame, span, Of.TRACKS, By.PLAYS, 2)
    assert [(row.rank, row.title, row.share) for row in data.rows] == [
        (1, "Song 2", 0.25),
        (2, "Song 4", 0.25),
    ]
    assert data.caption.takeaway == "4 tracks share the lead with 1 play each"
    two = History(told[:2], known, "UTC").frame
    equal = tops.tops(two, days_of(two, 0, 0), Of.TRACKS, By.PLAYS).caption.takeaway
    assert equal == "Song 2 and Song 1 lead with 1 play each"
    among = np.array([True, False, True, False])
    rows = tops.tops(frame, span, Of.TRACKS, among=among).rows
    assert [(row.rank, row.title) for row in rows] == [(3, "Song 1"), (4, "Song 3")]
    (last,) = tops.tops(frame, span, Of.TRACKS, most=1, among=np.array([True] + [False] * 3)).rows
    assert (last.rank, last.title) == (3, "Song 1")
    (artist,) = tops.tops(frame, span, Of.ARTISTS).rows
    assert (artist.subtitle, artist.value) == ("4 tracks", 4)
    assert len(tops.tops(many(60), days_of(frame, 0, 500), Of.TRACKS).rows) == 50


def test_places_climbed_are_from_the_first_hundred_of_the_time_before() -> None:
    known = [PlayedTrack(n, f"Song {n}", ("X",)) for n in range(103)]
    early = [Told(NOON + 60 * n, 60_000 - n, n) for n in range(102)]
    late = [Told(NOON + 7 * DAY + 60 * n, 60_000, n) for n in (0, 99, 100, 101, 102)]
    frame = History(early + late, known, "UTC").frame
    rows = tops.tops(frame, days_of(frame, 7, 13), Of.TRACKS).rows
    assert [(row.title, row.climbed, row.note) for row in rows] == [
        *(("Song 0", 0, ""), ("Song 99", 98, ""), ("Song 100", None, "back")),
        *(("Song 101", None, "back"), ("Song 102", None, "new")),
    ]
    first = tops.tops(frame, days_of(frame, 0, 6), Of.TRACKS, most=1).rows
    assert [(row.climbed, row.note) for row in first] == [(None, "")]


def test_days_weeks_and_months_follow_each_other() -> None:
    sunday = steps.number(frame_day(-1), Step.WEEK)
    assert [steps.number(frame_day(n), Step.WEEK) - sunday for n in (0, 6, 7)] == [1, 1, 2]
    assert [steps.begin(steps.number(frame_day(n), Step.WEEK), Step.WEEK) for n in (0, 6)] == [
        frame_day(0)
    ] * 2
    months = [steps.number(frame_day(n), Step.MONTH) for n in (-1, 0, 30, 31, 91, 92)]
    assert [month - months[0] for month in months] == [0, 1, 1, 2, 3, 4]
    assert steps.begin(months[-1], Step.MONTH) == frame_day(92)
    assert steps.weekday(np.array([frame_day(n) for n in range(-1, 8)])).tolist() == [
        *(6, 0, 1, 2, 3, 4, 5, 6, 0)
    ]
    assert steps.of_days(np.zeros(0, np.int64), Step.MONTH).tolist() == []
    cut = steps.of_span(days_of(heard(), 2, 14), Step.WEEK)
    assert (cut.count, cut.begins(), cut.cut().tolist()) == (
        *(3, [at(0), at(7), at(14)]),
        [True, False, True],
    )
    assert steps.hours_of_week(heard((-0.5, A), (6.4, A))).tolist() == [0, 6 * 24 + 21]


def frame_day(day: int) -> int:
    return (at(day) - date(1970, 1, 1)).days


def test_pairs_are_summed_by_step_and_key_and_what_has_no_key_is_left_out() -> None:
    frame = heard((0, A), (1, B), (2, A), (3, A), ms=120_000)
    made = counting.pairs(np.array([4, 4, 3, 4]), np.array([1, -1, 0, 1]), frame)
    assert [column.tolist() for column in made] == [[3, 4], [0, 1], [1, 2], [2, 4]]
    none = counting.pairs(np.array([1, 1, 1, 1]), np.array([-1] * 4), frame)
    assert [len(column) for column in none] == [0] * 4


@pytest.mark.parametrize("largest", [2**16 - 1, 2**16])
def test_places_are_as_narrow_as_they_fit(largest: int) -> None:
    made = counting.narrow(np.array([0, largest]))
    assert made.tolist() == [0, largest]
    assert (made.dtype == np.uint16) == (largest < 2**16)
