"""Pages that tests write straight are those that told plays come to."""

import numpy as np

from tests.bench.plays import heard
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.plays.frame import Frame, loading

PLAYS = 2_000


def rows(frame: Frame) -> set[tuple[int, ...]]:
    """Begin, length, track, source and whether it is a play, of each row."""
    track = frame.tracks.id[frame.track]
    columns = (frame.started, frame.ms, track, frame.source, frame.play)
    return set(zip(*(column.astype(np.int64).tolist() for column in columns), strict=True))


def test_pages_written_straight_are_those_of_told_plays(
    context: Context, ada: Person, bob: Person
) -> None:
    heard.much(context, ada, PLAYS)
    heard.straight(context, bob, PLAYS)
    told, straight = (loading.load(context, person) for person in (ada, bob))

    assert len(straight) == len(told) > PLAYS * 0.99
    assert rows(straight) == rows(told)
