"""Who is asked about what: `Known` is made by hand, so that each condition stands alone."""

import pytest

from ttt.found import Kind, Source, Wanted
from ttt.services.context import Context
from ttt.services.values import due
from ttt.settings import Settings
from ttt.store.tracks.tracks import FEATURES
from ttt.store.values.values import Known

FULL = Wanted("a" * 22, "GBAYE0000001", "Song", "Band")
NAMELESS = Wanted("a" * 22, None, None, None)
SPOTIFY, RECCOBEATS, DEEZER, LASTFM = (
    *(Source.SPOTIFY, Source.RECCOBEATS),
    *(Source.DEEZER, Source.LASTFM),
)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return Settings(
        _env_file=None,
        data_dir=settings.data_dir,
        feature_providers="spotify,reccobeats,deezer",
        popularity_providers="spotify,reccobeats,deezer,lastfm",
        genre_providers="lastfm,musicbrainz",
    )


def asked(context: Context, source: Source, kind: Kind, wanted: Wanted = FULL, **known: object):
    """Whether a source would be asked about the one track, by what is known of it."""
    empty = {"features": {}, "popularity": set(), "genres": set(), "lately": set()}
    found = due.tracks(context, Known(wanted={7: wanted}, **empty | known), source, kind)
    assert found in ({}, {7: wanted})
    return bool(found)


def test_a_source_is_asked_about_what_nobody_knows(context: Context) -> None:
    assert asked(context, RECCOBEATS, Kind.FEATURES)
    assert asked(context, RECCOBEATS, Kind.POPULARITY)
    assert asked(context, Source.MUSICBRAINZ, Kind.GENRES)


def test_who_was_asked_lately_is_not_asked_again(context: Context) -> None:
    lately = {(7, RECCOBEATS, Kind.FEATURES)}
    assert not asked(context, RECCOBEATS, Kind.FEATURES, lately=lately)
    for source, kind, track_id in (
        (DEEZER, Kind.FEATURES, 7),
        (RECCOBEATS, Kind.POPULARITY, 7),
        (RECCOBEATS, Kind.FEATURES, 8),
    ):
        other = {(track_id, source, kind)}
        assert asked(context, RECCOBEATS, Kind.FEATURES, lately=other)


def test_who_could_not_tell_the_track_by_what_is_known_of_it_is_not_asked(
    context: Context,
) -> None:
    assert not asked(context, DEEZER, Kind.FEATURES, NAMELESS)
    assert not asked(context, LASTFM, Kind.GENRES, NAMELESS)
    assert asked(context, RECCOBEATS, Kind.FEATURES, NAMELESS)


@pytest.mark.parametrize(("by", "due_still"), [(SPOTIFY, False), (DEEZER, True)])
def test_what_a_better_source_knows_is_not_asked_for(
    context: Context, by: Source, due_still: bool
) -> None:
    """Spotify is believed more than ReccoBeats here, and Deezer less."""
    everything = {(7, by): frozenset(FEATURES)}
    assert asked(context, RECCOBEATS, Kind.FEATURES, features=everything) is due_still
    assert asked(context, RECCOBEATS, Kind.POPULARITY, popularity={(7, by)}) is due_still
    known_of_another = {(8, SPOTIFY): frozenset(FEATURES)}
    assert asked(context, RECCOBEATS, Kind.FEATURES, features=known_of_another)
    assert asked(context, RECCOBEATS, Kind.POPULARITY, popularity={(8, SPOTIFY)})


@pytest.mark.parametrize(("by", "due_still"), [(LASTFM, False), (Source.CATALOGUE, True)])
def test_genres_of_a_better_source_are_enough(
    context: Context, by: Source, due_still: bool
) -> None:
    assert asked(context, Source.MUSICBRAINZ, Kind.GENRES, genres={(7, by)}) is due_still
    assert asked(context, LASTFM, Kind.GENRES, genres={(7, LASTFM)})
    assert asked(context, Source.MUSICBRAINZ, Kind.GENRES, genres={(8, LASTFM)})


def test_one_feature_that_nobody_knows_is_enough_to_ask(context: Context) -> None:
    without_energy = {(7, SPOTIFY): frozenset(FEATURES) - {"energy"}}
    assert asked(context, RECCOBEATS, Kind.FEATURES, features=without_energy)
    together = without_energy | {(7, RECCOBEATS): frozenset({"energy"})}
    assert not asked(context, DEEZER, Kind.FEATURES, features=together)


def test_nobody_is_asked_for_the_time_signature_alone(context: Context) -> None:
    known = {(7, SPOTIFY): frozenset(FEATURES) - {"time_signature"}}
    assert not asked(context, RECCOBEATS, Kind.FEATURES, features=known)


def test_deezer_is_asked_for_the_tempo_alone(context: Context) -> None:
    assert not asked(context, DEEZER, Kind.FEATURES, features={(7, SPOTIFY): frozenset({"tempo"})})
    without = {(7, SPOTIFY): frozenset(FEATURES) - {"tempo"}}
    assert asked(context, DEEZER, Kind.FEATURES, features=without)


@pytest.mark.parametrize("source", [DEEZER, LASTFM])
def test_a_popularity_that_is_a_measure_of_its_own_is_asked_for_beside_all_others(
    context: Context, source: Source
) -> None:
    assert asked(context, source, Kind.POPULARITY, popularity={(7, SPOTIFY), (7, RECCOBEATS)})


def test_of_one_recording_the_first_track_is_asked_about() -> None:
    first, second, without = (
        *(Wanted("a" * 22, "GBAYE0000001"), Wanted("b" * 22, "GBAYE0000001")),
        Wanted("c" * 22, None),
    )
    found = due.once_a_recording([first, second, without])
    assert sorted(found, key=lambda w: w.spotify_id) == [first, without]
