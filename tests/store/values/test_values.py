from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from tests.surroundings.answering import isrc, song, spotify_id
from ttt.found import Finding, FoundFeatures, Kind, Reach, Source, Wanted
from ttt.models import Lookup
from ttt.store.tracks import details as track_details
from ttt.store.tracks import tracks
from ttt.store.values import values

FINDING = Finding(
    "own-id",
    FoundFeatures(energy=0.5, tempo=120.0),
    60.0,
    {Reach.DEEZER_RANK: 7.0},
    ("pop", "rock"),
)


@pytest.fixture
def ids(session: Session, now: datetime) -> list[int]:
    """Three tracks; the first two are the same recording."""
    found = [song(0), replace(song(1), isrc=isrc(0)), song(2)]
    saved = tracks.save(session, found, Source.SPOTIFY, now)
    session.commit()
    return [saved[spotify_id(number)] for number in range(3)]


def lookup(track_id: int, at: datetime, *, found: bool = True) -> Lookup:
    return Lookup(
        track_id=track_id,
        source=Source.DEEZER,
        kind=Kind.FEATURES,
        found=found,
        provider_id="own-id" if found else None,
        asked_at=at,
        ask_again_at=at + timedelta(days=1),
    )


def known_of(session: Session, track_id: int, now: datetime) -> Mapping[str, object]:
    known = values.known(session, [track_id], now)
    return {
        "features": {source: names for (_, source), names in known.features.items()},
        "popularity": {source for _, source in known.popularity},
        "genres": {source for _, source in known.genres},
        "lately": {(source, kind) for _, source, kind in known.lately},
    }


EVERYTHING = {
    "features": {"deezer": {"energy", "tempo"}},
    "popularity": {"deezer"},
    "genres": {"deezer"},
    "lately": {("deezer", "features")},
}
NOTHING = {"features": {}, "popularity": set(), "genres": set(), "lately": set()}


def test_a_finding_is_stored_with_its_source_and_time(
    session: Session, ids: list[int], now: datetime
) -> None:
    values.save(session, {ids[0]: FINDING}, Source.DEEZER, now)
    session.commit()
    details = track_details.read(session, ids)[ids[0]]
    (features,) = details.features
    (popularity,) = details.popularity
    (reach,) = details.reach
    assert (features.energy, features.tempo, features.valence) == (0.5, 120.0, None)
    assert (popularity.value, reach.measure, reach.value) == (60.0, "deezer_rank", 7.0)
    assert {row.source for row in (features, popularity, *details.genres)} == {"deezer"}
    assert {row.observed_at for row in (features, popularity, reach)} == {now}
    assert [genre.genre for genre in details.genres] == ["pop", "rock"]


def test_a_newer_finding_takes_the_place_of_the_older(
    session: Session, ids: list[int], now: datetime
) -> None:
    later = now + timedelta(days=30)
    values.save(session, {ids[0]: FINDING}, Source.DEEZER, now)
    newer = Finding(features=FoundFeatures(valence=0.1), popularity=61.0, genres=("jazz",))
    values.save(session, {ids[0]: newer}, Source.DEEZER, later)
    session.commit()
    details = track_details.read(session, ids)[ids[0]]
    (features,) = details.features
    assert (features.energy, features.valence, features.observed_at) == (None, 0.1, later)
    assert [popularity.value for popularity in details.popularity] == [61.0]
    assert [genre.genre for genre in details.genres] == ["jazz"]


def test_what_a_finding_does_not_speak_of_stays(
    session: Session, ids: list[int], now: datetime
) -> None:
    values.save(session, {ids[0]: FINDING}, Source.DEEZER, now)
    values.save(session, {ids[0]: Finding(popularity=61.0)}, Source.DEEZER, now)
    values.save(session, {ids[0]: Finding(genres=("jazz",))}, Source.LASTFM, now)
    session.commit()
    details = track_details.read(session, ids)[ids[0]]
    assert [features.energy for features in details.features] == [0.5]
    assert {genre.genre for genre in details.genres} == {"pop", "rock", "jazz"}


