"""What the start page says: what moved, and what to do next."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from ttt.music import Period
from ttt.services.spotify.spotify import Connection
from ttt.services.top.top_tracks import TopList
from ttt.services.tracks.rows import Direction, TrackRow

_ORDER = {Direction.NEW: 0, Direction.UP: 1, Direction.DOWN: 1}


class NextStep(StrEnum):
    """The one thing that somebody new should do now."""

    CONNECT = "connect"
    RECONNECT = "reconnect"
    LOOK = "look at top tracks"
    SAVE = "save a track"


def movers(rows: Iterable[TrackRow], limit: int = 5) -> list[TrackRow]:
    """Tracks that moved since the list before: new ones by rank, then the farthest moves."""
    ranked = [
        ((_ORDER[moved.direction], -moved.places, row.rank or 0), row)
        for row in rows
        if (moved := row.movement) is not None and moved.direction in _ORDER
    ]
    ranked.sort(key=lambda pair: pair[0])
    return [row for _, row in ranked[:limit]]


def newest(rows: Iterable[TrackRow], limit: int = 5) -> list[TrackRow]:
    """What came last onto a list, however the list is ordered now."""
    dated = [(row.added_at, row) for row in rows if row.added_at is not None]
    dated.sort(key=lambda pair: pair[0], reverse=True)
    return [row for _, row in dated[:limit]]


def next_step(
    connection: Connection | None,
    lists: Mapping[Period, TopList],
    trending: Sequence[TrackRow],
) -> NextStep | None:
    """What is missing first; None when everything is in use."""
    if connection is None:
        return NextStep.CONNECT
    if not connection.usable:
        return NextStep.RECONNECT
    if not any(top.rows for top in lists.values()):
        return NextStep.LOOK
    return None if trending else NextStep.SAVE
