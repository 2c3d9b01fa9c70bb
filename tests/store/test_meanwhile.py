"""What others do meanwhile: rows that must not change are locked, and what changed is seen."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from tests.surroundings.noting import locks_of
from ttt.models import HistoryUpload, OAuthState, Recorder, SentPlaylist
from ttt.store.accounts import users
from ttt.store.lists import imports
from ttt.store.plays import recorders, uploads
from ttt.store.spotify import playlists, spotify
from ttt.store.tracks import holdings, locking
from ttt.store.values import values

# A track that is referred to may be described meanwhile, and is not deleted.
STAYS = "FOR KEY SHARE"


LOCKING: dict[str, tuple[Callable[[Session], object], list[str]]] = {
    "locked": (lambda session: locking.locked(session, 1, ["a"]), [f"{STAYS} OF track"]),
    "still there": (lambda session: values.still_there(session, [1]), [STAYS]),
    "to be changed": (lambda session: imports.find(session, 1, lock=True), ["FOR UPDATE"]),
    "to be read": (lambda session: imports.find(session, 1), [""]),
    "orphans": (holdings.delete_orphans, ["FOR UPDATE SKIP LOCKED", ""] * 2),
    "holders": (lambda session: users.touch_holders(session, [1]), ["FOR UPDATE", ""]),
}


@pytest.mark.parametrize(("verb", "expected"), LOCKING.values(), ids=LOCKING)
def test_rows_are_locked_as_far_as_their_use_needs_it(
    session: Session, engine: Engine, verb: Callable[[Session], object], expected: list[str]
) -> None:
    locks = locks_of(engine)
    verb(session)
    assert locks == expected


READING: dict[str, tuple[Callable[[Session], Any], str, object]] = {
    "upload": (lambda session: uploads.lock(session, 1), "state", "ready"),
    "member": (lambda session: uploads.member(session, 1, 0), "blocks", 7),
    "recorder": (lambda session: recorders.get(session, 1), "account", "another"),
    "playlist": (lambda session: playlists.find(session, 1), "added", 7),
    "state": (lambda session: spotify.state(session, "s"), "next_path", "/lists"),
}


@pytest.fixture
def one_of_each(session: Session, ada: int, now: datetime) -> Session:
    """A session with a row of each kind, the first of its table."""
    mine: dict[str, Any] = {"user_id": ada, "name": "a", "created_at": now}
    state = {"state_hash": "s", "verifier_encrypted": "v", "next_path": "/", "expires_at": now}
    session.add_all(
        [
            HistoryUpload(**mine, id=1, size=1, state="reading"),
            Recorder(user_id=ada, id=1, kind="lastfm", account="one", started_at=now),
            SentPlaylist(**mine, id=1, marker="m", length=1),
            OAuthState(user_id=ada, **state),
        ]
    )
    session.flush()
    uploads.set_members(session, 1, ["a"])
    session.commit()
    return session


@pytest.mark.parametrize(("read", "column", "value"), READING.values(), ids=READING)
def test_a_row_is_as_it_stands_whenever_it_is_asked_for(
    engine: Engine,
    one_of_each: Session,
    read: Callable[[Session], Any],
    column: str,
    value: object,
) -> None:
    before = read(one_of_each)
    one_of_each.commit()
    with Session(engine) as other:
        setattr(read(other), column, value)
        other.commit()
    assert getattr(before, column) != value
    assert getattr(read(one_of_each), column) == value
