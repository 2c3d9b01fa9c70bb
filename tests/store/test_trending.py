from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session, select

from ttt.models import TrendingEntry, User
from ttt.store import tracks, trending, users

HOUR = timedelta(hours=1)


def keep(session: Session, names: str) -> list[int]:
    """Ids of tracks, one a letter, in the order of the letters."""
    ids = tracks.keep(session, names)
    return [ids[name] for name in names]


def listed(session: Session, user_id: int) -> str:
    ids = {track_id: name for name, track_id in tracks.ids_of(session, "abcdef").items()}
    return "".join(ids[entry.track_id] for entry in trending.listed(session, user_id))


def test_a_list_reads_as_it_was_given(session: Session, ada: int, now: datetime) -> None:
    # The order of ids must not decide: tracks are kept in the order of their names.
    assert trending.add(session, ada, keep(session, "cab"), now) == 3
    assert listed(session, ada) == "cab"


def test_what_is_added_later_stands_above(session: Session, ada: int, now: datetime) -> None:
    for names in ("ba", "dc"):
        trending.add(session, ada, keep(session, names), now)
    trending.add(session, ada, keep(session, "e"), now + HOUR)
    assert listed(session, ada) == "edcba"


def test_what_is_there_stays_as_it_is(session: Session, ada: int, now: datetime) -> None:
    trending.add(session, ada, keep(session, "a"), now)
    assert trending.add(session, ada, keep(session, "bab"), now + HOUR) == 1
    assert listed(session, ada) == "ba"
    newest, oldest = trending.listed(session, ada)
    assert (newest.added_at, oldest.added_at) == (now + HOUR, now)


def test_lists_are_personal(session: Session, ada: int, bob: int, now: datetime) -> None:
    a, b = keep(session, "ab")
    trending.add(session, ada, [a], now)
    trending.add(session, bob, [a, b], now)
    assert (listed(session, ada), listed(session, bob)) == ("a", "ab")
    assert trending.listed_ids(session, ada, [a, b]) == {a}
    assert trending.remove(session, bob, [a], "r", now) == 1
    assert (listed(session, ada), listed(session, bob)) == ("a", "b")


def test_removed_tracks_come_back_in_their_old_place(
    session: Session, ada: int, now: datetime
) -> None:
    ids = keep(session, "dbca")
    trending.add(session, ada, ids, now)
    assert trending.remove(session, ada, ids[1:3], "r", now + HOUR) == 2
    assert listed(session, ada) == "da"
    assert trending.restore(session, ada, "r") == 2
    assert listed(session, ada) == "dbca"
    assert trending.restore(session, ada, "r") == 0


def test_everything_can_be_removed(session: Session, ada: int, bob: int, now: datetime) -> None:
    trending.add(session, ada, keep(session, "abc"), now)
    trending.add(session, bob, keep(session, "a"), now)
    assert trending.remove(session, ada, None, "r", now) == 3
    assert (listed(session, ada), listed(session, bob)) == ("", "a")


def test_only_what_is_there_is_removed(session: Session, ada: int, now: datetime) -> None:
    a, b = keep(session, "ab")
    trending.add(session, ada, [a], now)
    assert trending.remove(session, ada, [a, b], "first", now) == 1
    assert trending.remove(session, ada, [a, b], "second", now) == 0
    assert trending.restore(session, ada, "first") == 1


def test_a_track_that_was_added_again_is_no_longer_part_of_the_removal(
    session: Session, ada: int, now: datetime
) -> None:
    ids = keep(session, "ab")
    trending.add(session, ada, ids, now)
    trending.remove(session, ada, ids, "r", now)
    assert trending.add(session, ada, ids[:1], now + HOUR) == 1
    assert trending.restore(session, ada, "r") == 1
    assert listed(session, ada) == "ab"
    assert len(session.exec(select(TrendingEntry)).all()) == 2


def test_nobody_restores_what_another_person_removed(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    trending.add(session, ada, keep(session, "a"), now)
    trending.remove(session, ada, None, "r", now)
    assert trending.restore(session, bob, "r") == 0
    assert listed(session, ada) == ""


def test_what_was_removed_long_ago_is_forgotten(session: Session, ada: int, now: datetime) -> None:
    for name, hours in {"a": 2, "b": 1}.items():
        trending.add(session, ada, keep(session, name), now)
        trending.remove(session, ada, None, name, now - hours * HOUR)
    trending.add(session, ada, keep(session, "c"), now - 9 * HOUR)
    trending.delete_removed(session, now - HOUR)
    assert trending.restore(session, ada, "a") == 0
    assert trending.restore(session, ada, "b") == 1
    assert listed(session, ada) == "bc"


def test_everyones_list_names_people_and_leaves_out_disabled_ones(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    a, b = keep(session, "ab")
    trending.add(session, ada, [a], now)
    trending.add(session, bob, [a, b], now + HOUR)
    trending.remove(session, bob, [b], "r", now)
    entries = trending.everyones(session, 10)
    assert [(entry.track_id, name) for entry, name in entries] == [(a, "Bob"), (a, "Ada")]
    assert len(trending.everyones(session, 1)) == 1
    users.set_disabled(session.get_one(User, bob), now)
    session.commit()
    assert [name for _, name in trending.everyones(session, 10)] == ["Ada"]


@pytest.fixture
def statements(engine: Engine) -> list[str]:
    seen: list[str] = []

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", note)
    return seen


Verb = Callable[[Session, int, list[int], datetime], object]


@pytest.mark.parametrize(
    "verb",
    [
        trending.add,
        lambda session, user_id, ids, now: trending.remove(session, user_id, ids, "r", now),
        lambda session, user_id, ids, now: trending.listed_ids(session, user_id, ids),
    ],
    ids=["add", "remove", "listed_ids"],
)
def test_the_number_of_statements_is_fixed(
    verb: Verb, session: Session, ada: int, statements: list[str], now: datetime
) -> None:
    few, many = (
        list(tracks.keep(session, (f"{count} {i}" for i in range(count))).values())
        for count in (3, 3000)
    )
    session.commit()
    counts = []
    for ids in (few, many):
        statements.clear()
        verb(session, ada, ids, now)
        session.commit()
        counts.append(len(statements))
    assert counts[0] == counts[1] > 0
