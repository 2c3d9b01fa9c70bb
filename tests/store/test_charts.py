from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, select

from ttt.found import Charted
from ttt.models import ChartEntry, ChartSnapshot, LastFmAccount, User
from ttt.store import charts

HOUR = timedelta(hours=1)
ONE = Charted("One", "A", 12.0, "USABC1234567", "https://covers.example/1", "https://chart.example")
TWO = Charted("Two", "B")


def latest(
    session: Session, chart: str, user_id: int | None, count: int
) -> Sequence[ChartSnapshot]:
    """The newest, when the time of all of them has come."""
    return charts.latest(session, chart, user_id, count, datetime(2027, 1, 1, tzinfo=UTC))


def test_a_chart_is_kept_as_it_was(session: Session, now: datetime) -> None:
    charts.add(session, "deezer", None, now, [ONE, TWO])
    charts.add(session, "deezer", None, now + HOUR, [TWO, ONE])
    session.commit()
    newest, before = latest(session, "deezer", None, 5)
    assert (newest.taken_at, before.taken_at) == (now + HOUR, now)
    assert charts.entries(session, newest) == [TWO, ONE]
    assert charts.entries(session, before) == [ONE, TWO]
    assert len(latest(session, "deezer", None, 1)) == 1


def test_a_name_may_stand_in_a_chart_twice(session: Session, now: datetime) -> None:
    charts.add(session, "deezer", None, now, [TWO, TWO])
    [snapshot] = latest(session, "deezer", None, 1)
    assert charts.entries(session, snapshot) == [TWO, TWO]


def test_charts_and_people_are_kept_apart(
    session: Session, now: datetime, ada: int, bob: int
) -> None:
    for user_id in (None, ada, bob):
        charts.add(session, "plays", user_id, now, [ONE])
    charts.add(session, "other", ada, now, [TWO])
    charts.delete_own(session, ada)
    session.commit()
    assert [len(latest(session, "plays", i, 9)) for i in (None, ada, bob)] == [1, 0, 1]
    assert latest(session, "other", ada, 9) == []


def test_old_snapshots_are_forgotten_with_their_rows(session: Session, now: datetime) -> None:
    for hours in range(4):
        charts.add(session, "deezer", None, now + hours * HOUR, [ONE])
    charts.add(session, "apple us", None, now, [ONE])
    charts.delete_before(session, "deezer", None, now + 2 * HOUR)
    session.commit()
    left = [one.taken_at - now for one in latest(session, "deezer", None, 9)]
    assert left == [3 * HOUR, 2 * HOUR]
    assert len(latest(session, "apple us", None, 9)) == 1
    assert len(session.query(ChartEntry).all()) == 3


def test_a_name_at_lastfm_is_kept_changed_and_forgotten(
    session: Session, now: datetime, ada: int, bob: int
) -> None:
    assert charts.lastfm_account(session, ada) is None
    charts.save_lastfm_account(session, LastFmAccount(user_id=ada, username="a", unknown_at=now))
    charts.save_lastfm_account(session, LastFmAccount(user_id=ada, username="b"))
    charts.save_lastfm_account(session, LastFmAccount(user_id=bob, username="c"))
    session.commit()
    kept = charts.lastfm_account(session, ada)
    assert kept is not None
    assert (kept.username, kept.unknown_at) == ("b", None)
    assert charts.lastfm_listeners(session) == [ada, bob]
    session.get_one(User, bob).disabled_at = now
    session.commit()
    assert charts.lastfm_listeners(session) == [ada]
    session.get_one(User, bob).disabled_at = None
    charts.delete_own(session, ada)
    session.commit()
    assert charts.lastfm_listeners(session) == [bob]


def test_ranks_begin_with_one(session: Session, now: datetime) -> None:
    charts.add(session, "top", None, now, [Charted("A", "X"), Charted("B", "Y")])
    ranks = session.exec(select(ChartEntry.rank).order_by(col(ChartEntry.rank))).all()
    assert ranks == [1, 2]
