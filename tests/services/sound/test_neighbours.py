from dataclasses import replace

import pytest

from tests.services.conftest import Clock
from tests.services.sounding import row
from tests.surroundings.answering import song, spotify_id
from ttt.found import Finding, FoundFeatures, Kind, Source
from ttt.providers.values.catalogue import Catalogue
from ttt.services.context import Context
from ttt.services.sound import neighbours
from ttt.settings import Settings
from ttt.store.tracks import sound, tracks
from ttt.store.values import values

A = spotify_id(0)
FEATURES = FoundFeatures(energy=0.5, valence=0.5, tempo=120.0, key=0, mode=1)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"feature_providers": "reccobeats,deezer,catalogue"})


@pytest.fixture
def catalogue(settings: Settings) -> Catalogue:
    return Catalogue.load(settings.catalogue_file)


def save(context: Context, features: FoundFeatures, source: Source = Source.RECCOBEATS) -> None:
    with context.session() as session:
        ids = tracks.save(session, [song(0)], Source.SPOTIFY, context.now())
        finding = Finding(features=features)
        values.save(session, {ids[A]: finding}, source, context.now())
        session.commit()


SEED = row("Creep", tempo=120, energy=0.5, valence=0.5, key=0, mode=1)


def test_stored_tracks_are_found_beside_those_of_the_catalogue(
    context: Context, catalogue: Catalogue
) -> None:
    save(context, FEATURES)

    first, *others = neighbours.like(context, SEED, 20)
    assert first == A
    assert len(others) == 19
    assert all(catalogue.track(spotify_id) for spotify_id in others)


def test_a_track_is_not_like_itself_nor_like_what_is_left_out(context: Context) -> None:
    save(context, FEATURES)
    itself = row(A, tempo=120, energy=0.5, valence=0.5)
    [nearest] = neighbours.like(context, itself, 1)

    assert nearest != A
    assert A not in neighbours.like(context, SEED, 1500, {A})


def test_of_each_value_the_source_that_is_believed_most_counts(context: Context) -> None:
    save(context, FoundFeatures(tempo=70.0), Source.DEEZER)
    save(context, FoundFeatures(energy=1.0, valence=0.0), Source.CATALOGUE)
    save(context, FoundFeatures(energy=0.5, valence=0.5), Source.RECCOBEATS)

    seed = row("Creep", tempo=70, energy=0.5, valence=0.5)
    assert neighbours.like(context, seed, 1) == [A]


def test_a_source_that_is_not_believed_counts_for_nothing(context: Context) -> None:
    save(context, FEATURES, Source.DEMO)
    assert A not in neighbours.like(context, SEED, 1500)


def test_without_the_catalogue_among_the_sources_only_what_is_stored_is_found(
    context: Context,
) -> None:
    settings = context.settings.model_copy(update={"feature_providers": "reccobeats"})
    context = replace(context, settings=settings)
    save(context, FEATURES)

    assert neighbours.like(context, SEED, 50) == [A]


def test_the_index_stays_while_nothing_changes_and_follows_when_something_does(
    context: Context, clock: Clock
) -> None:
    made = neighbours.index(context)
    clock.forward(hours=1)
    assert neighbours.index(context) is made

    save(context, FEATURES)
    clock.forward(minutes=1)
    assert neighbours.index(context) is not made
    assert neighbours.like(context, SEED, 1) == [A]


def test_within_a_minute_the_database_is_not_even_asked(
    context: Context, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = neighbours.index(context)
    monkeypatch.setattr(sound, "stamp", lambda _session: pytest.fail("it was asked"))
    clock.forward(seconds=59)

    assert neighbours.index(context) is made
    clock.forward(seconds=1)
    with pytest.raises(pytest.fail.Exception):
        neighbours.index(context)


def test_the_demo_needs_the_catalogue_alone(context: Context, catalogue: Catalogue) -> None:
    assert context.settings.demo
    assert Kind.FEATURES in catalogue.kinds
    assert len(neighbours.index(context)) > 1000


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"tempo": 121}, "like Creep: same tempo"),
        ({"tempo": 122.3}, "like Creep: same tempo"),
        ({"tempo": 122.5}, "like Creep: similar tempo"),
        ({"tempo": 129.5}, "like Creep: similar tempo"),
        ({"tempo": 129.7}, "like Creep: faster"),
        ({"tempo": 126, "key": 0, "mode": 1}, "like Creep: similar tempo, same key"),
        ({"tempo": 240, "key": 7, "mode": 1}, "like Creep: double tempo, neighbouring key"),
        ({"tempo": 61, "key": 6, "mode": 1}, "like Creep: half tempo"),
        ({"tempo": 140}, "like Creep: faster"),
        ({"tempo": 100, "valence": 0.3}, "like Creep: slower, sadder"),
        ({"valence": 0.9, "energy": 0.8}, "like Creep: happier, more intense"),
        ({"valence": 0.55, "energy": 0.45}, "like Creep: same mood"),
        ({"valence": 0.55, "energy": 0.3}, "like Creep: calmer"),
        ({}, "like Creep"),
    ],
)
def test_why_a_track_is_there_is_said_by_what_is_known(
    values: dict[str, float], words: str
) -> None:
    assert neighbours.why(SEED, row("Other", **values)) == words


def test_a_long_title_is_cut() -> None:
    seed = row('Two Two Two (From "Kaathuvaakula Rendu Kaadhal")')
    assert neighbours.why(seed, seed) == "like Two Two Two (From…"
    for title, told in (("a b " + 22 * "c", "a b " + 22 * "c"), ("a b " + 23 * "c", "a b…")):
        assert neighbours.why(row(title), row(title)) == f"like {told}"
    assert neighbours.closest(SEED, seed).startswith("Closest is Two Two Two (From…")
