"""Tastes, periods and weeks of the demo listeners."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import mean, median

import pytest

from ttt.demo import ranks
from ttt.demo.listeners import LISTENERS, listener

WEEK = ranks.iso_week(datetime(2026, 11, 25, tzinfo=UTC))
WEEKS = range(WEEK - 12, WEEK + 1)
EACH_LISTENER = pytest.mark.parametrize("person", LISTENERS, ids=lambda person: person.id)


def top(library, person, time_range="short_term", week=WEEK):
    return ranks.top_tracks(library, person, time_range, week)[:50]


def shared(one, other):
    return len(set(one) & set(other)) / 50


@EACH_LISTENER
def test_a_list_holds_a_hundred_different_tracks(library, person):
    for time_range in ranks.WEEKS:
        tracks = ranks.top_tracks(library, person, time_range, WEEK)
        assert len(set(tracks)) == len(tracks) == 100


@EACH_LISTENER
def test_the_periods_differ_and_overlap(library, person):
    short, medium, long = (top(library, person, time_range) for time_range in ranks.WEEKS)

    assert 0.30 <= shared(short, long) <= 0.60
    assert shared(short, long) <= shared(short, medium) < 0.90
    assert shared(medium, long) < 0.90


def test_from_week_to_week_some_ranks_move_and_a_few_are_new(library):
    moved, new = [], []
    for person in LISTENERS:
        for before, after in pairwise(top(library, person, week=week) for week in WEEKS):
            moved.append(mean(a is not b for a, b in zip(before, after, strict=True)))
            new.append(len(set(after) - set(before)))

    assert 0.33 <= mean(moved) <= 0.60
    assert 1 <= mean(new) <= 4
    assert max(new) <= 8


def test_within_a_week_nothing_moves():
    monday = datetime(2026, 11, 23, tzinfo=UTC)

    days = [ranks.iso_week(monday + timedelta(days=day)) for day in range(-1, 8)]

    assert days == [WEEK - 1, *[WEEK] * 7, WEEK + 1]


def test_listeners_differ_in_taste(library):
    lists = [top(library, person, "long_term") for person in LISTENERS]

    assert all(
        shared(one, other) < 0.2 for place, one in enumerate(lists) for other in lists[place + 1 :]
    )


@EACH_LISTENER
def test_a_listener_plays_mostly_the_first_genre(library, person):
    genres = [track.genre for track in top(library, person, "long_term")]

    assert max(set(genres), key=genres.count) == next(iter(person.genres))


def test_the_lines_on_the_consent_page_are_true(library):
    def typical(name, value):
        tracks = top(library, listener(name), "long_term")
        return median(getattr(track, value) for track in tracks)

    assert typical("ada", "energy") > typical("deniz", "energy") > typical("ben", "energy")
    assert typical("chiara", "valence") > 0.5 > typical("emi", "valence")
    assert typical("deniz", "valence") < 0.45
    assert typical("chiara", "tempo") == pytest.approx(123, abs=2)
    assert typical("emi", "tempo") > 140
    assert typical("ben", "tempo") < 110


def test_the_list_of_a_week_is_always_the_same(library):
    before = top(library, LISTENERS[0], "long_term")
    for cached in (ranks.top_tracks, ranks._taste, ranks._sound):
        cached.cache_clear()

    assert top(library, LISTENERS[0], "long_term") == before


def test_an_artist_with_more_and_higher_tracks_stands_higher(library):
    artists = ranks.top_artists(library, LISTENERS[0], "long_term", WEEK)
    tracks = ranks.top_tracks(library, LISTENERS[0], "long_term", WEEK)

    def points(artist):
        return sum(100 - rank for rank, track in enumerate(tracks) if artist in track.artists)

    assert len(set(artists)) == len(artists) <= 100
    assert [points(artist) for artist in artists] == sorted(map(points, artists), reverse=True)
