"""Quartiles, means, lines and odd weeks of so few values that their numbers can be written down."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from tests.services.plays.histories import History, Told
from ttt.chartdata import By, Spread, Step
from ttt.music import Measure
from ttt.services.plays.frame import Frame, Gap, PlayedTrack, Span
from ttt.services.plays.frame.span import between
from ttt.services.plays.measures import steps
from ttt.services.plays.measures.mood import odd, river, seasons, spread, stepwise

MONDAY = date(2017, 1, 2)
START = int(datetime(2017, 1, 2, 12, tzinfo=UTC).timestamp())
DAY, HOUR = 86_400, 3_600_000
NAN = float("nan")


def tracks(*energies: float | None) -> list[PlayedTrack]:
    return [
        PlayedTrack(n, f"Song {n}", ("X",), energy=e, valence=e, tempo=e and 100 + e)
        for n, e in enumerate(energies)
    ]


def of(
    known: list[PlayedTrack], *plays: tuple[float, int, float], gaps: tuple[Gap, ...] = ()
) -> Frame:
    """Tracks heard for some hours, each so many days after noon of that Monday."""
    told = [Told(START + round(day * DAY), round(long * HOUR), track) for day, track, long in plays]
    return History(sorted(told), known, "UTC", list(gaps)).frame


def at(day: int) -> date:
    return MONDAY + timedelta(days=day)


def test_quartiles_are_the_least_values_up_to_which_so_much_of_the_time_lies() -> None:
    values = tracks(*(n / 10 for n in range(1, 9)), None)
    frame = of(values, *((0, n, 1) for n in range(9)))
    found = spread.spreads(frame, np.zeros(9, np.int64), 2, Measure.ENERGY)
    assert found.at(0) == Spread(0.2, 0.4, 0.6)
    assert found.at(1) is None
    assert (found.known.tolist(), found.all.tolist()) == ([8 * HOUR, 0], [9 * HOUR, 0])
    assert [found.at(0, least) is None for least in (7.99, 8, 8.01)] == [False, True, True]
    assert spread.whole(frame, Measure.ENERGY) == Spread(0.2, 0.4, 0.6)
    assert spread.whole(of(tracks(None), (0, 0, 1)), Measure.ENERGY) is None


def test_groups_have_their_means_and_how_much_of_them_is_known() -> None:
    frame = of(tracks(0.2, 0.8, None), (0, 0, 3), (1, 1, 1), (2, 2, 4), (3, 2, 2))
    groups = np.array([0, 0, 0, 1])
    mean, time = spread.means(frame, groups, 3, Measure.ENERGY)
    assert mean.tolist() == pytest.approx([0.35, NAN, NAN], nan_ok=True)
    assert time.tolist() == [4, 0, 0]
    mean, count = spread.means(frame, groups, 3, Measure.ENERGY, By.PLAYS)
    assert (round(float(mean[0]), 6), count.tolist()) == (0.5, [2, 0, 0])
    share = spread.known_time(frame, groups, 3)
    assert share.tolist() == pytest.approx([0.5, 0, NAN], nan_ok=True)
    by_plays = spread.known_time(frame, groups, 3, By.PLAYS)
    assert by_plays.tolist() == pytest.approx([2 / 3, 0, NAN], nan_ok=True)
    partly = [PlayedTrack(0, "Song", ("X",), energy=0.5, valence=0.5)]
    assert spread.known_time(of(partly, (0, 0, 1)), np.array([0]), 1).tolist() == [0]


def test_values_are_as_precise_as_their_sources() -> None:
    track = PlayedTrack(
        0, "Song", ("X",), energy=0.12349, valence=0.98765, tempo=120.06, popularity=50.04
    )
    frame = of([track], (0, 0, 1))
    found = {m: spread.rounded(frame.tracks, m).round(5).tolist() for m in Measure}
    assert found == {
        Measure.ENERGY: [0.123],
        Measure.VALENCE: [0.988],
        Measure.TEMPO: [120.1],
        Measure.POPULARITY: [50],
    }


@pytest.mark.parametrize(
    ("begin", "count", "part"),
    [
        (0, 3, [1, 2, 3]),
        (1, 1, [2]),
        (1, 3, [2, 3, 9]),
        (-2, 3, [9, 9, 1]),
        (-1, 5, [9, 1, 2, 3, 9]),
        (-3, 2, [9, 9]),
        (3, 2, [9, 9]),
    ],
)
def test_a_stretch_of_the_history_is_blank_beyond_it(
    begin: int, count: int, part: list[float]
) -> None:
    assert stepwise._part(np.array([1.0, 2.0, 3.0]), begin, count, 9).tolist() == part


def test_steps_of_a_part_of_the_history_are_those_of_the_whole_but_for_what_it_cuts() -> None:
    frame = of(tracks(0.2, 0.8), *((day, int(day >= 9), 2) for day in range(0, 21, 3)))
    for first, last in ((0, 20), (-7, 27), (4, 16), (12, 20), (7, 13)):
        chosen = steps.of_span(Span(at(first), at(last), "", ""), Step.WEEK)
        found = stepwise.by_step(frame, chosen, Measure.ENERGY)
        inside = frame.within(chosen.span)
        alone = spread.spreads(inside, chosen.place(inside.day), chosen.count, Measure.ENERGY)
        for column, expected in zip(found, alone, strict=True):
            assert column.tolist() == pytest.approx(expected.tolist(), nan_ok=True)
        assert stepwise.known(frame, chosen).tolist() == pytest.approx(
            spread.known_time(inside, chosen.place(inside.day), chosen.count).tolist(), nan_ok=True
        )


@pytest.mark.parametrize(
    ("step", "days", "line"),
    [
        # Seven days, of which three are known; thirteen weeks and five; three months and one.
        (Step.DAY, (0, 1, 2, 9, 10), [*[0.4] * 4, *[None] * 3]),
        (Step.WEEK, (0, 7, 14, 21, 28), [*[0.44] * 7, *[None] * 2]),
        (Step.WEEK, (0, 7, 14, 21), [None] * 9),
    ],
)
def test_a_line_is_the_mean_around_where_a_third_of_it_is_known(
    step: Step, days: tuple[int, ...], line: list[float | None]
) -> None:
    frame = of(tracks(0.2, 0.8), *((day, n % 2, 2) for n, day in enumerate(days)))
    last = 13 if step is Step.DAY else 83
    data = river.river(frame, between(at(0), at(last), at(last)), step)
    found = data.ribbons[0].line[: len(line)]
    assert list(found) == [None if v is None else pytest.approx(v) for v in line]


def test_the_line_of_months_is_of_three() -> None:
    frame = of(tracks(0.2, 0.8), (0, 0, 2), (31, 1, 2), (180, 0, 2))
    data = river.river(frame, between(date(2017, 1, 1), date(2017, 8, 31), at(240)), Step.MONTH)
    line = [value and round(value, 2) for value in data.ribbons[0].line]
    assert line == [0.5, 0.5, 0.8, None, None, 0.2, 0.2, 0.2]


def test_the_last_two_years_are_of_365_days_each() -> None:
    ago = [0, 364, 365, 729, 730, 900]
    frame = of(tracks(*(n / 10 for n in range(6))), *((-day, n, 1) for n, day in enumerate(ago)))
    sides = river._now_and_before(frame, Span(at(-900), at(0), "", "now"))
    assert [(name, sorted(plays.track.tolist())) for name, plays in sides] == [
        ("the last year", [0, 1]),
        ("the year before", [2, 3]),
    ]
    alone = river._now_and_before(frame, Span(at(-364), at(0), "", "now"))
    assert [(name, len(plays)) for name, plays in alone] == [("now", 2), ("", 0)]


def test_what_is_usual_for_a_week_is_the_middle_of_the_twenty_six_before_and_behind() -> None:
    usual = odd._around(np.arange(60.0))
    assert [usual[n] for n in (0, 1, 2, 26, 30, 58, 59)] == [13, 13.5, 14, 26, 30, 45.5, 46]
    torn = odd._around(np.array([NAN, 4.0, NAN, 8.0, 1.0]))
    assert torn.tolist() == [4] * 5
    assert odd._around(np.array([4.0, NAN, 8.0])).tolist() == [6] * 3


def test_weeks_are_as_far_as_their_squares_of_standard_deviations() -> None:
    middles, usual = np.array([1.0, 3.0, 2.0, 9.0]), np.full(4, 2.0)
    fit = np.array([True, True, True, False])
    assert odd._distance(middles, usual, fit).tolist() == pytest.approx([1.5, 1.5, 0, 0])
    assert odd._distance(usual, usual, fit).tolist() == [0] * 4


@pytest.mark.parametrize(("day", "spoilt"), [(28, range(2, 7)), (34, range(2, 7))])
def test_weeks_within_two_weeks_of_a_gap_are_left_out(day: int, spoilt: range) -> None:
    off = Gap(START + day * DAY - DAY // 2, START + day * DAY + DAY // 2, "off")
    frame = of(tracks(0.2), (-14, 0, 1), (90, 0, 1), gaps=(off,))
    chosen = steps.of_span(Span(at(0), at(64), "", ""), Step.WEEK)
    expected = [n not in {*spoilt, 9} for n in range(10)]
    assert odd._eligible(frame, chosen).tolist() == expected
    late = of(tracks(0.2), (-13, 0, 1), (90, 0, 1))
    assert odd._eligible(late, chosen).tolist() == [0 < n < 9 for n in range(10)]


def year(count: int, strange: tuple[float, float] = (4, 0)) -> Frame:
    """So many weeks of four hours, of which the tenth is another: known and unknown hours."""
    plays = [(7 * n, 0, 4.0) for n in range(count) if n != 10]
    known, unknown = strange
    return of(tracks(0.5, 0.9, None), *plays, (70, 1, known), (71, 2, unknown))


@pytest.mark.parametrize(
    ("weeks", "strange", "odd_one"),
    [
        (22, (4, 0), 10),
        (21, (4, 0), None),
        (23, (3.01, 0), 10),
        (23, (3, 0), 2),
        (23, (6.01, 4), 10),
        (23, (5.99, 4), 2),
    ],
)
def test_of_twenty_weeks_of_which_enough_is_known_one_is_the_oddest(
    weeks: int, strange: tuple[float, float], odd_one: int | None
) -> None:
    found = odd.week(year(weeks, strange), between(at(0), at(7 * weeks - 1), at(7 * weeks)))
    assert (found and found.first) == (None if odd_one is None else at(7 * odd_one))
    if found and odd_one == 10:
        assert found.values[Measure.ENERGY] == pytest.approx((0.9, 0.5))
        assert found.values[Measure.TEMPO] == pytest.approx((100.9, 100.5))
        assert found.last == at(76)


def test_an_odd_week_is_told_by_its_first_five_tracks() -> None:
    known = tracks(0.5, *[0.9] * 6)
    plays = [(7 * n, 0, 4.0) for n in range(25) if n != 10]
    odd_ones = [(70 + n, n, 4.0 - n / 2) for n in range(1, 7)]
    frame = of(known, *plays, *odd_ones)
    span = between(at(0), at(174), at(175))
    found = odd.week(frame, span)
    assert found is not None
    assert [(t.title, t.minutes, t.plays) for t in found.tracks] == [
        *(("Song 1", 210, 1), ("Song 2", 180, 1), ("Song 3", 150, 1)),
        *(("Song 4", 120, 1), ("Song 5", 90, 1)),
    ]
    assert found.share == pytest.approx(12.5 / 13.5)
    assert found.caption.takeaway == "13–19 Mar 2017: 5 tracks held 93 % of its time"
    assert found.tracks[0].values[Measure.ENERGY] == pytest.approx(0.9)
    by_plays = odd.week(frame, span, By.PLAYS)
    assert by_plays is None


def test_quarters_begin_in_december_and_are_numbered_by_four() -> None:
    days = [date(2017, 11, 30), date(2017, 12, 1), date(2018, 2, 28), date(2018, 3, 1)]
    numbers = seasons._quarters(np.array([(day - date(1970, 1, 1)).days for day in days]))
    assert (numbers % 4).tolist() == [3, 0, 0, 1]
    assert np.diff(numbers).tolist() == [1, 0, 1]


@pytest.mark.parametrize(("first", "years"), [(15, "both years"), (16, "")])
def test_a_winter_counts_of_which_forty_five_days_were_recorded(first: int, years: str) -> None:
    known = tracks(0.2, 0.8)
    days = [(date(2014, 1, first), 0), (date(2014, 7, 15), 1)]
    days += [(date(2015, 1, 15), 0), (date(2015, 7, 15), 1)]
    frame = of(known, *(((day - MONDAY).days, track, 4) for day, track in days))
    span = between(date(2014, 1, first), date(2015, 12, 30), date(2015, 12, 30))
    said = seasons.takeaway(frame, span, Measure.ENERGY)
    assert (years in said, bool(said)) == (True, bool(years))
