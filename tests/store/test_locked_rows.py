"""Which rows PostgreSQL is asked to lock: those that must not change meanwhile, and no others."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from tests.surroundings.noting import locks_of
from ttt.store.accounts import users
from ttt.store.lists import imports
from ttt.store.tracks import holdings, locking
from ttt.store.values import values

# A track that is referred to may be described meanwhile, and is not deleted.
STAYS = "FOR KEY SHARE"


CASES: dict[str, tuple[Callable[[Session], object], list[str]]] = {
    "locked": (lambda session: locking.locked(session, 1, ["a"]), [f"{STAYS} OF track"]),
    "still there": (lambda session: values.still_there(session, [1]), [STAYS]),
    "to be changed": (lambda session: imports.find(session, 1, lock=True), ["FOR UPDATE"]),
    "to be read": (lambda session: imports.find(session, 1), [""]),
    "orphans": (holdings.delete_orphans, ["FOR UPDATE SKIP LOCKED", ""] * 2),
    "holders": (lambda session: users.touch_holders(session, [1]), ["FOR UPDATE", ""]),
}


@pytest.mark.parametrize(("verb", "expected"), CASES.values(), ids=CASES)
def test_rows_are_locked_as_far_as_their_use_needs_it(
    session: Session, engine: Engine, verb: Callable[[Session], object], expected: list[str]
) -> None:
    locks = locks_of(engine)
    verb(session)
    assert locks == expected
