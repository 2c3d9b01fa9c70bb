"""Races, ranks and charts of histories that fingers can count."""

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
from ttt.services.plays.frame import Frame, PlayedTrack, Span
from ttt.services.plays.measures.charts import beside, chart, lines, race
from ttt.services.plays.measures.charts.ranking import ranking

MINUTE = 60_000


def many(*counts: int) -> Frame:
    """Tracks of artists of their own, each played so often within minutes."""
    known = [PlayedTrack(n, f"Song {n}", (f"Band {n}",)) for n in range(len(counts))]
    told = [
        Told(NOON + 100 * (20 * n + k), MINUTE, n)
        for n, count in enumerate(counts)
        for k in range(count)
    ]
    return History(told, known, "UTC").frame


def test_a_race_has_the_sums_up_to_each_week_and_says_who_won() -> None:
    frame = heard((0, A), (1, A), (2, B), (7, B), (8, B), (9, C), (21, A))
    data = race.race(frame, days_of(frame, 0, 20), Of.TRACKS)
    assert (data.starts, data.titles) == ((MONDAY, at(7), at(14)), ("Air", "Bell", "Cave"))
    assert data.frames == (
        ((0, 2), (1, 1)),
        ((1, 3), (0, 2), (2, 1)),
        ((1, 3), (0, 2), (2, 1)),
    )
    assert data.caption.takeaway == "Bell won; the lead changed 1 time"
    assert data.caption.sources == "Sums since the beginning, week by week."
    assert data.caption.coverage == "every day recorded"
    early = race.race(frame, days_of(frame, 0, 6), Of.ARTISTS, By.MINUTES)
    assert (early.titles, early.frames) == (("X", "Y"), (((0, 2), (1, 1)),))
    assert early.caption.takeaway == "X won after leading from the start"
    nothing = race.race(frame, days_of(frame, 35, 41), Of.TRACKS)
    assert (nothing.titles, nothing.frames) == ((), ((),))
    assert nothing.caption.takeaway == "Nothing was played in this time"


def test_a_race_is_of_the_first_ten_and_of_those_that_were_once_among_them() -> None:
    data = race.race(many(*range(1, 13)), Span(MONDAY, at(6), "", ""), Of.TRACKS)
    assert data.titles == tuple(f"Song {n}" for n in range(2, 12))
    assert [amount for _, amount in data.frames[0]] == list(range(12, 2, -1))
    ten = race.race(many(*range(1, 11)), Span(MONDAY, at(6), "", ""), Of.TRACKS)
    assert len(ten.titles) == 10
    sums = np.array([[*range(1, 12), 0.0], [*range(1, 12), 99.0]])
    keys, columns = race._leading(sums)
    assert (keys.tolist(), columns.shape) == ([*range(1, 12)], (2, 11))


@pytest.mark.parametrize(("days", "step"), [(910, "week"), (911, "month")])
def test_a_race_is_by_months_where_weeks_would_be_more_than_130(days: int, step: str) -> None:
    frame = heard((0, A))
    data = race.race(frame, Span(at(1 - days), at(0), "", ""), Of.TRACKS)
    assert data.caption.sources == f"Sums since the beginning, {step} by {step}."
    assert len(data.starts) == (131 if step == "week" else 31)


def test_what_has_no_album_races_for_none() -> None:
    known = [PlayedTrack(1, "Air", ("X",), album="One"), PlayedTrack(2, "Bell", ("X",))]
    told = [Told(NOON + 60 * n, MINUTE, n % 2 + 1) for n in range(6)]
    frame = History(told, known, "UTC").frame
    data = race.race(frame, days_of(frame, 0, 6), Of.ALBUMS)
    assert (data.titles, data.frames) == (("One",), (((0, 3),),))


