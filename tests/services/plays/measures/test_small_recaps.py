"""What the cards of a recap say of histories that fingers can count."""

from datetime import date

import pytest

from tests.services.plays.histories import History, Told
from tests.services.plays.measures.test_small_histories import (
    DAY,
    NOON,
    A,
    B,
    C,
    at,
    days_of,
    heard,
)
from ttt.chartdata import TopRow
from ttt.services.plays.frame import Frame, Gap, PlayedTrack, Span
from ttt.services.plays.frame.span import of_year
from ttt.services.plays.measures import recap


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2018, 1, 1), date(2018, 12, 31), "1 Jan–31 Dec 2018"),
        (date(2017, 11, 29), date(2018, 11, 28), "29 Nov 2017–28 Nov 2018"),
    ],
)
def test_the_year_is_said_once_where_it_is_one(first: date, last: date, words: str) -> None:
    assert recap._dates(Span(first, last, "", "")) == words


def row(rank: int, climbed: int | None) -> TopRow:
    return TopRow(rank, rank, f"Song {rank}", "", 1, 0.1, None, None, climbed, "")


def test_the_five_that_climbed_most_of_the_first_thirty_are_climbers() -> None:
    rows = tuple(row(n, {1: None, 2: 0, 3: -4}.get(n, n % 9)) for n in range(1, 41))
    found = [(one.rank, one.climbed) for one in recap._climbers(rows)]
    assert found == [(8, 8), (17, 8), (26, 8), (7, 7), (16, 7)]
    late = (*(row(n, 0) for n in range(1, 31)), row(31, 9))
    assert recap._climbers(late) == ()
    assert [
        one.rank for one in recap._climbers((*(row(n, 0) for n in range(1, 30)), row(30, 1)))
    ] == [30]


def crowd(count: int) -> Frame:
    known = [PlayedTrack(n, f"Song {n}", (f"Band {n}",), album=f"Album {n}") for n in range(count)]
    told = [Told(NOON + 60 * n, 60_000, n) for n in range(count)]
    return History(told, known, "UTC").frame


def test_lists_have_five_rows_and_newcomers_twelve() -> None:
    frame = crowd(14)
    data = recap.recap(frame, days_of(frame, 0, 6))
    assert [len(rows) for rows in (data.tracks, data.artists, data.albums)] == [5, 5, 5]
    assert (data.new_artists, len(data.newcomers)) == (14, 12)
    assert recap.recap(frame, days_of(frame, 1, 6)).new_artists == 0


def test_a_recap_counts_its_time_and_what_is_missing() -> None:
    gap = Gap(NOON + 7 * DAY // 2, NOON + 11 * DAY // 2, "off")
    frame = heard((0, A), (1, A), (1.1, B), (2, A), ms=1_800_000, gaps=[gap])
    data = recap.recap(frame, days_of(frame, 0, 6))
    assert (data.plays, data.minutes, data.missing) == (4, 120, "2 days not recorded")
    assert data.daily == (1, 2, 1, 0, None, None, 0)
    assert (data.busiest, data.streak) == ((at(1), 2), 3)
    assert data.name == "1 October 2018 to 7 October 2018"
    assert (data.hours[12], data.hours[14], sum(data.hours)) == (3, 1, 4)
    assert data.favourite is not None
    assert (data.favourite.weeks_at_one, data.favourite.hours) == (1, 1.5)
    assert data.favourite.dots == ((0.0714, 12.0), (0.2143, 12.0), (0.3571, 12.0))
    assert data.sitting is not None
    assert data.sitting.plays == 1
    nothing = recap.recap(frame, days_of(frame, 20, 22))
    assert (nothing.plays, nothing.busiest, nothing.favourite, nothing.sitting) == (
        0,
        None,
        None,
        None,
    )
    assert nothing.missing == ""
    assert len(data.hours) == len(nothing.hours) == 24
    unknown = recap.recap(frame, days_of(frame, -9, -3))
    assert (unknown.busiest, unknown.daily) == (None, (None,) * 7)
    assert unknown.missing == "7 days not recorded"


def test_a_favourite_that_others_beat_each_week_was_never_at_number_one() -> None:
    first = [(0.1 * n, A) for n in range(2)] + [(1 + 0.1 * n, B) for n in range(3)]
    second = [(7 + 0.1 * n, A) for n in range(2)] + [(8 + 0.1 * n, C) for n in range(3)]
    frame = heard(*first, *second)
    favourite = recap.recap(frame, days_of(frame, 0, 13)).favourite
    assert favourite is not None
    assert (favourite.row.title, favourite.weeks_at_one) == ("Air", 0)


def test_a_favourite_has_six_hundred_dots_or_a_few_more() -> None:
    def dots(count: int) -> int:
        plays = [Told(NOON + 60 * n, 60_000, A) for n in range(count)]
        frame = History(plays, [PlayedTrack(A, "Air", ("X",))], "UTC").frame
        favourite = recap.recap(frame, of_year(2018, at(30))).favourite
        return len(favourite.dots) if favourite else 0

    assert [dots(n) for n in (1, 600, 1_199, 1_200)] == [1, 600, 1_199, 600]
