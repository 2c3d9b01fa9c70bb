"""Bounds of time are what they say: what is told at them is within, or not."""

import pytest
from sqlmodel import Session

from ttt.models import Track
from ttt.plays import PlaySource
from ttt.store.plays import judged

LASTFM = PlaySource.LASTFM


@pytest.fixture
def told(session: Session, ada: int, bob: int) -> None:
    """A play of Ada's at 10, 20 and 30 seconds, and one of Bob's at 20."""
    track = Track(spotify_id="t" * 22)
    session.add(track)
    session.flush()
    for user_id, at in ((ada, 10), (ada, 20), (ada, 30), (bob, 20)):
        session.connection().exec_driver_sql(
            "INSERT INTO play (user_id, told_at, track_id, source, started_at, how, device,"
            f" upload_id, counts) VALUES ({user_id}, {at}, {track.id}, {int(LASTFM)}, {at},"
            " 0, 0, 0, 0)"
        )
    session.commit()


@pytest.mark.usefixtures("told")
def test_what_is_counted_includes_both_ends_and_what_is_read_the_first(
    session: Session, ada: int
) -> None:
    assert judged.count(session, ada) == 3
    assert [judged.count(session, ada, *span) for span in ((10, 30), (11, 29), (30, 30))] == [
        *(3, 1, 1)
    ]
    assert judged.read(session, ada, 10, 30).told.tolist() == [10, 20]
    assert judged.read(session, ada, 11).told.tolist() == [20, 30]


@pytest.mark.usefixtures("told")
def test_whether_a_source_tells_includes_both_ends(session: Session, ada: int) -> None:
    found = [judged.has(session, ada, [LASTFM], *span) for span in ((30, 40), (31, 40), (0, 10))]
    assert found == [True, False, True]
    assert not judged.has(session, ada, [PlaySource.KOITO])


@pytest.mark.usefixtures("told")
def test_the_time_before_which_so_many_stand(session: Session, ada: int) -> None:
    assert [judged.time_of(session, ada, None, n) for n in (0, 2, 3)] == [10, 30, None]
    assert judged.time_of(session, ada, 10, 1) == 30