def test_ranks_are_known_step_by_step_and_key_by_key() -> None:
    frame = heard((0, A), (1, B), (2, B), (14, A))
    ranks = ranking(frame, Of.TRACKS, By.PLAYS, Step.WEEK)
    assert (ranks.count, ranks.key.tolist(), ranks.rank.tolist()) == (3, [1, 0, 0], [1, 2, 1])
    assert [ranks.key[ranks.rows(n)].tolist() for n in (-1, 0, 1, 2, 3)] == [
        *([], [1, 0], [], [0], [])
    ]
    assert [ranks.of(key).tolist() for key in (0, 1, 2)] == [[2, 0, 1], [1, 0, 0], [0, 0, 0]]
    assert ranking(heard(), Of.TRACKS, By.PLAYS, Step.WEEK).count == 0


def test_a_track_counts_for_each_of_its_genres_and_leads_to_its_page() -> None:
    known = [
        PlayedTrack(1, "Air", ("X",), "uri:1", genres=("dub", "ska")),
        PlayedTrack(2, "Bell", ("Y",), "uri:2"),
        PlayedTrack(3, "Cave", ("Z",), "uri:3", genres=("folk",)),
        PlayedTrack(4, "Dawn", ("Z",), "uri:4", genres=("ska", "folk", "jazz")),
    ]
    told = [Told(NOON + 100 * n, MINUTE * t, t) for n, t in enumerate((2, 3, 1, 4, 1, 4, 2, 4))]
    frame = History(told, known, "UTC").frame
    rows = chart.chart(frame, MONDAY, Of.GENRES).rows
    assert [(row.title, row.plays, row.minutes, row.uri) for row in rows] == [
        ("ska", 5, 14, None),
        ("folk", 4, 15, None),
        ("jazz", 3, 12, None),
        ("dub", 2, 2, None),
    ]
    tracks = chart.chart(frame, MONDAY, Of.TRACKS).rows
    assert [row.uri for row in tracks] == ["uri:4", "uri:2", "uri:1", "uri:3"]
    assert [row.uri for row in chart.chart(frame, MONDAY, Of.ARTISTS).rows] == [None] * 3


@pytest.mark.parametrize("by", list(By))
def test_ties_go_by_the_other_of_plays_and_minutes_then_by_what_was_played_first(by: By) -> None:
    known = [PlayedTrack(n, f"Song {n}", ("X",)) for n in range(5)]
    told = [
        Told(NOON, 5_000, 4, False),
        Told(NOON + 100, MINUTE, 3),
        Told(NOON + 200, MINUTE, 1),
        Told(NOON + 300, 2 * MINUTE, 2),
        Told(NOON + 500, 90_000, 0),
        Told(NOON + 700, 30_000, 0, False),
    ]
    rows = chart.chart(History(told, known, "UTC").frame, MONDAY, Of.TRACKS, by).rows
    expected = {By.PLAYS: [2, 0, 3, 1], By.MINUTES: [2, 0, 3, 1, 4]}[by]
    assert [row.title for row in rows] == [f"Song {n}" for n in expected]
    assert [row.plays for row in rows[:4]] == [1] * 4
    assert [round(row.minutes, 3) for row in rows[:2]] == [2, 2]
    shares = {By.PLAYS: [0.25] * 4, By.MINUTES: [0.329, 0.329, 0.164, 0.164, 0.014]}[by]
    assert [round(row.share, 3) for row in rows] == shares


