from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from ttt.models import ListEntry, User
from ttt.store.lists import entries, track_lists
from ttt.store.tracks import tracks

HOUR = timedelta(hours=1)


@pytest.fixture
def hers(session: Session, ada: int) -> int:
    """Id of Ada's trending list."""
    return track_lists.trending_id(session, ada)


@pytest.fixture
def his(session: Session, bob: int) -> int:
    """Id of Bob's trending list."""
    return track_lists.trending_id(session, bob)


def keep(session: Session, names: str) -> list[int]:
    """Ids of tracks, one a letter, in the order of the letters."""
    ids = tracks.keep(session, names)
    return [ids[name] for name in names]


def listed(session: Session, list_id: int) -> str:
    ids = {track_id: name for name, track_id in tracks.ids_of(session, "abcdef").items()}
    return "".join(ids[entry.track_id] for entry in entries.listed(session, list_id))


def test_a_list_reads_as_it_was_given(session: Session, hers: int, now: datetime) -> None:
    # The order of ids must not decide: tracks are kept in the order of their names.
    assert len(entries.add(session, hers, keep(session, "cab"), now)) == 3
    assert listed(session, hers) == "cab"


def test_what_is_added_later_stands_above(session: Session, hers: int, now: datetime) -> None:
    for names in ("ba", "dc"):
        entries.add(session, hers, keep(session, names), now)
    entries.add(session, hers, keep(session, "e"), now + HOUR)
    assert listed(session, hers) == "edcba"
    assert len({entry.position for entry in entries.listed(session, hers)}) == 5


def test_what_is_there_stays_as_it_is(session: Session, hers: int, now: datetime) -> None:
    entries.add(session, hers, keep(session, "a"), now)
    assert len(entries.add(session, hers, keep(session, "bab"), now + HOUR)) == 1
    assert listed(session, hers) == "ba"
    newest, oldest = entries.listed(session, hers)
    assert (newest.added_at, oldest.added_at) == (now + HOUR, now)


def test_lists_are_personal(session: Session, hers: int, his: int, now: datetime) -> None:
    a, b = keep(session, "ab")
    entries.add(session, hers, [a], now)
    entries.add(session, his, [a, b], now)
    assert (listed(session, hers), listed(session, his)) == ("a", "ab")
    assert entries.listed_ids(session, hers, [a, b]) == {a}
    assert entries.remove(session, his, [a], "r", now) == 1
    assert (listed(session, hers), listed(session, his)) == ("a", "b")


def test_removed_tracks_come_back_in_their_old_place(
    session: Session, hers: int, now: datetime
) -> None:
    ids = keep(session, "dbca")
    entries.add(session, hers, ids, now)
    assert entries.remove(session, hers, ids[1:3], "r", now + HOUR) == 2
    assert listed(session, hers) == "da"
    assert entries.restore(session, hers, "r") == 2
    assert listed(session, hers) == "dbca"
    assert entries.restore(session, hers, "r") == 0


def test_everything_can_be_removed(session: Session, hers: int, his: int, now: datetime) -> None:
    entries.add(session, hers, keep(session, "abc"), now)
    entries.add(session, his, keep(session, "a"), now)
    assert entries.remove(session, hers, None, "r", now) == 3
    assert (listed(session, hers), listed(session, his)) == ("", "a")


def test_only_what_is_there_is_removed(session: Session, hers: int, now: datetime) -> None:
    a, b = keep(session, "ab")
    entries.add(session, hers, [a], now)
    assert entries.remove(session, hers, [a, b], "first", now) == 1
    assert entries.remove(session, hers, [a, b], "second", now) == 0
    assert entries.restore(session, hers, "first") == 1


def test_a_track_that_was_added_again_is_no_longer_part_of_the_removal(
    session: Session, hers: int, now: datetime
) -> None:
    ids = keep(session, "ab")
    entries.add(session, hers, ids, now)
    entries.remove(session, hers, ids, "r", now)
    assert len(entries.add(session, hers, ids[:1], now + HOUR)) == 1
    assert entries.restore(session, hers, "r") == 1
    assert listed(session, hers) == "ab"
    assert len(session.exec(select(ListEntry)).all()) == 2


