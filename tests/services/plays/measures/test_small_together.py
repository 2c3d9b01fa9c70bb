"""Two histories that fingers can count, side by side: shares, firsts, lists and what is said."""

import pytest

from tests.services.plays.histories import History, Told
from tests.services.plays.measures.test_small_histories import NOON, at
from ttt.chartdata import By, CommonRow
from ttt.services.plays.frame import Frame, PlayedTrack, Span
from ttt.services.plays.frame.span import everything
from ttt.services.plays.measures.together import together

MINUTE = 60_000
WEEK = Span(at(0), at(6), "", "")
KNOWN = [
    PlayedTrack(1, "Air", ("X",), "uri:1", cover_url="cover 1"),
    PlayedTrack(2, "Bell", ("X",), "uri:2", cover_url="cover 2"),
    PlayedTrack(3, "Cave", ("Y",), "uri:3"),
    PlayedTrack(4, "Dawn", ("Z",), "uri:4"),
    PlayedTrack(5, "Else", (), "uri:5"),
]


def of(*plays: tuple[int, int, float], zone: str = "UTC", skipped: int = 0) -> Frame:
    """Tracks heard for some minutes, each so many minutes after noon; one track was skipped."""
    told = [
        Told(NOON + 60 * minute, round(long * MINUTE), track, track != skipped)
        for minute, track, long in sorted(plays)
    ]
    return History(told, KNOWN, zone).frame


def shown(rows: tuple[CommonRow, ...]) -> list[tuple[str, float, float, int | None]]:
    return [(row.title, *(round(n, 3) for n in row.shares), row.earlier) for row in rows]


def test_what_both_hear_is_told_by_the_smaller_share_and_who_was_first() -> None:
    mine = of((0, 1, 4), (10, 2, 2), (20, 3, 2), (30, 4, 2))
    theirs = of((0, 3, 5), (5, 1, 1), (30, 4, 2), (40, 2, 2))
    data = together(mine, theirs, WEEK, "Bob")
    assert shown(data.artists) == [("X", 0.6, 0.3, 0), ("Y", 0.2, 0.5, 1), ("Z", 0.2, 0.2, None)]
    assert shown(data.tracks) == [
        ("Bell", 0.2, 0.2, 0),
        ("Cave", 0.2, 0.5, 1),
        ("Dawn", 0.2, 0.2, None),
        ("Air", 0.4, 0.1, 0),
    ]
    assert (data.alike, data.counts, data.earlier) == (70, (3, 4), (1, 1))
    assert [(row.uri, row.cover_url, row.subtitle) for row in data.tracks[:2]] == [
        ("uri:2", "cover 2", "X"),
        ("uri:3", None, "Y"),
    ]
    assert [(row.uri, row.cover_url) for row in data.artists] == [(None, None)] * 3
    assert data.caption.takeaway == "70 of 100 alike with Bob: 3 artists in common, X first"
    assert data.caption.coverage == ("your history begins in October 2018, theirs in October 2018")
    assert data.blend == ("uri:2", "uri:3", "uri:4", "uri:1")
    by_plays = together(mine, theirs, WEEK, "Bob", By.PLAYS)
    assert shown(by_plays.artists)[0] == ("X", 0.5, 0.5, 0)
    assert by_plays.alike == 100


def test_what_was_only_skipped_has_time_but_no_first_play() -> None:
    mine = of((0, 1, 3), (10, 3, 1), skipped=3)
    theirs = of((0, 3, 1), (10, 4, 3))
    data = together(mine, theirs, WEEK, "Bob")
    assert shown(data.artists) == [("Y", 0.25, 0.25, None)]
    assert data.artists[0].firsts == (None, at(0))
    assert data.earlier == (0, 0)
    none = together(mine, theirs, WEEK, "Bob", By.PLAYS)
    assert none.caption.takeaway == "You and Bob have no artist in common in this time"
    assert (none.alike, none.counts) == (0, (0, 0))
    other = together(theirs, mine, WEEK, "Bob")
    assert other.artists[0].firsts == (at(0), None)
    assert other.artists[0].earlier is None


