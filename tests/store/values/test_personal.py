from datetime import datetime, timedelta

from sqlmodel import Session

from ttt.found import FoundArtist, FoundTrack, Source
from ttt.store.tracks import holdings, tracks
from ttt.store.values import personal

ISRC = "USUM71900001"


def keep(session: Session, *spotify_ids: str) -> list[int]:
    ids = tracks.keep(session, spotify_ids)
    return [ids[spotify_id] for spotify_id in spotify_ids]


def test_values_of_one_person_are_read_by_track(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    first, second, third = keep(session, "a", "b", "c")
    values = {first: {"energy": 0.5, "tempo": 90.0}, second: {"energy": 0.1}, third: {"mode": 1}}
    personal.save(session, ada, Source.FILE, values, now)
    personal.save(session, bob, Source.FILE, {first: {"energy": 0.9}}, now)
    read = personal.read(session, ada, [first, second])
    assert {(v.track_id, v.field, v.value) for v in read} == {
        (first, "energy", 0.5),
        (first, "tempo", 90.0),
        (second, "energy", 0.1),
    }


def test_a_later_value_of_the_same_source_replaces_the_earlier(
    session: Session, ada: int, now: datetime
) -> None:
    (track,) = keep(session, "a")
    for source, value in ((Source.FILE, 0.1), (Source.HAND, 0.2), (Source.FILE, 0.3)):
        personal.save(session, ada, source, {track: {"energy": value}}, now)
    read = personal.read(session, ada, [track])
    assert {(v.source, v.value) for v in read} == {(Source.FILE, 0.3), (Source.HAND, 0.2)}


def test_values_are_taken_back_by_source_and_track(
    session: Session, ada: int, now: datetime
) -> None:
    first, second = keep(session, "a", "b")
    for source in (Source.FILE, Source.HAND):
        values = {first: {"energy": 0.5}, second: {"energy": 0.5, "tempo": 90.0}}
        personal.save(session, ada, source, values, now)
    assert personal.remove(session, ada, Source.HAND, [first]) == 1
    assert personal.remove(session, ada, Source.FILE) == 3
    read = personal.read(session, ada, [first, second])
    assert {(v.track_id, v.source) for v in read} == {(second, Source.HAND)}


def test_the_extent_is_how_many_tracks_and_how_new(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    first, second = keep(session, "a", "b")
    assert personal.extent(session, ada, Source.FILE) == (0, None)
    personal.save(session, ada, Source.FILE, {first: {"energy": 0.5, "tempo": 90.0}}, now)
    later = now + timedelta(days=1)
    personal.save(session, ada, Source.FILE, {second: {"energy": 0.5}}, later)
    personal.save(session, bob, Source.FILE, {first: {"energy": 0.5}}, later)
    assert personal.extent(session, ada, Source.FILE) == (2, later)


def test_a_track_with_somebodys_own_values_is_no_orphan(
    session: Session, ada: int, now: datetime
) -> None:
    mine, _ = keep(session, "a", "b")
    personal.save(session, ada, Source.HAND, {mine: {"energy": 0.5}}, now)
    holdings.delete_orphans(session)
    assert tracks.ids_of(session, ["a", "b"]) == {"a": mine}


def test_a_recording_can_have_several_tracks(session: Session, now: datetime) -> None:
    found = [
        FoundTrack(name, "Dust", (FoundArtist("Ada"),), isrc=isrc)
        for name, isrc in (("a", ISRC), ("b", ISRC), ("c", "GBAYE0000351"), ("d", None))
    ]
    ids = tracks.save(session, found, Source.SPOTIFY, now)
    wanted = [ISRC, "FRZ000000000"]
    assert tracks.ids_of_recordings(session, wanted) == {ISRC: [ids["a"], ids["b"]]}


def test_what_is_there_is_told_of_one_person(
    session: Session, ada: int, bob: int, now: datetime
) -> None:
    (track,) = keep(session, "a")
    personal.put(session, ada, [(track, "energy", Source.FILE, now, 0.5)])
    personal.put(session, ada, [(track, "energy", Source.FILE, now, 0.9)])
    personal.put(session, bob, [(track, "tempo", Source.HAND, now, 120.0)])
    assert personal.keys(session, ada) == {(track, "energy", Source.FILE)}
    assert personal.keys(session, bob) == {(track, "tempo", Source.HAND)}
    assert [one.value for one in personal.read(session, ada, [track])] == [0.5]
