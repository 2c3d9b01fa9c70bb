"""A row says whether its track moved, and how far."""

import pytest

from ttt.services.tracks.rows import Direction, Movement


@pytest.mark.parametrize(
    ("before", "rank", "movement"),
    [
        (None, 3, Movement(Direction.NEW)),
        (3, 3, Movement(Direction.SAME)),
        (5, 3, Movement(Direction.UP, 2)),
        (1, 3, Movement(Direction.DOWN, 2)),
    ],
)
def test_a_track_is_new_or_moved_by_places(
    before: int | None, rank: int, movement: Movement
) -> None:
    assert Movement.between(before, rank) == movement
