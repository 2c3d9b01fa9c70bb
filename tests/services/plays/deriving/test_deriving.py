"""What counts follows from how long tracks are, and from whose history it is."""

import pytest
from sqlmodel import update

from tests.services.plays.conftest import add_user, kept, play, scrobble, take
from ttt.models import Track
from ttt.plays import Counts, PlaySource
from ttt.services.context import Context
from ttt.services.plays import taking
from ttt.services.plays.deriving import deriving

UPLOAD = 7


@pytest.fixture
def ada(context: Context) -> int:
    return add_user(context)


def is_foreign(context: Context, user_id: int, *, recorded: int, found: int) -> bool:
    """Whether an upload seems to be of somebody else that has so many of the recorded plays."""
    others = [play(900 * n, "z") for n in (0, recorded + 1)]
    take(
        context, user_id, [*others, *(play(900 * n) for n in range(1, found + 1))], upload_id=UPLOAD
    )
    heard = [scrobble(900 * n - 200) for n in range(1, recorded + 1)]
    take(context, user_id, heard, PlaySource.SUBMITTED, taking.RECORDED)
    return deriving.is_foreign(context, user_id, UPLOAD)


def test_a_history_that_lacks_more_than_half_of_what_was_recorded_is_anothers(
    context: Context,
) -> None:
    found = {
        n: is_foreign(context, add_user(context, f"u{n}"), recorded=20, found=n) for n in (9, 10)
    }
    assert found == {9: True, 10: False}


def test_of_fewer_than_twenty_recorded_plays_nothing_is_concluded(context: Context) -> None:
    found = {
        n: is_foreign(context, add_user(context, f"u{n}"), recorded=n, found=0) for n in (19, 20)
    }
    assert found == {19: False, 20: True}


def test_an_upload_that_told_nothing_by_itself_is_nobody_elses(context: Context, ada: int) -> None:
    assert is_foreign(context, ada, recorded=20, found=0)
    again = UPLOAD + 1
    assert not deriving.is_foreign(context, ada, again)
    take(context, ada, [play(900 * n, "z") for n in (0, 21)], upload_id=again)
    assert not deriving.is_foreign(context, ada, again)


def test_the_whole_of_a_track_that_is_shorter_than_half_a_minute_is_a_play(
    context: Context, ada: int
) -> None:
    take(context, ada, [play(0, "a", 20_000), play(900, "b", 20_000)])
    with context.session() as session:
        session.exec(update(Track).where(Track.spotify_id == "a" * 22).values(duration_ms=20_500))
        session.commit()
    deriving.derive(context, ada, whole=True)
    assert [row[4] for row in kept(context, ada)] == [Counts.PLAY, Counts.SKIP]
