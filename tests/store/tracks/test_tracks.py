from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.store.conftest import make_impatient
from ttt.errors import StoreBusy
from ttt.found import FoundArtist, FoundFeatures, FoundTrack, Source
from ttt.models import Artist, Track, TrackArtist
from ttt.store.lists import entries, track_lists
from ttt.store.spotify import snapshots
from ttt.store.tracks import details as track_details
from ttt.store.tracks import holdings, tracks
from ttt.store.tracks.details import TrackDetails

HOUR = timedelta(hours=1)
ADELE = FoundArtist("Adele", "adele-id")
SONG = FoundTrack(
    "a",
    "Hello",
    (ADELE, FoundArtist("Guest", "guest-id")),
    album="25",
    release_date="2015-11-20",
    duration_ms=295_000,
    explicit=False,
    isrc="GB1234567890",
    cover_url="https://example.org/cover",
)
BARE = FoundTrack("a", "Hello, it's me", (FoundArtist("adele"),))
FEATURES = FoundFeatures(energy=0.4, valence=0.3, tempo=79.0, key=5, mode=0)


def stored(session: Session, spotify_id: str) -> TrackDetails:
    session.expire_all()
    ids = tracks.ids_of(session, [spotify_id])
    return track_details.read(session, ids.values())[ids[spotify_id]]


def credits_of(session: Session, spotify_id: str) -> list[str]:
    return [artist.name for artist in stored(session, spotify_id).artists]


def test_a_description_is_saved_whole(session: Session, now: datetime) -> None:
    ids = tracks.save(session, [SONG], Source.SPOTIFY, now)
    track = stored(session, "a").track
    assert ids == {"a": track.id}
    for name in ("title", "album", "release_date", "duration_ms", "explicit", "isrc", "cover_url"):
        assert getattr(track, name) == getattr(SONG, name)
    assert (track.described_by, track.described_at) == (Source.SPOTIFY, now)
    assert credits_of(session, "a") == ["Adele", "Guest"]


def test_kept_tracks_have_no_title_and_the_same_id_afterwards(
    session: Session, now: datetime
) -> None:
    kept = tracks.keep(session, ["b", "a", "b"])
    assert set(kept) == {"a", "b"}
    assert stored(session, "a").track.title is None
    assert tracks.save(session, [SONG], Source.UPLOAD, now) == {"a": kept["a"]}
    assert tracks.keep(session, ["a"]) == {"a": kept["a"]}
    assert stored(session, "a").track.title == "Hello"


def test_the_source_that_is_believed_more_describes(session: Session, now: datetime) -> None:
    pairs = list(permutations(Source, 2))
    for one in Source:
        named = [f"{first} {second}" for first, second in pairs if first is one]
        tracks.save(session, [replace(SONG, spotify_id=name) for name in named], one, now)
    for one in Source:
        named = [f"{first} {second}" for first, second in pairs if second is one]
        tracks.save(session, [replace(BARE, spotify_id=name) for name in named], one, now + HOUR)
    order = list(Source)
    for first, second in pairs:
        taken = BARE if order.index(second) < order.index(first) else SONG
        source = second if taken is BARE else first
        track = stored(session, f"{first} {second}").track
        assert (track.title, track.album, track.described_by) == (taken.title, taken.album, source)
        artists = [artist.name for artist in taken.artists]
        assert credits_of(session, f"{first} {second}") == artists


@pytest.mark.parametrize("source", [Source.SPOTIFY, Source.DEMO])
def test_a_missing_field_never_wipes_a_known_one_of_the_same_source(
    session: Session, now: datetime, source: Source
) -> None:
    for found, at in ((SONG, now), (BARE, now + HOUR)):
        tracks.save(session, [found], source, at)
    track = stored(session, "a").track
    assert (track.title, track.album, track.described_at) == (BARE.title, SONG.album, now + HOUR)
    assert credits_of(session, "a") == ["adele"]


def test_a_description_without_artists_leaves_those_that_are_known(
    session: Session, now: datetime
) -> None:
    tracks.save(session, [SONG], Source.CATALOGUE, now)
    tracks.save(session, [replace(SONG, artists=())], Source.SPOTIFY, now)
    assert credits_of(session, "a") == ["Adele", "Guest"]


