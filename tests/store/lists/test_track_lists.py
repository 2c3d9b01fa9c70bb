"""A person's own lists are told by their ids, without those that were deleted."""

from datetime import datetime

from sqlmodel import Session

from ttt.models import TrackList
from ttt.store.lists import track_lists


def test_ones_own_lists_are_those_that_are_not_deleted(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    kept, _, gone = (
        track_lists.add(session, TrackList(user_id=who, name=name, created_at=now))
        for who, name in ((ada, "Mine"), (bob, "His"), (ada, "Gone"))
    )
    gone.deleted_at = now
    session.flush()
    trending = track_lists.trending_id(session, ada)
    found = dict(track_lists.own(session, ada))
    assert found.keys() == {kept.id, trending}
    assert found[kept.id] == "Mine"


def test_who_is_not_there_has_no_trending_list(session: Session, ada: int) -> None:
    assert track_lists.trending_id(session, ada) > 0
    assert track_lists.trending_id(session, 404) == 0
