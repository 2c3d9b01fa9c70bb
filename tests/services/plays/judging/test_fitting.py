"""A row is another's play when it lies near its start or its end, or inside it, to the second."""

import pytest

from tests.services.plays.judging.test_matching import LASTFM, RECENT, judged, row
from ttt.plays import SENSE_SHIFT, Counts, PlaySource, Sense
from ttt.services.plays.judging import fitting

PLAY, SKIP = Counts.PLAY, Counts.SKIP
THERE, PERHAPS, DOUBLE = Counts.THERE_ALREADY, Counts.PERHAPS_THERE, Counts.DOUBLE
ACCOUNT, TRACKER = PlaySource.SPOTIFY_ACCOUNT_DATA, PlaySource.STATS_TRACKER
Row = tuple[int, ...]
PAUSED = row(1_000, 200_000, started=0)
"""Begun at 0, or at 800 without the pause; ended at 1,000."""


def scrobble(told: int, sense: Sense | None = None, ms: int | None = None, **more: int) -> Row:
    how = {} if sense is None else {"how": sense << SENSE_SHIFT}
    return row(told, ms, LASTFM, **{"track": 101} | how | more)


@pytest.mark.parametrize(
    ("play", "other", "verdict"),
    [
        # What tells of a start: the start, or the start without the pause.
        (PAUSED, scrobble(15), THERE),
        (PAUSED, scrobble(16), PERHAPS),
        (PAUSED, scrobble(784), PERHAPS),
        (PAUSED, scrobble(785), THERE),
        (PAUSED, scrobble(815), THERE),
        (PAUSED, scrobble(816), PERHAPS),
        (PAUSED, scrobble(1_015), PERHAPS),
        (PAUSED, scrobble(1_016), PLAY),
        (PAUSED, scrobble(-15), THERE),
        (PAUSED, scrobble(-16), PLAY),
        # Its minute, or its day.
        (PAUSED, scrobble(-74, Sense.START_MINUTE), THERE),
        (PAUSED, scrobble(-75, Sense.START_MINUTE), PLAY),
        (PAUSED, scrobble(726, Sense.START_MINUTE), THERE),
        (PAUSED, scrobble(725, Sense.START_MINUTE), PERHAPS),
        (PAUSED, scrobble(-86_414, Sense.DAY), THERE),
        (PAUSED, scrobble(800 - 86_414, Sense.DAY), THERE),
        (row(200, 200_000), scrobble(-86_415, Sense.DAY), PLAY),
        # What tells of an end: the end, or an equal start; that it lies inside says nothing.
        (PAUSED, row(985, 200_000, TRACKER, started=300), THERE),
        (PAUSED, row(984, 200_000, TRACKER, started=300), PLAY),
        (PAUSED, row(1_015, 200_000, TRACKER, started=300), THERE),
        (PAUSED, row(1_016, 200_000, TRACKER, started=300), PLAY),
        (PAUSED, row(300, 200_000, TRACKER, started=15), THERE),
        (PAUSED, row(300, 200_000, TRACKER, started=-15), THERE),
        (PAUSED, row(300, 200_000, TRACKER, started=16), PLAY),
        # The minute of the end.
        (row(1_000, 200_000), row(926, 200_000, ACCOUNT, track=101), THERE),
        (row(1_000, 200_000), row(925, 200_000, ACCOUNT, track=101), PLAY),
        (row(1_000, 200_000), row(1_015, 200_000, ACCOUNT, track=101), THERE),
        (row(1_000, 200_000), row(1_016, 200_000, ACCOUNT, track=101), PLAY),
        # What tells of either.
        (PAUSED, row(15, None, RECENT, track=101), THERE),
        (PAUSED, row(785, None, RECENT, track=101), THERE),
        (PAUSED, row(985, None, RECENT, track=101), THERE),
        (PAUSED, row(1_015, None, RECENT, track=101), THERE),
        (PAUSED, row(500, None, RECENT, track=101), PERHAPS),
        (PAUSED, row(1_016, None, RECENT, track=101), PLAY),
        # A play that told of either can have begun its length before, or then.
        (row(500, None, RECENT, duration=200_000), scrobble(285), THERE),
        (row(500, None, RECENT, duration=200_000), scrobble(315), THERE),
        (row(500, None, RECENT, duration=200_000), scrobble(316), PERHAPS),
        (row(500, None, RECENT, duration=200_000), scrobble(515), THERE),
        (row(500, None, RECENT, duration=200_000), scrobble(516), PLAY),
        (row(500, 100_000, RECENT, duration=200_000), scrobble(400), THERE),
        (row(500, 100_000, RECENT, duration=200_000), scrobble(384), PLAY),
        (row(500, None, RECENT), scrobble(484), PLAY),
        # A long one without its pause, and one that tells of either.
        (row(9_000, 1_998_000, started=0), scrobble(7_017), THERE),
        (row(9_000, 1_998_000, started=0), scrobble(7_018), PERHAPS),
        (row(9_000, 1_998_000, RECENT), scrobble(6_987), THERE),
        (row(9_000, 1_998_000, RECENT), scrobble(6_986), PLAY),
        # Of plays that take longer than two hours nothing is known elsewhere.
        (row(7_200, 7_200_000), scrobble(0), THERE),
        (row(7_201, 7_201_000), scrobble(0), PLAY),
        (row(7_259, 7_200_000), scrobble(0, Sense.START_MINUTE), THERE),
        (row(7_260, 7_201_000), scrobble(0, Sense.START_MINUTE), PLAY),
    ],
)
def test_a_row_is_a_play_told_elsewhere_to_the_second(
    play: Row, other: Row, verdict: Counts
) -> None:
    assert judged(play, other)[1] is verdict


