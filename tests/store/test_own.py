"""Whatever is told or counted as one person's is theirs: the other has as much of all of it."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from ttt.found import FoundTrack, Source
from ttt.models import (
    AuditEvent,
    ChartEntry,
    ChartSnapshot,
    FailedTry,
    ListImport,
    OneTimeLink,
    Play,
    RecoveryCode,
    SentPlaylist,
    SentRow,
    TopEntry,
    TopSnapshot,
    TrackList,
    User,
    WaitingName,
)
from ttt.plays import Counts, PlaySource
from ttt.store import own
from ttt.store.lists import entries, track_lists
from ttt.store.tracks import tracks
from ttt.store.values import descriptions, personal


def fill(session: Session, user_id: int, now: datetime) -> None:
    """Two of each kind, told apart by the person's name; what is removed or deleted as well."""
    name = session.get_one(User, user_id).username
    ids = tracks.keep(session, [f"{name}-1", f"{name}-2", f"{name}-3"])
    first, second, third = ids.values()
    trending = track_lists.trending_id(session, user_id)
    entries.add(session, trending, list(ids.values()), now, user_id)
    entries.remove(session, trending, [third], f"removal of {name}", now)
    gone = TrackList(user_id=user_id, name="gone", created_at=now, deleted_at=now)
    entries.add(session, track_lists.add(session, gone).id, [first], now, user_id)
    personal.save(session, user_id, Source.FILE, {first: {"energy": 0.5, "tempo": 99.0}}, now)
    descriptions.save(session, user_id, {first: FoundTrack("", name, ())}, now)
    common: dict[str, Any] = {"user_id": user_id}
    top = TopSnapshot(**common, period="short_term", taken_at=now, length=2)
    heard = ChartSnapshot(**common, chart=f"plays of {name}", taken_at=now)
    brought = ListImport(**common, list_id=trending, name=f"{name}.csv", at=now)
    sent = SentPlaylist(**common, name=name, marker=name, length=1, created_at=now)
    session.add_all([top, heard, brought, sent])
    session.flush()
    name_hash = hashlib.sha256(name.encode()).hexdigest()
    session.add_all(
        [
            TopEntry(**common, snapshot_id=top.id, rank=1, track_id=second),
            ChartEntry(snapshot_id=heard.id, rank=1, title=name, artist="Band"),
            WaitingName(import_id=brought.id, row=1, text=name, title="Song", artist="Band"),
            SentRow(playlist_id=sent.id, position=0, spotify_id=f"{name}-1"),
            RecoveryCode(**common, code_hash=name),
            FailedTry(door="password", name_hash=name_hash, at=now),
            AuditEvent(at=now, actor=name, action="signed in", subject=""),
            AuditEvent(at=now, actor="boss", action="role admin", subject=name),
            *(_link(name, whose, by, now) for whose, by in ((user_id, "boss"), (None, name))),
            *(_play(user_id, track, counts, now) for track, counts in _plays(first, second)),
        ]
    )
    session.flush()


def _plays(first: int, second: int) -> tuple[tuple[int, Counts], ...]:
    return (first, Counts.PLAY), (second, Counts.SKIP)


def _link(name: str, whose: int | None, by: str, now: datetime) -> OneTimeLink:
    made = f"{name} {by}"
    return OneTimeLink(
        token_hash=made, kind="reset", user_id=whose, made_by=by, created_at=now, expires_at=now
    )


def _play(user_id: int, track_id: int, counts: Counts, now: datetime) -> Play:
    return Play(
        user_id=user_id,
        told_at=now,
        track_id=track_id,
        source=PlaySource.LASTFM,
        started_at=now,
        counts=counts,
    )


@pytest.fixture
def both(session: Session, ada: int, bob: int, now: datetime) -> tuple[int, int]:
    for user_id in (ada, bob):
        fill(session, user_id, now)
    return ada, bob


KINDS: Sequence[tuple[Callable[[Session, int], Sequence[Any]], Callable[[Any], object], list[str]]]
KINDS = [
    (own.plays, lambda row: row[1].title, ["ada"]),
    (own.rankings, lambda row: row[2], ["ada-2"]),
    (own.entries, lambda row: row[1], ["ada-1", "ada-2", "ada-3", "ada-1"]),
    (own.values, lambda row: (row[0].field, row[1]), [("energy", "ada-1"), ("tempo", "ada-1")]),
    (own.descriptions, lambda row: (row[0].title, row[1]), [("ada", "ada-1")]),
    (own.imports, lambda row: (row[0].name, row[1]), [("ada.csv", "Trending")]),
    (own.waiting_names, lambda row: row[1], ["ada"]),
    (own.playlist_rows, lambda row: row[1], ["ada-1"]),
]


@pytest.mark.parametrize(("told", "of", "expected"), KINDS, ids=[k[0].__name__ for k in KINDS])
def test_each_kind_is_told_of_its_person_only(
    session: Session,
    both: tuple[int, int],
    told: Callable[[Session, int], Sequence[Any]],
    of: Callable[[Any], object],
    expected: list[object],
) -> None:
    found = [of(row) for row in told(session, both[0])]
    assert sorted(map(str, found)) == sorted(map(str, expected))


def test_rows_of_any_table_are_told_of_their_person_in_the_order_of_a_column(
    session: Session, both: tuple[int, int], now: datetime
) -> None:
    ada, bob = both
    for who, place in ((ada, 3), (bob, 1), (ada, 2)):
        at = now - place * timedelta(days=1)
        session.add(TopSnapshot(user_id=who, period="long_term", taken_at=at, length=place))
    session.flush()
    in_time, by_id = (
        [one.length for one in own.of(session, TopSnapshot, ada, order)]
        for order in ("taken_at", "id")
    )
    assert (in_time, by_id) == ([3, 2, 2], [2, 3, 2])


def test_what_is_kept_under_a_name_is_told_and_forgotten_by_it(
    session: Session, both: tuple[int, int]
) -> None:
    ada, bob = (session.get_one(User, user_id) for user_id in both)
    assert {one.token_hash for one in own.links(session, ada)} == {"ada boss", "ada ada"}
    assert [(e.actor, e.subject) for e in own.events(session, "ada")] == [
        ("ada", ""),
        ("boss", "ada"),
    ]
    assert len(own.failed_tries(session, "ada")) == own.recovery_codes(session, both[0]) == 1
    own.forget_name(session, "ada")
    assert own.failed_tries(session, "ada") == []
    assert [one.token_hash for one in own.links(session, ada)] == ["ada boss"]
    assert len(own.failed_tries(session, "bob")) == 1
    assert len(own.links(session, bob)) == 2


def test_what_counts_is_counted_and_what_is_removed_is_not(
    session: Session, both: tuple[int, int]
) -> None:
    expected = own.Held(lists=1, tracks=2, top_lists=1, plays=1, valued=1)
    assert [own.held(session, user_id) for user_id in both] == [expected, expected]
    assert own.held(session, 999) == own.Held(0, 0, 0, 0, 0)


def test_what_somebody_added_to_others_lists_is_told_and_their_own_is_not(
    session: Session, both: tuple[int, int], now: datetime
) -> None:
    ada, bob = both
    ids = tracks.keep(session, ["by ada"])
    entries.add(session, track_lists.trending_id(session, bob), [*ids.values()], now, ada)
    assert [tuple(row)[1:] for row in own.contributions(session, ada)] == [
        ("by ada", "Trending", "Bob")
    ]
    assert own.contributions(session, bob) == []
