from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ttt.music import Period
from ttt.services.spotify.spotify import Connection
from ttt.services.top import home
from ttt.services.top.home import NextStep
from ttt.services.top.top_tracks import TopList
from ttt.services.tracks.rows import Direction, Movement, TrackRow

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CONNECTED = Connection("Ada", True, NOON, True, None, False)
ENDED = replace(CONNECTED, usable=False)
EMPTY = {period: TopList(period) for period in Period}


def row(rank: int, direction: Direction | None = None, places: int = 0) -> TrackRow:
    movement = None if direction is None else Movement(direction, places)
    return TrackRow(f"spotify:track:{rank}", f"Track {rank}", rank=rank, movement=movement)


FULL = EMPTY | {Period.LONG_TERM: TopList(Period.LONG_TERM, (row(1),), NOON)}


@pytest.mark.parametrize(
    ("connection", "lists", "saved", "step"),
    [
        (None, EMPTY, [], NextStep.CONNECT),
        (None, FULL, [row(1)], NextStep.CONNECT),
        (ENDED, FULL, [row(1)], NextStep.RECONNECT),
        (CONNECTED, EMPTY, [], NextStep.LOOK),
        (CONNECTED, EMPTY, [row(1)], NextStep.LOOK),
        (CONNECTED, FULL, [], NextStep.SAVE),
        (CONNECTED, FULL, [row(1)], None),
    ],
)
def test_the_next_step_is_what_is_missing_first(
    connection: Connection | None,
    lists: dict[Period, TopList],
    saved: list[TrackRow],
    step: NextStep | None,
) -> None:
    assert home.next_step(connection, lists, saved) is step


def test_new_tracks_come_first_by_rank_and_then_the_farthest_moves() -> None:
    rows = [
        row(1, Direction.SAME),
        row(2, Direction.UP, 1),
        row(5, Direction.UP, 9),
        row(3, Direction.DOWN, 9),
        row(6, Direction.NEW),
        row(4, Direction.NEW),
    ]
    assert [r.rank for r in home.movers(rows)] == [4, 6, 3, 5, 2]


def test_only_as_many_movers_as_asked_for_are_named() -> None:
    rows = [row(rank, Direction.NEW) for rank in range(1, 9)]
    assert [r.rank for r in home.movers(rows)] == [1, 2, 3, 4, 5]
    assert [r.rank for r in home.movers(rows, 2)] == [1, 2]


def test_a_first_list_has_no_movers() -> None:
    assert home.movers([row(1), row(2)]) == []


def test_the_newest_tracks_are_those_that_were_added_last_wherever_they_stand() -> None:
    times = [NOON + timedelta(hours=hour) for hour in (3, 9, 1, 9, 0, 2)]
    rows = [TrackRow(name, name, added_at=at) for name, at in zip("abcdfg", times, strict=True)]
    rows.append(TrackRow("e", "e"))
    assert [row.uri for row in home.newest(rows, 3)] == ["b", "d", "a"]
    assert [row.uri for row in home.newest(rows)] == ["b", "d", "a", "g", "c"]
