"""What a row can be about reaches as far as its source is vague."""

import numpy as np
import pytest

from tests.services.plays.judging.test_matching import LASTFM, row
from ttt.plays import SENSE_SHIFT, Sense
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
