from datetime import datetime, timedelta

from sqlmodel import Session

from ttt.models import OwnImport
from ttt.store.values import own_imports

WEEK = timedelta(days=7)


def add(session: Session, user_id: int, name: str, at: datetime) -> int:
    counts = {"taken": 2, "refused": 1, "values energy": 2}
    refused, partly = [[4, "x", "No."]], [[3, "y", "Could not be used: tempo."]]
    kept = OwnImport(
        user_id=user_id, name=name, at=at, counts=counts, refused=refused, partly=partly
    )
    return own_imports.add(session, kept)


def names(session: Session, user_id: int, limit: int = 20) -> list[str]:
    return [one.name for one in own_imports.of(session, user_id, limit)]


def test_what_became_of_a_file_comes_back_as_it_was(
    session: Session, ada: int, now: datetime
) -> None:
    import_id = add(session, ada, "Żółw ☂.csv", now)
    session.commit()
    session.expire_all()
    (kept,) = own_imports.of(session, ada, 1)
    assert (kept.id, kept.name, kept.at, kept.closed_at) == (import_id, "Żółw ☂.csv", now, None)
    assert kept.counts == {"taken": 2, "refused": 1, "values energy": 2}
    assert (kept.refused, kept.partly) == (
        [[4, "x", "No."]],
        [[3, "y", "Could not be used: tempo."]],
    )


def test_the_newest_files_of_one_person_come_first(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    for name in ("one", "two", "three"):
        add(session, ada, name, now)
    add(session, bob, "else", now)
    assert names(session, ada) == ["three", "two", "one"]
    assert names(session, ada, limit=2) == ["three", "two"]


def test_a_receipt_is_closed_by_its_own_person_only(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    first, second = add(session, ada, "first", now), add(session, ada, "second", now)
    assert not own_imports.close(session, bob, first, now)
    assert own_imports.close(session, ada, first, now)
    assert not own_imports.close(session, ada, second + 1, now)
    session.expire_all()
    closed = {one.name: one.closed_at for one in own_imports.of(session, ada, 20)}
    assert closed == {"first": now, "second": None}


def test_old_files_are_forgotten_for_everybody(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    add(session, ada, "old", now - 2 * WEEK)
    add(session, bob, "older", now - 3 * WEEK)
    add(session, ada, "at the very end", now - WEEK)
    own_imports.forget(session, now - WEEK)
    assert (names(session, ada), names(session, bob)) == (["at the very end"], [])


def test_all_files_of_one_person_are_forgotten(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    add(session, ada, "hers", now)
    add(session, bob, "his", now)
    own_imports.remove(session, ada)
    assert (names(session, ada), names(session, bob)) == ([], ["his"])
