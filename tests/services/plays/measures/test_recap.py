"""A recap says what the other measures say of the same time."""

from collections import Counter

import pytest

from tests.services.plays import plainly
from tests.services.plays.histories import History, days
from tests.services.plays.measures.conftest import TODAY
from ttt.chartdata import By, Of
from ttt.services.plays.frame import Frame, Span
from ttt.services.plays.frame.span import between, of_year
from ttt.services.plays.measures.recap import recap


@pytest.fixture
def year() -> Span:
    return of_year(2018, TODAY)


def test_the_numbers_are_those_of_the_time(history: History, frame: Frame, year: Span) -> None:
    told = plainly.within(history, year)
    data = recap(frame, year)

    assert data.plays == sum(t.play for t in told)
    assert data.minutes == pytest.approx(sum(history.heard(t) for t in told) / 60_000)
    assert data.minutes_about
    by_hour = Counter(history.at(t).hour for t in told if t.play)
    assert list(data.hours) == [by_hour[hour] for hour in range(24)]
    missing = sum(not plainly.recorded(history, d) for d in days(year.first, year.last))
    assert data.missing == f"{missing} days not recorded"
    by_day = Counter(history.day(t) for t in told if t.play)
    assert data.busiest is not None
    assert data.busiest[1] == by_day[data.busiest[0]] == max(by_day.values())


def test_the_favourite_is_the_first_track_with_all_its_plays(
    history: History, frame: Frame, year: Span
) -> None:
    told = plainly.within(history, year)
    counts = plainly.totals(history, told, Of.TRACKS, By.PLAYS)
    data = recap(frame, year).favourite

    assert data is not None
    assert data.row.value == max(counts.values())
    assert len(data.dots) == data.row.value
    assert all(0 <= x <= 1 and 0 <= y < 24 for x, y in data.dots)


def test_new_artists_were_never_played_earlier(history: History, frame: Frame) -> None:
    first = min(history.day(t) for t in history.told)
    early = between(first, first.replace(month=6, day=10), TODAY)
    names = {history.track(t).artists[0] for t in plainly.within(history, early) if t.play}

    assert recap(frame, early).new_artists == len(names)
    assert recap(frame, of_year(2018, TODAY)).new_artists == 0


def test_a_time_without_plays_has_nothing_to_show(frame: Frame) -> None:
    data = recap(frame, of_year(2011, TODAY))

    assert (data.plays, data.favourite, data.sitting, data.tracks) == (0, None, None, ())
