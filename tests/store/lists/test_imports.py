"""What people put on lists at once: each sees and closes their own."""

from datetime import datetime, timedelta

from sqlmodel import Session

from ttt.models import ListImport, WaitingName
from ttt.store.lists import imports, track_lists


def add(session: Session, user_id: int, at: datetime, *rows: int) -> int:
    list_id = track_lists.trending_id(session, user_id)
    names = [WaitingName(row=row, text="t", title="Song", artist="Band") for row in rows]
    return imports.add(
        session, ListImport(user_id=user_id, list_id=list_id, name="f.csv", at=at), names
    )


def test_names_wait_at_the_list_of_who_brought_them(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    first, second = add(session, ada, now, 2, 1), add(session, ada, now, 5)
    add(session, bob, now, 1)
    mine = track_lists.trending_id(session, ada)
    count, names = imports.waiting_on(session, ada, mine, 2)
    assert (count, [name.row for name in names]) == (3, [1, 2])
    assert imports.waiting_on(session, bob, mine, 2) == (0, [])
    assert imports.waiting_counts(session, [first, second]) == {first: 2, second: 1}
    imports.settle(session, first, [1, 5])
    assert [name.row for name in imports.waiting(session, first)] == [2]
    assert [name.row for name in imports.waiting(session, second)] == [5]


def test_receipts_are_listed_the_newest_first_and_closed_by_their_person(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    first, second = add(session, ada, now), add(session, ada, now)
    mine = track_lists.trending_id(session, ada)
    assert [one.id for one in imports.of_list(session, ada, mine, 5)] == [second, first]
    assert [one.id for one in imports.of_list(session, ada, mine, 1)] == [second]
    assert imports.of_list(session, bob, mine, 5) == []
    assert not imports.close(session, bob, first, now)
    assert imports.close(session, ada, first, now)
    session.expire_all()
    closed = {one.id: one.closed_at for one in imports.of_list(session, ada, mine, 5)}
    assert closed == {first: now, second: None}


def test_old_receipts_go_when_no_name_of_theirs_waits(
    session: Session, ada: int, now: datetime
) -> None:
    old = now - timedelta(days=1)
    gone, waits, there = add(session, ada, old), add(session, ada, old, 1), add(session, ada, now)
    imports.forget(session, now)
    assert [imports.find(session, one) is None for one in (gone, waits, there)] == [
        True,
        False,
        False,
    ]
