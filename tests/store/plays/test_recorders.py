"""Recorders are each person's own, and due to the second."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from ttt.models import Recorder, User
from ttt.store.plays import recorders

SECOND = timedelta(seconds=1)


def add(session: Session, user_id: int, kind: str = recorders.SPOTIFY, **values: object) -> int:
    started = datetime.fromisoformat("2026-11-01T00:00:00+00:00")
    return recorders.add(
        session, Recorder(user_id=user_id, kind=kind, **{"started_at": started, **values})
    )


@pytest.mark.parametrize(
    ("next_in", "asked_in", "is_due"),
    [
        (None, None, False),
        (0, None, True),
        (1, None, False),
        (8 * 86_400, None, False),
        (8 * 86_400 + 1, None, True),
        (60, 60, False),
        (60, 61, True),
        (None, 61, False),
    ],
)
def test_a_recorder_is_due_at_its_time_and_when_only_a_wrong_clock_can_have_set_it(
    session: Session,
    ada: int,
    now: datetime,
    next_in: int | None,
    asked_in: int | None,
    *,
    is_due: bool,
) -> None:
    at = [None if one is None else now + one * SECOND for one in (next_in, asked_in)]
    made = add(session, ada, next_at=at[0], asked_at=at[1])
    found = recorders.get(session, made)
    assert found is not None
    assert recorders.is_due(found, now) is is_due
    due = recorders.due(session, [recorders.SPOTIFY], now)
    assert due == ([(made, ada)] if is_due else [])


def test_only_kinds_asked_for_and_enabled_accounts_are_due_the_longest_first(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    later = add(session, ada, next_at=now)
    first = add(session, bob, next_at=now - SECOND)
    add(session, ada, "lastfm", next_at=now)
    assert recorders.due(session, [recorders.SPOTIFY], now) == [(first, bob), (later, ada)]
    session.get_one(User, bob).disabled_at = now
    session.flush()
    assert recorders.due(session, [recorders.SPOTIFY], now) == [(later, ada)]
    assert recorders.without(session, [ada, bob]) == []
    assert recorders.without(session, [ada, 999]) == [999]


def test_leaving_and_reviving_touch_ones_own_spotify_only(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    kept = {"account": "me", "next_at": now, "newest_at": now, "plays": 5, "error": "late"}
    ids = [
        add(session, ada, **kept),
        add(session, bob, **kept),
        add(session, ada, "lastfm", **kept),
    ]
    recorders.leave(session, ada)
    recorders.count_anew(session, ada)
    found = [recorders.get(session, one) for one in ids]
    assert [(one.account, one.plays) for one in found if one] == [("", 0), ("me", 5), ("me", 5)]
    recorders.revive(session, ada, now + SECOND)
    found = [recorders.get(session, one) for one in ids]
    assert [one.error for one in found if one] == [None, "late", "late"]
    assert [one.next_at for one in found if one] == [now + SECOND, now, now]


def test_a_recorder_that_its_owner_turned_off_stays_off(
    session: Session, ada: int, now: datetime
) -> None:
    made = add(session, ada, error=recorders.OFF)
    recorders.revive(session, ada, now)
    found = recorders.get(session, made)
    assert found is not None
    assert (found.error, found.next_at) == (recorders.OFF, None)


def test_only_its_owner_removes_a_recorder(session: Session, ada: int, bob: int) -> None:
    made = add(session, ada)
    assert not recorders.remove(session, bob, made)
    assert [one.id for one in recorders.of_user(session, ada)] == [made]
    assert recorders.of_user(session, bob) == []
    assert recorders.remove(session, ada, made)
    assert not recorders.remove(session, ada, made)


def test_what_is_set_is_set_on_one_recorder(session: Session, ada: int, bob: int) -> None:
    one, other, his = add(session, ada), add(session, ada, "lastfm"), add(session, bob)
    recorders.change(session, one, failures=3, account="me")
    found = [recorders.get(session, made) for made in (one, other, his)]
    assert [(r.failures, r.account) for r in found if r] == [(3, "me"), (0, ""), (0, "")]


def test_plays_are_counted_anew_for_ones_own_spotify_only(
    session: Session, ada: int, bob: int
) -> None:
    all_ = [add(session, who, kind, plays=5) for who, kind in ((ada, "spotify"), (ada, "lastfm"))]
    all_ += [add(session, bob, plays=5)]
    recorders.count_anew(session, ada)
    found = [recorders.get(session, made) for made in all_]
    assert [recorder.plays for recorder in found if recorder] == [0, 5, 5]


def test_who_has_no_recorder_of_spotifys_list_is_told(session: Session, ada: int, bob: int) -> None:
    add(session, ada, "lastfm")
    add(session, bob)
    assert recorders.without(session, [bob, ada]) == [ada]


def test_the_last_look_was_never_later_than_now(session: Session, ada: int, now: datetime) -> None:
    looks = [None, now - SECOND, now + SECOND]
    found = [Recorder(user_id=ada, kind="x", started_at=now, asked_at=look) for look in looks]
    assert [recorders.asked_at(one, now) for one in found] == [None, now - SECOND, now]


def test_recorders_of_a_kind_that_ended_are_found(
    session: Session, ada: int, now: datetime
) -> None:
    add(session, ada)
    over = add(session, ada, account="me", ended_at=now)
    add(session, ada, "lastfm", ended_at=now)
    assert [one.id for one in recorders.ended(session, recorders.SPOTIFY)] == [over]
