"""An upload is locked by an update that changes nothing of it, and nothing of others."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session

from ttt.models import HistoryUpload
from ttt.store.plays import uploads


def test_who_locks_an_upload_touches_that_one_alone(
    session: Session, ada: int, now: datetime
) -> None:
    made = HistoryUpload(user_id=ada, name="a", size=1, state="reading", created_at=now, runs=3)
    session.add(made)
    session.commit()
    touched = list[int]()

    @event.listens_for(session.get_bind(), "after_cursor_execute")
    def noted(_connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("UPDATE"):
            touched.append(cursor.rowcount)

    found = uploads.lock(session, made.id)
    assert found is not None
    assert (found.runs, touched) == (3, [1])


@pytest.mark.parametrize(("number", "asked"), [(2**31 - 1, [2**31 - 1]), (2**31, [])])
def test_a_number_that_no_column_of_ids_holds_is_nobodys(number: int, asked: list[int]) -> None:
    class Asked(Session):
        def get(self, _model: object, key: Any, **_: object) -> None:  # type: ignore[override]
            seen.append(key)

    seen: list[int] = []
    assert uploads.get(Asked(), number) is None
    assert seen == asked
