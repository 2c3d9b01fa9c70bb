"""Of what several uploads tell of one play the most is kept, and the rest is noted beside it."""

import pytest
from sqlmodel import Session, select

from ttt.models import Play, PlayAgain
from ttt.store.plays.bulk import arriving
from ttt.store.plays.bulk.arriving import Arriving, Compared
from ttt.store.plays.told import Row
from ttt.store.tracks import tracks


@pytest.fixture
def track(session: Session) -> int:
    return tracks.keep(session, ["a"])["a"]


def take(session: Session, user_id: int, upload_id: int, *plays: tuple[int, int, int]) -> Compared:
    """Take plays over, by when they were told, their track and how long they were heard."""
    rows = Arriving.of(
        [Row(user_id, at, i, 1, at - 5, ms, 0, 0, None, upload_id) for at, i, ms in plays]
    )
    arriving.bring(session, user_id, rows)
    compared = arriving.compare(session, user_id, rows)
    arriving.keep(session, user_id, rows, compared)
    session.commit()
    return compared


def kept(session: Session, model: type[Play] | type[PlayAgain]) -> set[tuple[int, int, int | None]]:
    """Second, upload and length of each row."""
    found = session.exec(select(model.told_at, model.upload_id, model.ms))
    return {(int(at.timestamp()), upload, ms) for at, upload, ms in found}


def test_what_tells_more_takes_the_place_of_what_tells_less(
    session: Session, ada: int, track: int
) -> None:
    assert take(session, ada, 7, (100, track, 10)) == Compared(0, 0, 0)
    assert take(session, ada, 8, (100, track, 20)) == Compared(1, 0, 1)
    assert kept(session, Play) == {(100, 8, 20)}
    assert kept(session, PlayAgain) == {(100, 7, 10)}
    # The same file once more is nothing new.
    assert take(session, ada, 8, (100, track, 20)) == Compared(1, 1, 0)
    assert kept(session, PlayAgain) == {(100, 7, 10)}


def test_what_tells_less_is_noted_beside_what_is_new(
    session: Session, ada: int, bob: int, track: int
) -> None:
    take(session, bob, 5, (100, track, 90), (200, track, 90))
    take(session, ada, 7, (100, track, 20))
    assert take(session, ada, 8, (100, track, 10)) == Compared(1, 0, 0)
    assert take(session, ada, 9, (100, track, 15), (200, track, 30)) == Compared(1, 0, 0)
    assert kept(session, Play) >= {(100, 7, 20), (200, 9, 30)}
    assert kept(session, PlayAgain) == {(100, 8, 10), (100, 9, 15)}