def test_fewer_artists_replace_more(session: Session, now: datetime) -> None:
    tracks.save(session, [SONG], Source.SPOTIFY, now)
    tracks.save(session, [replace(SONG, artists=(ADELE,))], Source.SPOTIFY, now + HOUR)
    assert credits_of(session, "a") == ["Adele"]


def test_tracks_share_an_artist(session: Session, now: datetime) -> None:
    other = replace(SONG, spotify_id="b", artists=(ADELE,))
    tracks.save(session, [SONG, other], Source.SPOTIFY, now)
    assert sorted(session.exec(select(Artist.identity))) == ["adele-id", "guest-id"]
    assert credits_of(session, "b") == ["Adele"]


def test_only_spotify_renames_an_artist(session: Session, now: datetime) -> None:
    def named(name: str) -> list[FoundTrack]:
        return [replace(SONG, artists=(FoundArtist(name, "adele-id"),))]

    tracks.save(session, named("Adele"), Source.SPOTIFY, now)
    tracks.save(session, named("ADELE!"), Source.SPOTIFY, now + HOUR)
    assert credits_of(session, "a") == ["ADELE!"]


def test_an_upload_does_not_change_how_the_catalogue_spells_an_artist(
    session: Session, now: datetime
) -> None:
    spelled = [replace(SONG, artists=(FoundArtist("Adele"),))]
    tracks.save(session, spelled, Source.CATALOGUE, now)
    shouted = replace(SONG, spotify_id="b", artists=(FoundArtist("ADELE"),))
    tracks.save(session, [shouted], Source.UPLOAD, now)
    assert credits_of(session, "a") == credits_of(session, "b") == ["Adele"]


def test_values_of_different_sources_stand_side_by_side(session: Session, now: datetime) -> None:
    low, high = replace(SONG, popularity=40.0), replace(SONG, popularity=80.0, features=FEATURES)
    tracks.save(session, [low], Source.SPOTIFY, now)
    tracks.save(session, [high], Source.CATALOGUE, now - HOUR)
    details = stored(session, "a")
    assert {(p.source, p.value, p.observed_at) for p in details.popularity} == {
        ("spotify", 40.0, now),
        ("catalogue", 80.0, now - HOUR),
    }
    (features,) = details.features
    assert (features.source, features.key, features.tempo) == ("catalogue", 5, 79.0)
    assert features.danceability is None


def test_newer_values_of_a_source_replace_older_ones(session: Session, now: datetime) -> None:
    for popularity, at in ((40.0, now), (41.0, now + HOUR)):
        tracks.save(session, [replace(SONG, popularity=popularity)], Source.SPOTIFY, at)
    (value,) = stored(session, "a").popularity
    assert (value.value, value.observed_at) == (41.0, now + HOUR)


def test_a_missing_value_is_no_value(session: Session, now: datetime) -> None:
    tracks.save(session, [SONG], Source.SPOTIFY, now)
    details = stored(session, "a")
    assert (details.popularity, details.features, details.genres) == ([], [], [])


def test_a_popularity_of_zero_is_a_value(session: Session, now: datetime) -> None:
    tracks.save(session, [replace(SONG, popularity=0.0)], Source.SPOTIFY, now)
    assert [p.value for p in stored(session, "a").popularity] == [0.0]


def test_genres_are_kept_once_a_source(session: Session, now: datetime) -> None:
    for genres in (("pop", "soul"), ("soul",)):
        tracks.save(session, [replace(SONG, genres=genres)], Source.CATALOGUE, now)
    assert [genre.genre for genre in stored(session, "a").genres] == ["pop", "soul"]


def test_the_last_of_two_descriptions_in_one_answer_is_taken(
    session: Session, now: datetime
) -> None:
    tracks.save(session, [SONG, BARE], Source.SPOTIFY, now)
    assert stored(session, "a").track.title == BARE.title


def test_nothing_can_be_saved(session: Session, now: datetime) -> None:
    assert tracks.save(session, [], Source.SPOTIFY, now) == {}
    assert tracks.keep(session, []) == {}
    assert session.exec(select(Track)).all() == []


