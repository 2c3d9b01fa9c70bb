from datetime import datetime, timedelta

from sqlmodel import Session, delete, select

from tests.store.conftest import add_account
from ttt.models import SentPlaylist, SentRow, User
from ttt.store.spotify import playlists


def add(session: Session, user_id: int, name: str, rows: list[str], now: datetime) -> int:
    playlist = SentPlaylist(
        user_id=user_id, name=name, marker="m", length=len(rows), created_at=now
    )
    added = playlists.add(session, playlist, rows)
    session.commit()
    return added


def test_rows_stay_as_they_were_given(session: Session, ada: int, now: datetime) -> None:
    rows = [str(number) for number in (*range(250), 0)]
    first = add(session, ada, "TTT_1", rows, now)
    second = add(session, ada, "TTT_2", ["x"], now)
    assert playlists.rows(session, first) == rows
    assert playlists.rows(session, second) == ["x"]


def test_each_person_has_a_history_newest_first(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    for name in ("one", "two", "three"):
        add(session, ada, name, [], now)
    add(session, bob, "theirs", [], now)
    assert [playlist.name for playlist in playlists.sent(session, ada, 2)] == ["three", "two"]
    assert playlists.names(session, ada) == {"one", "two", "three"}


def test_how_far_a_playlist_came_is_taken_down(session: Session, ada: int, now: datetime) -> None:
    first, second = (add(session, ada, name, ["x"], now) for name in ("one", "two"))
    playlists.change(session, first, added=1, wait_until=now + timedelta(hours=1))
    session.commit()
    changed, untouched = (playlists.find(session, each) for each in (first, second))
    assert changed is not None
    assert untouched is not None
    assert (changed.added, changed.wait_until) == (1, now + timedelta(hours=1))
    assert (untouched.added, untouched.wait_until) == (0, None)
    assert playlists.find(session, second + 1) is None


def test_a_history_goes_with_its_person(session: Session, ada: int, now: datetime) -> None:
    kept = add(session, add_account(session, "cleo"), "kept", ["y"], now)
    add(session, ada, "gone", ["x"], now)
    session.exec(delete(User).where(User.id == ada))
    session.commit()
    assert [row.playlist_id for row in session.exec(select(SentRow))] == [kept]