def test_first_days_are_those_of_each_clock_and_of_whole_histories() -> None:
    mine = of((-3 * 24 * 60, 3, 1), (11 * 60, 3, 1))
    theirs = of((11 * 60 + 50, 3, 1), zone="Asia/Tokyo")
    data = together(mine, theirs, WEEK, "Bob")
    assert data.artists[0].firsts == (at(-3), at(1))
    assert data.caption.coverage == (
        "your history begins in September 2018, theirs in October 2018"
    )


def test_tracks_without_artists_are_one_where_their_titles_are_and_no_artist_in_common() -> None:
    data = together(of((0, 5, 1)), of((9, 5, 1)), WEEK, "Bob")
    assert (data.counts, data.alike) == ((0, 1), 0)
    assert shown(data.tracks) == [("Else", 1, 1, 0)]
    theirs = History([Told(NOON, MINUTE, 9)], [PlayedTrack(9, "Air", (), "uri:9")], "UTC").frame
    assert together(of((0, 1, 1)), theirs, WEEK, "Bob").counts == (0, 0)


def test_each_has_tracks_of_their_own_that_are_one_by_their_names() -> None:
    other = [
        PlayedTrack(22, "Bell", ("X",), "uri:22"),
        PlayedTrack(33, "Cave", ("Y",), "uri:33"),
        PlayedTrack(44, "Fern", ("Y",), "uri:44", recording=7),
        PlayedTrack(11, "Air", ("X",), "uri:11", recording=7),
    ]
    told = [Told(NOON + 60 * n, MINUTE, track) for n, track in enumerate((33, 22, 44, 33))]
    theirs = History(told, other, "UTC").frame
    data = together(of((0, 1, 1), (9, 2, 2)), theirs, WEEK, "Bob")
    assert shown(data.tracks) == [("Air", 0.333, 0.25, 0), ("Bell", 0.667, 0.25, 1)]
    assert data.blend == ("uri:1", "uri:2", "uri:33")


def test_minutes_of_either_that_are_a_guess_are_said_to_be() -> None:
    sure = of((0, 3, 1))
    guess = History([Told(NOON + 60, None, 3), Told(NOON + 999, MINUTE, 3)], KNOWN, "UTC").frame
    for mine, theirs in ((sure, guess), (guess, sure)):
        assert together(mine, theirs, WEEK, "Bob").caption.coverage.endswith(
            "; minutes are partly the tracks’ lengths"
        )
        plays = together(mine, theirs, WEEK, "Bob", By.PLAYS)
        assert "minutes" not in plays.caption.coverage


def crowd(first: int, count: int, prefix: str = "spotify:track:") -> Frame:
    """So many tracks of as many artists, the first heard most."""
    known = [
        PlayedTrack(n, f"Song {n:02}", (f"Band {n:02}",), f"{prefix}{n}")
        for n in range(first, first + count)
    ]
    told = [Told(NOON + 100 * n + first, (200 - n) * 1_000, n) for n in range(first, first + count)]
    return History(told, known, "UTC").frame


def test_twenty_rows_are_listed_and_forty_tracks_blended_in_turn() -> None:
    data = together(crowd(0, 25), crowd(0, 25), everything(at(0), at(6)), "Bob")
    assert (data.counts, len(data.artists), len(data.tracks)) == ((25, 25), 20, 20)
    assert data.blend == tuple(f"spotify:track:{n}" for n in range(25))
    apart = together(crowd(0, 31), crowd(30, 31), everything(at(0), at(6)), "Bob")
    first = [30, 0, 1, 31, 2, 32, 3]
    assert [int(uri.rpartition(":")[2]) for uri in apart.blend[:7]] == first
    assert len(apart.blend) == 40


@pytest.mark.parametrize("missing", ["mine", "theirs"])
def test_what_spotify_does_not_have_is_on_no_list_for_both(missing: str) -> None:
    known = [PlayedTrack(n, f"Song {n}", ("X",), "" if n == 8 else f"uri:{n}") for n in (7, 8, 9)]
    one = History([Told(NOON + n, MINUTE, n) for n in (7, 8)], known, "UTC").frame
    other = History([Told(NOON + n, MINUTE, n) for n in (8, 9)], known, "UTC").frame
    sides = (one, other) if missing == "mine" else (other, one)
    expected = {"mine": ("uri:7", "uri:9"), "theirs": ("uri:9", "uri:7")}[missing]
    assert together(*sides, WEEK, "Bob").blend == expected