def test_tracks_that_nobody_reliable_described_are_known(session: Session, now: datetime) -> None:
    by_source = {source: f"by {source}" for source in Source}
    for source, name in by_source.items():
        tracks.save(session, [replace(SONG, spotify_id=name)], source, now)
    ids = tracks.keep(session, [*by_source.values(), "untitled", "gone"])
    tracks.mark_not_found(session, ["gone"], now)
    unreliable = {"untitled", by_source[Source.UPLOAD]}
    assert tracks.undescribed(session, ids.values(), demo=True) == unreliable
    unreliable.add(by_source[Source.DEMO])
    assert tracks.undescribed(session, ids.values(), demo=False) == unreliable
    assert tracks.untitled(session, ids.values()) == {"untitled", "gone"}
    assert tracks.undescribed(session, [], demo=False) == set()


def test_only_orphans_are_deleted(session: Session, ada: int, now: datetime) -> None:
    def by(name: str, artist: str) -> FoundTrack:
        found = replace(SONG, spotify_id=name, artists=(FoundArtist(artist),), popularity=1.0)
        return replace(found, features=FEATURES, genres=("pop",))

    found = [by("listed", "L"), by("removed", "R"), by("ranked", "K"), by("orphan", "O")]
    ids = tracks.save(session, found, Source.CATALOGUE, now)
    entries.add(
        session, track_lists.trending_id(session, ada), [ids["listed"], ids["removed"]], now
    )
    entries.remove(session, track_lists.trending_id(session, ada), [ids["removed"]], "r", now)
    snapshots.add(session, ada, "short_term", now, [ids["ranked"]])
    holdings.delete_orphans(session)
    session.commit()
    assert set(session.exec(select(Track.spotify_id))) == {"listed", "removed", "ranked"}
    assert set(session.exec(select(Artist.name))) == {"L", "R", "K"}
    assert len(session.exec(select(TrackArtist)).all()) == 3


@pytest.fixture
def orphan(session: Session, now: datetime) -> None:
    tracks.save(session, [SONG], Source.SPOTIFY, now)
    session.commit()


@pytest.mark.usefixtures("orphan")
def test_a_track_that_somebody_is_saving_is_no_orphan(
    engine: Engine, session: Session, ada: int, now: datetime
) -> None:
    ids = tracks.keep(session, ["a"])
    with Session(engine) as other, suppress(StoreBusy):
        make_impatient(other)
        holdings.delete_orphans(other)
        other.commit()
    entries.add(session, track_lists.trending_id(session, ada), list(ids.values()), now)
    session.commit()
    assert credits_of(session, "a") == ["Adele", "Guest"]


@pytest.mark.usefixtures("orphan")
def test_a_track_that_somebody_is_deleting_is_made_again(
    engine: Engine, session: Session, ada: int, now: datetime
) -> None:
    def add() -> None:
        with Session(engine) as own:
            ids = tracks.keep(own, ["a"])
            entries.add(own, track_lists.trending_id(own, ada), list(ids.values()), now)
            own.commit()

    holdings.delete_orphans(session)
    with ThreadPoolExecutor(1) as pool:
        adding = pool.submit(add)
        session.commit()
        adding.result(timeout=30)
    assert len(entries.listed(session, track_lists.trending_id(session, ada))) == 1


def test_processes_that_save_the_same_tracks_do_not_block_each_other_for_good(
    engine: Engine, now: datetime
) -> None:
    found = [
        replace(SONG, spotify_id=str(i), artists=(FoundArtist(str(-i)), ADELE), popularity=1.0)
        for i in range(100)
    ]

    def save(order: Sequence[FoundTrack]) -> int:
        with Session(engine) as session:
            saved = tracks.save(session, order, Source.SPOTIFY, now)
            session.commit()
            return len(saved)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(save, [found, found[::-1]] * 4)) == [100] * 8


def test_the_number_of_statements_is_fixed(
    statements: list[str], session: Session, now: datetime
) -> None:
    counts = []
    for size in (2, 2000):
        statements.clear()
        found = [
            replace(
                SONG, spotify_id=f"{size} {i}", popularity=1.0, features=FEATURES, genres=("x",)
            )
            for i in range(size)
        ]
        tracks.save(session, found, Source.SPOTIFY, now)
        tracks.keep(session, (f"more {size} {i}" for i in range(size)))
        counts.append(len(statements))
    assert counts[0] == counts[1] > 0
