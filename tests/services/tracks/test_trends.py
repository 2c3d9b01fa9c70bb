"""A trend is said where it is visible and hardly chance."""

import pytest

from ttt.services.tracks import trends

UP = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]


@pytest.mark.parametrize(
    ("values", "direction"),
    [
        (UP, 1),
        (UP[::-1], -1),
        (UP[:4], 0),  # too few
        (UP[:5], 1),
        ([3.0] * 6, 0),
        ([1.0, 2.0, 3.0, 4.0, 6.0, 5.0], 1),
        ([3.0, 1.0, 4.0, 2.0, 6.0, 5.0], 0),  # by ranks 0.77, and 0.88 is chance
        # Equal values share the middle of their places.
        ([1.0, 2.0, 2.0, 2.0, 2.0, 2.0, 3.0], 1),
        ([1.0, 1.0, 3.0, 2.0, 3.0, 3.0, 3.0], 0),
        ([100.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0], 0),  # one tilts the line
    ],
)
def test_values_rise_or_fall_with_the_rank_or_neither(values: list[float], direction: int) -> None:
    assert trends.direction(range(1, len(values) + 1), values) == direction


def test_on_one_rank_nothing_rises() -> None:
    assert trends.direction([1] * 6, UP) == 0


def test_the_line_follows_the_trend_or_lies_in_the_middle() -> None:
    assert trends.line([1, 2, 3, 4, 5, 6], UP) == pytest.approx((1, 6))
    assert trends.line([1, 2, 3, 4, 5], [3.0] * 5) == (3, 3)
    assert trends.line([1, 2, 3, 4], UP[:4]) is None
    assert trends.line([], []) is None


def test_equal_values_share_the_middle_of_their_places() -> None:
    first, *others = trends._places([1.0, 4.0, 2.0, 2.0, 5.0, 2.0, 4.0])
    assert [place - first for place in others] == [4.5, 2, 2, 6, 2, 4.5]