def test_a_chart_has_twenty_places_and_what_fell_off_it_comes_back() -> None:
    known = [PlayedTrack(n, f"Song {n}", ("X",)) for n in range(1, 23)]
    weeks = [range(1, 23), [*range(1, 21), 22, 22], [21, 22]]
    told = [
        Told(NOON + 7 * DAY * week + 100 * place, MINUTE, track)
        for week, order in enumerate(weeks)
        for place, track in enumerate(order)
    ]
    frame = History(told, known, "UTC").frame
    first, second, third = (chart.chart(frame, at(7 * n), Of.TRACKS) for n in range(3))
    assert [len(one.rows) for one in (first, second, third)] == [20, 20, 2]
    assert (second.rows[0].title, second.rows[0].note, second.rows[0].last) == (
        *("Song 22", "new"),
        None,
    )
    assert (second.rows[19].title, second.rows[19].last, second.rows[19].peak) == (
        "Song 19",
        19,
        19,
    )
    assert second.caption.takeaway == "Song 22 is number one; 1 new and 19 down"
    assert [(r.title, r.note, r.last, r.peak, r.steps) for r in third.rows] == [
        ("Song 21", "new", None, 1, 1),
        ("Song 22", "", 1, 1, 2),
    ]
    fourth = chart.chart(heard((0, A), (7, B), (14, A)), at(14), Of.TRACKS)
    assert [(row.note, row.peak, row.steps) for row in fourth.rows] == [("back", 1, 2)]
    assert fourth.caption.takeaway == "Air is number one; 1 back"
    same = chart.chart(heard((0, A), (7, A)), at(7), Of.TRACKS)
    assert same.caption.takeaway == "Air is number one"


def test_a_chart_of_minutes_says_which_are_a_guess_of_its_own_days_alone() -> None:
    told = [Told(NOON + day * DAY, None if day in (7, 13) else MINUTE, A) for day in range(21)]
    known = [PlayedTrack(A, "Air", ("X",), duration_ms=MINUTE)]
    frame = History(told, known, "UTC").frame
    said = [
        chart.chart(frame, at(day), Of.TRACKS, By.MINUTES).caption.coverage for day in (0, 7, 14)
    ]
    guess = "minutes are about right: for 29 % of plays they are the track’s length"
    whole = "week fully recorded"
    assert said == [whole, f"{whole} · {guess}", whole]


def test_the_leader_of_a_line_that_is_asked_for_is_told_by_its_place() -> None:
    frame = heard((0, A), (0.1, A), (0.2, B), (7, B), (14, A), (14.1, A), (14.2, B))
    said = [
        lines.lines(frame, at(14), Of.TRACKS, keys=(key,)).caption.takeaway for key in (0, 1, 2)
    ]
    assert said == ["Air is back at number one", "Bell is at 2", "Cave"]
    two = lines.lines(frame, at(14), Of.TRACKS, count=2)
    assert (two.starts, [line.ranks for line in two.lines]) == (
        (at(7), at(14)),
        [(None, 1), (1, 2)],
    )


def test_what_is_asked_of_reigns_is_of_the_steps_that_the_time_touches() -> None:
    frame = heard((0, A), (7, B), (14, B), (21, C))
    for first, last, led in ((6, 14, {"Air": 1, "Bell": 2}), (7, 13, {"Bell": 1})):
        data = lines.number_ones(frame, days_of(frame, first, last), Of.TRACKS)
        assert ({row.title: row.steps for row in data.rows}, data.steps) == (led, sum(led.values()))
    nothing = lines.longest(frame, days_of(frame, 40, 50), Of.TRACKS)
    assert (nothing.rows, nothing.steps) == ((), 0)
    assert nothing.caption.takeaway == "Nothing was played in this time"
    none = lines.number_ones(heard(), days_of(frame, 0, 6), Of.TRACKS)
    assert (none.rows, none.steps) == ((), 0)


def test_spotifys_list_is_beside_the_twenty_eight_days_up_to_its_own() -> None:
    frame = heard((0, A), (1, B), (1.1, B), (28, C))
    listed = [beside.Ranked(n, f"spotify:track:{t}", "?", ("?",)) for n, t in enumerate("abc", 1)]
    places = {
        day: [row.mine for row in beside.beside(frame, at(day), listed).rows]
        for day in (0, 27, 28, 29)
    }
    assert places == {
        0: [1, None, None],
        27: [2, 1, None],
        28: [None, 1, 2],
        29: [None, None, 1],
    }
    short = beside.beside(frame, at(27), listed[:1])
    assert (short.agree, short.rows[0].mine) == (0, 2)
    assert beside.beside(frame, at(27), listed[:2]).agree == 2
