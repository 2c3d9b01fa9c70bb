"""What the page of one track, artist, album or genre says of it."""

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
)
from ttt.chartdata import By, Of, Step
from ttt.services.plays.frame import Frame, Gap, PlayedTrack, Span
from ttt.services.plays.measures import life


def said(*at_days: float, span: Span | None = None) -> str:
    frame = heard(*((day, A) for day in at_days))
    return life.life(frame, Of.TRACKS, 0, date(2030, 1, 1), span).caption.takeaway


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([0], "1 play since 1 October 2018"),
        ([0] * 9, "9 plays since 1 October 2018"),
        ([0] * 10, "10 plays over 1 day"),
        ([0] * 5 + [3] * 5, "Half of its 10 plays came on the first day"),
        ([0] * 5 + [3] * 6, "11 plays over 4 days"),
        ([0] + [3] * 5 + [20] * 4, "Half of its 10 plays came in the first 4 days"),
        ([0] + [4] * 5 + [5] * 3 + [17], "Half of its 10 plays came in the first 5 days"),
        ([0] * 4 + [1] * 2 + [4] * 4, "10 plays over 5 days"),
        ([0] * 4 + [1] * 2 + [5] * 4, "Half of its 10 plays came in the first 2 days"),
        ([0] * 4 + [30] * 2 + [59] * 4, "10 plays over 60 days"),
        ([0] * 4 + [40] * 2 + [60] * 4, "10 plays over 2 months"),
        ([0] * 4 + [300] * 2 + [364] * 4, "10 plays over 12 months"),
        ([0] * 4 + [300] * 2 + [365] * 4, "10 plays over 12 months"),
        ([0] * 4 + [400] * 2 + [731] * 4, "10 plays over 2 years"),
    ],
)
def test_a_life_is_told_by_its_plays_and_the_time_that_they_took(
    days: list[float], words: str
) -> None:
    assert said(*(day + n / 500 for n, day in enumerate(days))) == words


def test_a_life_has_its_places_in_the_first_and_the_last_of_its_months() -> None:
    frame = heard((0, A), (0.1, A), (1, B), (40, B), (40.1, B), (41, A), (70, A))
    assert life.life(frame, Of.TRACKS, 0, at(120)).ranks == (1, 2, 1, None)
    assert life.life(frame, Of.TRACKS, 1, at(120)).ranks == (2, 1, None, None)


def test_what_was_never_played_is_said_to_be() -> None:
    frame = heard((0, A))
    data = life.life(frame, Of.TRACKS, 1, at(3))
    assert data.caption.takeaway == "Never played as far as is recorded"
    assert (data.first, data.last, data.peak, data.plays) == (None, None, None, 0)


def skipped() -> Frame:
    """A twice and skipped once, B between, on three days."""
    told = [
        Told(NOON, 60_000, A),
        Told(NOON + 3_600, 30_000, B),
        Told(NOON + DAY, 6_000, A, False),
        Told(NOON + 2 * DAY + 1_800, None, A),
    ]
    known = [
        PlayedTrack(A, "Air", ("X",), "spotify:track:a", "First", duration_ms=90_000),
        PlayedTrack(B, "Bell", ("X",), "spotify:track:b", "Second", cover_url="b"),
        PlayedTrack(C, "Cave", ("Y",)),
    ]
    return History(told, known, "UTC").frame


def test_plays_and_skips_are_counted_apart_and_minutes_together() -> None:
    data = life.life(skipped(), Of.TRACKS, 0, at(6))
    assert (data.name, data.plays, data.skips, data.about) == ("Air", 2, 1, True)
    assert data.minutes == pytest.approx(1 + 0.1 + 1.5)
    assert (data.first, data.last) == (MONDAY, at(2))
    assert data.hours == (12.0, 12.5)
    assert data.days[1] - data.days[0] == pytest.approx(2 + 0.5 / 24, abs=1e-3)
    assert (data.step, data.each, data.span) == (Step.MONTH, (2,), (MONDAY, at(6)))
    assert data.ranks == (1,)
    assert data.peak == (1, 1)
    artist = life.life(skipped(), Of.ARTISTS, 0, at(6))
    assert (artist.plays, artist.skips) == (3, 1)
    minutes = life.life(skipped(), Of.TRACKS, 0, at(6), by=By.MINUTES)
    assert minutes.each == (3,)