def test_nobody_restores_what_another_person_removed(
    session: Session, hers: int, his: int, now: datetime
) -> None:
    entries.add(session, hers, keep(session, "a"), now)
    entries.remove(session, hers, None, "r", now)
    assert entries.restore(session, his, "r") == 0
    assert listed(session, hers) == ""


def test_what_was_removed_long_ago_is_forgotten(session: Session, hers: int, now: datetime) -> None:
    for name, hours in {"a": 2, "b": 1}.items():
        entries.add(session, hers, keep(session, name), now)
        entries.remove(session, hers, None, name, now - hours * HOUR)
    entries.add(session, hers, keep(session, "c"), now - 9 * HOUR)
    entries.delete_removed(session, now - HOUR)
    assert entries.restore(session, hers, "a") == 0
    assert entries.restore(session, hers, "b") == 1
    assert listed(session, hers) == "cb"


def test_everyones_list_names_people_and_leaves_out_disabled_ones(
    session: Session, bob: int, hers: int, his: int, now: datetime
) -> None:
    a, b = keep(session, "ab")
    entries.add(session, hers, [a], now)
    entries.add(session, his, [a, b], now + HOUR)
    entries.remove(session, his, [b], "r", now)
    newest = entries.everyones(session, 10)
    assert [(entry.track_id, name) for entry, name in newest] == [(a, "Bob"), (a, "Ada")]
    assert len(entries.everyones(session, 1)) == 1
    session.get_one(User, bob).disabled_at = now
    session.commit()
    assert [name for _, name in entries.everyones(session, 10)] == ["Ada"]


def test_a_list_takes_the_order_it_is_given(session: Session, hers: int, now: datetime) -> None:
    ids = dict(zip("abc", keep(session, "abc"), strict=True))
    entries.add(session, hers, list(ids.values()), now)
    entries.arrange(session, hers, [ids[name] for name in "cab"])
    assert listed(session, hers) == "cab"
    entries.add(session, hers, keep(session, "d"), now)
    assert listed(session, hers) == "dcab"


def test_only_what_is_there_is_described(
    session: Session, hers: int, his: int, now: datetime
) -> None:
    a, b = keep(session, "ab")
    entries.add(session, hers, [a], now)
    entries.add(session, his, [a], now)
    assert entries.describe(session, hers, a, "loud", ["summer", "late"])
    assert not entries.describe(session, hers, b, "loud", [])
    (entry,), (other,) = entries.listed(session, hers), entries.listed(session, his)
    assert (entry.note, entry.tags) == ("loud", ["summer", "late"])
    assert (other.note, other.tags) == (None, [])


def test_who_added_something_is_named(
    session: Session, hers: int, ada: int, bob: int, now: datetime
) -> None:
    a, b, c = keep(session, "abc")
    for track_id, by in ((a, ada), (b, bob), (c, None)):
        entries.add(session, hers, [track_id], now, by)
    assert entries.added_by(session, hers) == {ada: "Ada", bob: "Bob"}


Verb = Callable[[Session, int, list[int], datetime], object]


@pytest.mark.parametrize(
    "verb",
    [
        entries.add,
        lambda session, list_id, ids, now: entries.remove(session, list_id, ids, "r", now),
        lambda session, list_id, ids, now: entries.listed_ids(session, list_id, ids),
    ],
    ids=["add", "remove", "listed_ids"],
)
def test_the_number_of_statements_is_fixed(
    verb: Verb, session: Session, hers: int, statements: list[str], now: datetime
) -> None:
    few, many = (
        list(tracks.keep(session, (f"{count} {i}" for i in range(count))).values())
        for count in (3, 3000)
    )
    session.commit()
    counts = []
    for ids in (few, many):
        statements.clear()
        verb(session, hers, ids, now)
        session.commit()
        counts.append(len(statements))
    assert counts[0] == counts[1] > 0


def test_lists_that_hold_a_track_are_told_without_what_was_removed(
    session: Session, hers: int, his: int, now: datetime
) -> None:
    a, b = keep(session, "ab")
    entries.add(session, hers, [a], now)
    entries.add(session, his, [a, b], now)
    assert track_lists.holding(session, [hers, his], ["a"]) == {hers, his}
    assert track_lists.holding(session, [hers], ["b", "c"]) == set()
    entries.remove(session, his, [b], "gone", now)
    assert track_lists.holding(session, [hers, his], ["b"]) == set()