def test_what_decides_about_asking_is_read_together(
    session: Session, ids: list[int], now: datetime
) -> None:
    values.save(session, {ids[0]: FINDING}, Source.DEEZER, now)
    values.save_lookups(session, [lookup(ids[0], now)])
    session.commit()
    assert known_of(session, ids[0], now) == EVERYTHING
    assert known_of(session, ids[2], now) == NOTHING
    tomorrow = now + timedelta(days=1)
    assert known_of(session, ids[0], tomorrow) == EVERYTHING | {"lately": set()}


def test_a_track_is_wanted_by_whatever_is_known_of_it(
    session: Session, ids: list[int], now: datetime
) -> None:
    bare = tracks.keep(session, ["a" * 22])
    session.commit()
    assert values.known(session, [ids[0], *bare.values()], now).wanted == {
        ids[0]: Wanted(spotify_id(0), isrc(0), "Song 0", "Band"),
        bare["a" * 22]: Wanted("a" * 22),
    }


def test_postponing_keeps_what_an_earlier_answer_brought(
    session: Session, ids: list[int], now: datetime
) -> None:
    values.save_lookups(session, [lookup(ids[0], now)])
    later = now + timedelta(days=1)
    values.postpone(session, [lookup(i, later, found=False) for i in ids[:2]])
    session.commit()
    first, second = (session.get_one(Lookup, (i, "deezer", "features")) for i in ids[:2])
    assert (first.found, first.provider_id, first.asked_at) == (True, "own-id", now)
    assert (second.found, second.provider_id, second.asked_at) == (False, None, later)
    assert first.ask_again_at == second.ask_again_at == now + timedelta(days=2)


def test_the_same_recording_shares_values_and_finds(
    session: Session, ids: list[int], now: datetime
) -> None:
    values.save(session, {ids[0]: FINDING}, Source.DEEZER, now)
    values.save_lookups(session, [lookup(ids[0], now)])
    assert values.share(session, ids) == 6
    assert values.share(session, ids) == 0
    session.commit()
    assert known_of(session, ids[1], now) == EVERYTHING
    assert known_of(session, ids[2], now) == NOTHING


def test_a_miss_is_not_shared(session: Session, ids: list[int], now: datetime) -> None:
    values.save_lookups(session, [lookup(ids[0], now, found=False)])
    assert values.share(session, ids) == 0


def test_sharing_replaces_nothing(session: Session, ids: list[int], now: datetime) -> None:
    values.save(session, {ids[0]: FINDING}, Source.DEEZER, now)
    values.save(session, {ids[1]: Finding(popularity=1.0)}, Source.DEEZER, now)
    values.share(session, ids)
    session.commit()
    assert values.every(session)["popularity"] == {Source.DEEZER: {ids[0]: 60.0, ids[1]: 1.0}}


def test_recordings_are_found_by_their_isrc(session: Session, ids: list[int]) -> None:
    assert values.twins(session, [isrc(0), isrc(2), isrc(9)]) == {
        isrc(0): ids[:2],
        isrc(2): ids[2:],
    }


def test_a_track_that_is_gone_is_not_still_there(session: Session, ids: list[int]) -> None:
    assert values.still_there(session, [*ids, 999]) == set(ids)


def test_every_value_is_told_by_field_and_source(
    session: Session, ids: list[int], now: datetime
) -> None:
    values.save(session, {ids[0]: FINDING}, Source.DEEZER, now)
    session.commit()
    assert values.every(session) == {
        "popularity": {Source.DEEZER: {ids[0]: 60.0}},
        "energy": {Source.DEEZER: {ids[0]: 0.5}},
        "tempo": {Source.DEEZER: {ids[0]: 120.0}},
    }