def test_a_life_of_a_time_is_by_weeks_up_to_two_hundred_days_beside_the_time_before() -> None:
    frame = heard((0, A), (8, A), (9, A), (9.5, B))
    week = life.life(frame, Of.TRACKS, 0, at(20), days_of(frame, 7, 13))
    assert (week.step, week.plays, week.plays_before, week.each) == (Step.WEEK, 2, 1, (2,))
    assert (week.first, week.last) == (MONDAY, at(9))
    assert week.caption.before == "the 7 days before: 1 play"
    steps = [life.life(frame, Of.TRACKS, 0, at(300), days_of(frame, 0, n)).step for n in (199, 200)]
    assert steps == [Step.WEEK, Step.MONTH]
    unknown = heard((0, A), (8, A), gaps=[Gap(NOON + DAY // 2, NOON + 13 * DAY // 2, "off")])
    torn = life.life(unknown, Of.TRACKS, 0, at(9), days_of(unknown, 4, 6))
    assert (torn.plays_before, torn.each) == (None, (None,))
    assert life.life(unknown, Of.TRACKS, 0, at(9)).plays_before is None


@pytest.mark.parametrize("days", [80, 90, 91, 100])
def test_a_life_is_shown_from_ninety_days_before_its_first_play_within_the_history(
    days: int,
) -> None:
    frame = heard((0, B), (days, A))
    assert life.life(frame, Of.TRACKS, 0, at(days)).span == (at(max(days - 90, 0)), at(days))


def test_a_life_goes_on_to_what_a_clock_that_is_ahead_told_of() -> None:
    data = life.life(heard((0, B), (31, A)), Of.TRACKS, 0, at(30))
    assert (data.span, data.each) == ((MONDAY, at(31)), (0, 1))
    assert life.life(heard((31, A)), Of.TRACKS, 1, at(30)).span == (at(30), at(30))


@pytest.mark.parametrize(("pause", "follows"), [(1_800, 1), (1_801, 0)])
def test_what_begins_up_to_half_an_hour_after_the_end_follows(pause: int, follows: int) -> None:
    told = [Told(NOON, 60_000, A), Told(NOON + 60 + pause, 60_000, B)]
    known = [PlayedTrack(A, "Air", ("X",)), PlayedTrack(B, "Bell", ("Y",), "u", cover_url="c")]
    frame = History(told, known, "UTC").frame
    data = life.right_after(frame, 0)
    assert len(data.rows) == follows
    assert data.caption.takeaway == (
        "Bell follows it most" if follows else "Nothing follows it yet"
    )
    assert [(r.key, r.title, r.number, r.uri, r.cover_url) for r in data.rows] == [
        (1, "Bell", 1.0, "u", "c")
    ][:follows]
    assert life.right_after(frame, 1).rows == ()


def test_the_five_that_follow_most_are_shown_and_never_itself() -> None:
    known = [PlayedTrack(n, f"Song {n}", ("X",)) for n in range(1, 9)]
    after = [n for n in range(2, 9) for _ in range(n)]
    order = [track for n in after for track in (1, 1, n)]
    told = [Told(NOON + 100 * n, 60_000, track) for n, track in enumerate(order)]
    frame = History(told, known, "UTC").frame
    rows = life.right_after(frame, 0).rows
    assert [(row.title, row.number) for row in rows] == [(f"Song {n}", n) for n in (8, 7, 6, 5, 4)]


def test_what_counts_with_a_track_and_what_else_its_artist_made_is_named_by_id() -> None:
    known = [
        PlayedTrack(11, "Air", ("X",), album="First", recording=1),
        PlayedTrack(12, "Air", ("X",), recording=1),
        PlayedTrack(13, "Bell", ("X",), album="Second"),
        PlayedTrack(14, "Cave", ("X",)),
        PlayedTrack(15, "Dawn", ("X",)),
        PlayedTrack(16, "Else", ("Y",)),
    ]
    heard_of = (11, 11, 12, 13, 14, 14, 16)
    told = [Told(NOON + 900 * n, 60_000, track) for n, track in enumerate(heard_of)]
    frame = History(told, known, "UTC").frame
    assert life.ids(frame, 0) == (11, {12: "Air"}, {14: "Cave", 13: "Bell · Second"})
    crowd = [PlayedTrack(n, f"Song {n}", ("X",)) for n in range(60)]
    told = [Told(NOON + 900 * n, 60_000, n) for n in range(60)]
    assert len(life.ids(History(told, crowd, "UTC").frame, 0)[2]) == 50


@pytest.mark.parametrize(("count", "shown"), [(1_500, 1_500), (1_501, 1_500)])
def test_fifteen_hundred_dots_are_shown_at_most(count: int, shown: int) -> None:
    kept = np.zeros(count, bool)
    kept[life._spread(count)] = True
    assert (int(kept.sum()), bool(kept[0]), bool(kept[-1])) == (shown, True, True)
    assert (life._dots(count) == "Each dot is a play.") == (count == shown)


def test_places_below_forty_are_not_shown_and_the_best_is_counted() -> None:
    assert life._peak((None, 3, 2, None, 2)) == (2, 2)
    assert life._peak((None, None)) is None
    known = [PlayedTrack(n, f"Song {n}", ("X",)) for n in range(1, 43)]
    told = [Told(NOON + 60 * n, 40_000, n) for n in range(1, 43)]
    frame = History(told, known, "UTC").frame
    ranks = [life.life(frame, Of.TRACKS, n, at(0)).ranks for n in (0, 39, 40)]
    assert ranks == [(1,), (40,), (None,)]
