from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlmodel import Session, select

from ttt.models import TopEntry, TopSnapshot
from ttt.store.spotify import snapshots
from ttt.store.tracks import tracks

DAY = timedelta(days=1)


def latest(session: Session, user_id: int, period: str, count: int = 2) -> Sequence[TopSnapshot]:
    """The newest, when the time of all of them has come."""
    return snapshots.latest(session, user_id, period, count, datetime(2027, 1, 1, tzinfo=UTC))


@pytest.fixture
def track_ids(session: Session) -> list[int]:
    return list(tracks.keep(session, ["a", "b", "c"]).values())


def test_ranks_are_kept_and_those_that_could_not_be_read_stay_open(
    session: Session, ada: int, now: datetime
) -> None:
    ids = tracks.keep(session, ["a", "b", "c"])
    ranked = [ids["c"], None, ids["a"], ids["b"], None]
    snapshots.add(session, ada, "short_term", now, ranked)
    (snapshot,) = latest(session, ada, "short_term")
    assert snapshot.taken_at == now
    assert snapshots.places(session, snapshot) == ranked


def test_the_newest_come_first_and_older_ones_stay(
    session: Session, ada: int, track_ids: list[int], now: datetime
) -> None:
    for days in (2, 0, 1):
        snapshots.add(session, ada, "short_term", now - days * DAY, track_ids)
    assert [s.taken_at for s in latest(session, ada, "short_term")] == [now, now - DAY]
    assert len(latest(session, ada, "short_term", 10)) == 3


def test_each_person_and_period_has_snapshots_of_its_own(
    session: Session, ada: int, bob: int, track_ids: list[int], now: datetime
) -> None:
    snapshots.add(session, ada, "short_term", now, track_ids)
    assert latest(session, ada, "long_term") == []
    assert latest(session, bob, "short_term") == []
    snapshots.add(session, bob, "long_term", now - DAY, track_ids)
    assert snapshots.times(session, ada) == {("short_term", now)}
    assert snapshots.times(session, bob) == {("long_term", now - DAY)}
    for person, period in ((ada, "short_term"), (bob, "long_term")):
        (snapshot,) = latest(session, person, period, 10)
        assert (snapshot.user_id, snapshot.period, snapshot.length) == (person, period, 3)


def test_the_newest_of_each_person_and_period_is_named_up_to_now(
    session: Session, ada: int, bob: int, track_ids: list[int], now: datetime
) -> None:
    for person, period, days in (
        *((ada, "short_term", 2), (ada, "short_term", 1), (ada, "long_term", 3)),
        *((bob, "short_term", 0), (bob, "long_term", -1)),
    ):
        snapshots.add(session, person, period, now - days * DAY, track_ids)
    assert snapshots.newest_times(session, now) == {
        (ada, "short_term"): now - DAY,
        (ada, "long_term"): now - 3 * DAY,
        (bob, "short_term"): now,
    }


def test_what_a_clock_that_ran_ahead_wrote_stands_behind_all_others(
    session: Session, ada: int, track_ids: list[int], now: datetime
) -> None:
    for days in (-3, 0, 1):
        snapshots.add(session, ada, "short_term", now - days * DAY, track_ids)
    kept = [s.taken_at for s in snapshots.latest(session, ada, "short_term", 3, now)]
    assert kept == [now, now - DAY, now + 3 * DAY]


def test_of_two_at_one_time_the_later_one_is_the_newest(
    session: Session, ada: int, track_ids: list[int], now: datetime
) -> None:
    snapshots.add(session, ada, "short_term", now, track_ids)
    snapshots.add(session, ada, "short_term", now, track_ids[:1])
    assert [s.length for s in latest(session, ada, "short_term")] == [1, 3]
    found = snapshots.last_between(session, ada, "short_term", now, now + DAY)
    assert found is not None
    assert found.length == 1


def test_an_empty_list_is_a_snapshot_too(session: Session, ada: int, now: datetime) -> None:
    snapshots.add(session, ada, "short_term", now, [])
    (snapshot,) = latest(session, ada, "short_term")
    assert snapshots.places(session, snapshot) == []


def test_deleting_forgets_one_persons_snapshots_with_their_entries(
    session: Session, ada: int, bob: int, track_ids: list[int], now: datetime
) -> None:
    for person in (ada, bob):
        snapshots.add(session, person, "short_term", now, track_ids)
    snapshots.delete_all(session, ada)
    session.commit()
    assert latest(session, ada, "short_term") == []
    assert len(latest(session, bob, "short_term")) == 1
    assert len(session.exec(select(TopEntry)).all()) == 3


def test_the_last_one_of_a_stretch_of_time_is_found(
    session: Session, ada: int, bob: int, track_ids: list[int], now: datetime
) -> None:
    for days in (3, 1, 2):
        snapshots.add(session, ada, "short_term", now - days * DAY, track_ids)
    find = partial(snapshots.last_between, session, ada, "short_term")
    found = find(now - 3 * DAY, now - DAY)
    assert found is not None
    assert found.taken_at == now - 2 * DAY
    assert find(now - 9 * DAY, now - 3 * DAY) is None
    assert snapshots.last_between(session, ada, "long_term", now - 9 * DAY, now) is None
    assert snapshots.last_between(session, bob, "short_term", now - 9 * DAY, now) is None


def test_ranks_are_those_of_tracks_that_are_on_one_list_as_well(
    session: Session, ada: int, now: datetime
) -> None:
    ids = tracks.keep(session, ["a", "b", "c"])
    for days, letters in ((2, "cba"), (1, "c?a"), (0, "ab")):
        places = [ids.get(letter) for letter in letters]
        snapshots.add(session, ada, "short_term", now - days * DAY, places)
    newest, middle, oldest = (s.id for s in latest(session, ada, "short_term", 3))
    assert newest is not None

    assert snapshots.ranks(session, ada, [newest, oldest], newest) == sorted(
        [(newest, 1, "a"), (newest, 2, "b"), (oldest, 2, "b"), (oldest, 3, "a")]
    )
    assert snapshots.ranks(session, ada, [middle], newest) == [(middle, 3, "a")]
    assert snapshots.ranks(session, ada, [], newest) == []


def test_a_track_under_several_ids_has_its_best_rank_on_each_snapshot(
    session: Session, ada: int, now: datetime
) -> None:
    ids = tracks.keep(session, ["a", "b", "c"])
    for days, letters in ((2, "cba"), (1, "b"), (0, "ab")):
        places = [ids[letter] for letter in letters]
        snapshots.add(session, ada, "short_term", now - days * DAY, places)
    kept = [s.id for s in latest(session, ada, "short_term", 10)]

    assert dict(snapshots.ranks_of(session, ada, kept, ["a", "c"])) == {kept[0]: 1, kept[2]: 1}
    assert dict(snapshots.ranks_of(session, ada, kept[:1], ["b"])) == {kept[0]: 2}
    assert not snapshots.ranks_of(session, ada, kept, ["nobody"])
