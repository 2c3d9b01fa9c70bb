from dataclasses import replace

import pytest

from tests.surroundings.answering import song, spotify_id
from ttt.found import Kind, Source
from ttt.providers.values.catalogue import OBSERVED_AT
from ttt.services.context import Context
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.sound import known
from ttt.services.tracks.rows import Value
from ttt.services.values import by_hand
from ttt.store.tracks import tracks

BONES = "0HqZX76SFLDz2aW8aiqi7G"


@pytest.fixture
def stored(context: Context) -> str:
    """A track that the catalogue does not hold."""
    with context.session() as session:
        tracks.save(session, [song(0)], Source.SPOTIFY, context.now())
        session.commit()
    return spotify_id(0)


def test_a_track_of_the_catalogue_alone_is_a_row_with_its_sources(
    context: Context, ada: Person
) -> None:
    row = known.rows(context, ada, [BONES])[BONES]

    assert (row.title, row.artists) == ("Bones", ("Imagine Dragons",))
    assert row.values["tempo"].source is Source.CATALOGUE
    assert row.values["tempo"].observed_at == OBSERVED_AT
    assert row.duration_ms
    assert row.genre_source is Source.CATALOGUE


@pytest.mark.parametrize(("released", "year"), [("1999-05-31", 1999), ("1999", 1999), (None, None)])
def test_a_day_of_release_is_told_by_its_year(released: str | None, year: int | None) -> None:
    nobody: dict[Kind, list[Source]] = {kind: [] for kind in Kind}
    assert known._row(replace(song(0), release_date=released), nobody).release_year == year


def test_it_is_the_same_row_once_somebody_saves_it(context: Context, ada: Person) -> None:
    before = known.rows(context, ada, [BONES])[BONES]
    entries.add(context, ada, [BONES])
    after = known.rows(context, ada, [BONES])[BONES]

    assert after == before


def test_values_set_by_hand_count_before_anybody_saved_the_track(
    context: Context, ada: Person, bob: Person
) -> None:
    by_hand.set_values(context, ada, f"spotify:track:{BONES}", {"tempo": 77.0})

    mine, theirs = (known.rows(context, each, [BONES])[BONES] for each in (ada, bob))
    assert (mine.title, mine.number("tempo")) == ("Bones", 77)
    assert mine.number("energy") == theirs.number("energy")
    assert theirs.values["tempo"].source is Source.CATALOGUE


def test_a_stored_track_is_found_and_an_unknown_one_is_not(
    context: Context, ada: Person, stored: str
) -> None:
    found = known.rows(context, ada, [stored, "z" * 22, BONES, stored])
    assert list(found) == [stored, BONES]


def test_a_track_without_a_title_is_not_known(context: Context, ada: Person) -> None:
    entries.add_uris(context, ada, [f"spotify:track:{'z' * 22}"])
    assert known.rows(context, ada, ["z" * 22]) == {}


def test_values_of_a_catalogue_that_is_not_believed_are_not_shown(
    context: Context, ada: Person
) -> None:
    off = dict.fromkeys(("feature_providers", "genre_providers"), "off")
    settings = context.settings.model_copy(update=off | {"popularity_providers": "catalogue"})
    context = replace(context, settings=settings)
    row = known.rows(context, ada, [BONES])[BONES]

    assert list(row.values) == ["popularity"]
    assert isinstance(row.values["popularity"], Value)
    assert (row.genres, row.genre_source) == ((), None)