@pytest.mark.parametrize(
    ("ms", "other", "verdict"),
    [
        (49_999, scrobble(0, duration=100_000), PERHAPS),
        (50_000, scrobble(0, duration=100_000), THERE),
        (239_999, scrobble(0, duration=600_000), PERHAPS),
        (240_000, scrobble(0, duration=600_000), THERE),
        (29_999, scrobble(0), PERHAPS),
        (30_000, scrobble(0), THERE),
        (29_999, row(0, None, RECENT, track=101, duration=100_000), PERHAPS),
        (30_000, row(0, None, RECENT, track=101, duration=100_000), THERE),
        (0, scrobble(0, ms=20_000), THERE),
        (5_000, scrobble(0, ms=200_000, duration=200_000), THERE),
        (5_000, scrobble(0, ms=0, duration=100_000), THERE),
    ],
)
def test_what_was_heard_for_less_than_its_source_asks_for_made_a_row_perhaps(
    ms: int, other: Row, verdict: Counts
) -> None:
    assert judged(row(ms // 1_000, ms, started=0), other)[1] is verdict


def test_a_play_of_unknown_length_can_have_made_any_row() -> None:
    submitted = row(0, None, PlaySource.SUBMITTED, track=201)
    assert judged(submitted, scrobble(3, duration=100_000)) == [PLAY, THERE]


@pytest.mark.parametrize(
    ("again", "verdict"), [(215, DOUBLE), (216, PLAY), (-15, DOUBLE), (-16, PLAY)]
)
def test_a_second_row_within_fifteen_seconds_of_a_play_is_a_double(
    again: int, verdict: Counts
) -> None:
    first = row(200, 200_000)
    assert judged(first, scrobble(0), scrobble(again, track=201)) == [PLAY, THERE, verdict]


@pytest.mark.parametrize(
    ("play_ms", "row_ms", "cost"),
    [(90_000, 91_000, 5), (90_000, 91_001, 25), (90_000, 88_999, 25), (-1, 91_001, 5), (0, -1, 5)],
)
def test_lengths_a_second_apart_are_alike_and_else_another_play_is_looked_for(
    play_ms: int, row_ms: int, cost: int
) -> None:
    play = fitting._Play(end=100, start=10, last_start=10, ms=play_ms, duration=-1)
    assert fitting._cost(play, fitting._Row(15, 15, Sense.START, row_ms, 0, -1)) == cost


@pytest.mark.parametrize(
    ("sense", "away"),
    [
        # From a play that began at 0, or at 800 without the pause, and ended at 1,000.
        (Sense.MINUTE, {941: 0, 1_000: 0, 970: 0, 940: 1, 1_001: 1}),
        (Sense.START_MINUTE, {-59: 0, 0: 0, -30: 0, -60: 1, 1: 1, 741: 0, 740: 1, 801: 1}),
        (Sense.DAY, {-86_399: 0, 0: 0, 800: 0, -86_400: 1, 801: 1, -85_599: 0}),
        (Sense.START, {0: 0, 3: 3, -3: 3, 797: 3, 803: 3, 1_000: 200}),
        (Sense.EITHER, {0: 0, 803: 3, 997: 3, 1_003: 3}),
        (Sense.END, {1_000: 0, 997: 3, 1_003: 3, 800: 200}),
    ],
)
def test_how_far_a_row_is_from_a_play_is_counted_in_seconds(
    sense: Sense, away: dict[int, int]
) -> None:
    made = fitting._Play(end=1_000, start=0, last_start=800, ms=200_000, duration=-1)
    rows = {at: fitting._Row(at, at - 400, sense, -1, 0, -1) for at in away}
    assert {at: fitting._away(made, one) for at, one in rows.items()} == away


def test_rows_of_other_recordings_take_no_part() -> None:
    first, second = row(200, 200_000), row(200, 200_000, track=2)
    rows = scrobble(0), scrobble(0, track=102), scrobble(0, track=103)
    assert judged(first, second, *rows) == [PLAY, PLAY, THERE, THERE, PLAY]


def test_the_nearest_of_two_plays_takes_a_row_and_leaves_the_other_to_the_next() -> None:
    plays = row(200, 200_000), row(420, 200_000)
    rows = scrobble(12), scrobble(212)
    assert judged(*plays, *rows) == [PLAY, PLAY, THERE, THERE]
    assert judged(plays[0], *rows) == [PLAY, THERE, DOUBLE]
