"""A row says whether its track moved, and how far."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ttt.found import Source
from ttt.services.tracks.rows import Direction, Movement, TrackRow, Value

THEN = datetime(2026, 1, 1, tzinfo=UTC)


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


def test_a_row_has_the_address_and_the_words_that_are_known() -> None:
    assert Movement(Direction.NEW).places == 0
    row = TrackRow("spotify:track:abc", "Dust", ("Ada", "Zoe"))
    assert (row.link, row.label) == ("https://open.spotify.com/track/abc", "Dust · Ada, Zoe")
    assert replace(row, artists=()).label == "Dust"
    assert replace(row, title=None).label == "spotify:track:abc"
    assert replace(row, uri="").link == ""


@pytest.mark.parametrize(
    ("key", "mode", "code"),
    [
        *((0, 1, "8B"), (11, 0, "10A"), (0, 0, "5A")),
        *((-1, 1, None), (12, 1, None), (0, 2, None), (0.5, 1, None), (None, 1, None)),
        (0, None, None),
    ],
)
def test_a_key_is_known_where_both_its_numbers_can_be(
    key: float | None, mode: float | None, code: str | None
) -> None:
    told = {"key": key, "mode": mode}
    values = {n: Value(v, Source.RECCOBEATS, THEN) for n, v in told.items() if v is not None}
    assert TrackRow("u", None, values=values).camelot == code
