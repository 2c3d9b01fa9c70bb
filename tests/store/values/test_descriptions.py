"""What people's files call tracks is theirs, and nobody else sees or loses it."""

from datetime import datetime

import pytest
from sqlmodel import Session

from ttt.found import FoundArtist, FoundTrack, Source
from ttt.models import OwnDescription
from ttt.store.lists import entries, track_lists
from ttt.store.tracks import locking, tracks
from ttt.store.values import descriptions


def keep(session: Session, *spotify_ids: str) -> list[int]:
    ids = tracks.keep(session, spotify_ids)
    return [ids[spotify_id] for spotify_id in spotify_ids]


def called(title: str, **more: object) -> FoundTrack:
    return FoundTrack("", title, (FoundArtist("Band"),), **more)


def titles(session: Session, user_id: int, *track_ids: int) -> dict[int, str | None]:
    found = descriptions.read(session, user_id, track_ids)
    return {track_id: one.title for track_id, one in found.items()}


@pytest.fixture
def described(session: Session, ada: int, bob: int, now: datetime) -> list[int]:
    """Two tracks that Ada's files and Bob's call differently."""
    ids = keep(session, "a", "b")
    for user_id, name in ((ada, "Ada's"), (bob, "Bob's")):
        said = {i: called(f"{name} {n}") for n, i in enumerate(ids)}
        descriptions.save(session, user_id, said, now)
    return ids


def test_a_person_reads_their_own_of_the_tracks_asked_for(
    session: Session, ada: int, bob: int, described: list[int]
) -> None:
    first, second = described
    assert titles(session, ada, first) == {first: "Ada's 0"}
    assert titles(session, bob, first, second) == {first: "Bob's 0", second: "Bob's 1"}


def test_forgetting_ones_own_leaves_everybody_elses(
    session: Session, ada: int, bob: int, described: list[int]
) -> None:
    assert descriptions.remove(session, ada, described[:1]) == 1
    assert descriptions.remove(session, ada) == 1
    assert titles(session, ada, *described) == {}
    assert len(titles(session, bob, *described)) == 2


def test_values_are_forgotten_and_names_stay(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    (first, second) = keep(session, "a", "b")
    for user_id in (ada, bob):
        said = {
            first: called("Song", duration_ms=1_000),
            second: FoundTrack("", "", (), genres=("x",)),
        }
        descriptions.save(session, user_id, said, now)
    descriptions.forget_values(session, ada)
    session.expire_all()
    mine, theirs = (descriptions.read(session, who, [first, second]) for who in (ada, bob))
    assert [(i, one.title, one.duration_ms) for i, one in mine.items()] == [(first, "Song", None)]
    assert theirs[first].duration_ms == 1_000
    assert theirs[second].genres == ["x"]


def test_what_a_later_file_does_not_say_stays_as_it_was(
    session: Session, ada: int, now: datetime
) -> None:
    (track,) = keep(session, "a")
    descriptions.save(session, ada, {track: called("Song", album="Album")}, now)
    descriptions.save(session, ada, {track: called("New name", duration_ms=9)}, now)
    one = descriptions.read(session, ada, [track])[track]
    assert (one.title, one.album, one.duration_ms) == ("New name", "Album", 9)


def test_what_a_history_calls_a_track_is_added_or_renewed_and_other_words_stay(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    first, second = keep(session, "a", "b")
    descriptions.save(session, ada, {first: called("Old", duration_ms=9)}, now)
    for user_id in (ada, bob):
        named = [(second, "Two", ("X", "Y"), None), (first, "One", ("Ж",), "Album")]
        descriptions.add(session, user_id, named, now)
    session.expire_all()
    mine, theirs = (descriptions.read(session, who, [first, second]) for who in (ada, bob))
    for found in (mine, theirs):
        said = {i: (one.title, one.artists, one.album) for i, one in found.items()}
        assert said == {first: ("One", ["Ж"], "Album"), second: ("Two", ["X", "Y"], None)}
        assert {one.observed_at for one in found.values()} == {now}
    assert (mine[first].duration_ms, theirs[first].duration_ms) == (9, None)
    descriptions.add(session, ada, [], now)


def test_nameless_are_those_that_neither_spotify_nor_the_persons_files_call_anything(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    a, b, c = keep(session, "a", "b", "c")
    tracks.save(session, [FoundTrack("c", "Known", (FoundArtist("Band"),))], Source.SPOTIFY, now)
    descriptions.save(session, ada, {a: called("Mine")}, now)
    assert locking.locked(session, ada, ["a", "b", "c"]) == ({"a": a, "b": b, "c": c}, ["b"])
    assert locking.locked(session, bob, ["a", "b", "c"]).nameless == ["a", "b"]
    assert locking.locked(session, bob, ["c", "unknown"]) == ({"c": c}, [])


def test_what_is_not_held_is_forgotten_for_its_person_only(
    session: Session, ada: int, bob: int, described: list[int], now: datetime
) -> None:
    listed, dropped = described
    entries.add(session, track_lists.trending_id(session, ada), [listed], now, ada)
    descriptions.forget_unheld(session, ada, described)
    session.expire_all()
    assert titles(session, ada, *described) == {listed: "Ada's 0"}
    assert len(titles(session, bob, *described)) == 2
    assert session.get(OwnDescription, (ada, dropped)) is None
