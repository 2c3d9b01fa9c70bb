"""What a row can be about reaches as far as its source is vague."""

import numpy as np
import pytest

from tests.services.plays.judging.test_matching import FULL, LASTFM, RECENT, T, row
from ttt.plays import SENSE_SHIFT, How, PlaySource, Sense
from ttt.services.plays.judging import stretches
from ttt.services.plays.judging.told import Told


@pytest.mark.parametrize(
    ("sense", "reaches"), [(Sense.START, 0), (Sense.START_MINUTE, 59), (Sense.DAY, 86_399)]
)
def test_two_rows_are_of_one_stretch_up_to_two_hours_and_a_quarter_after_the_first(
    sense: Sense, reaches: int
) -> None:
    vague = row(0, 0, LASTFM, how=sense << SENSE_SHIFT)
    # A row may have begun a second before it was told.
    last = reaches + stretches.SILENCE + 1

    def numbers(after: int) -> list[int]:
        told = Told(*np.array([vague, row(after, 0)], np.int64).T)
        return stretches.numbers(*stretches.extents(told)).tolist()

    assert stretches.SILENCE == 8_100
    assert (numbers(last), numbers(last + 1)) == ([0, 0], [0, 1])


def told(*rows: tuple[int, ...]) -> Told:
    return Told(*np.array(rows, np.int64).T)


@pytest.mark.parametrize(
    ("one", "ended"),
    [
        (row(500, 200_000, started=0), 500),
        (row(260, 200_000, started=0, how=How.OFFLINE), 260),
        (row(261, 200_000, started=0, how=How.OFFLINE), 200),
        (row(500, 200_001, started=0, how=How.OFFLINE), 201),
        (row(500, None, started=0, how=How.OFFLINE, duration=100_000), 100),
        (row(500, None, started=0, how=How.OFFLINE), 0),
        (row(500, None, LASTFM, duration=100_000), 600),
        (row(500, None, LASTFM), 500),
        (row(500, 0, LASTFM, duration=100_000), 500),
        (row(500, None, RECENT, duration=100_000), 500),
        (row(500, None, PlaySource.SPOTIFY_ACCOUNT_DATA, duration=100_000), 500),
        (row(500, 90_000, FULL, started=400, how=Sense.START << SENSE_SHIFT), 490),
    ],
)
def test_an_end_is_what_was_told_or_reckoned_from_the_start(
    one: tuple[int, ...], ended: int
) -> None:
    assert (told(one).ended - T).tolist() == [ended]


@pytest.mark.parametrize(
    ("one", "first", "last"),
    [
        (row(500, 200_000), 299, 500),
        (row(500, 200_000, started=100), 100, 500),
        (row(500, None, LASTFM, duration=100_000), 499, 600),
        (row(500, None, LASTFM), 499, 500),
        (row(500, None, LASTFM, how=Sense.START_MINUTE << SENSE_SHIFT), 499, 559),
        (row(500, None, PlaySource.SPOTIFY_ACCOUNT_DATA), 499, 560),
        (row(9_000, 200_000, started=0, how=How.OFFLINE), -1, 9_000),
    ],
)
def test_a_row_reaches_from_the_earliest_start_to_the_latest_end(
    one: tuple[int, ...], first: int, last: int
) -> None:
    found = stretches.extents(told(one))
    assert [(reach - T).tolist() for reach in found] == [[first], [last]]


def test_what_a_row_tells_of_lies_four_days_around_it_and_begins_a_day_after_it_at_most() -> None:
    day = 86_400
    assert stretches.around(0, 7) == (-4 * day, 4 * day + 7)
    assert (4 * day, day, 3 * day) == (stretches.BACK, stretches.AHEAD, stretches.ON)
    assert 2 * day == stretches.LONGEST
