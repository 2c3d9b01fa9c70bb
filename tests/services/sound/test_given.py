"""Tracks that were chosen elsewhere become a draft like any other."""

import pytest

from ttt.providers.values.catalogue import Catalogue
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.sound import builder, given


@pytest.fixture
def uris(context: Context) -> list[str]:
    catalogue = Catalogue.load(context.settings.catalogue_file)
    return [track.uri for track in catalogue.search("the", 120)]


def test_the_tracks_stand_in_their_order_with_where_they_are_from(
    context: Context, ada: Person, uris: list[str]
) -> None:
    unknown = f"spotify:track:{'x' * 22}"
    draft = given.draft(context, ada, [*uris[9::-1], unknown, uris[3]], "Obsessions")
    assert [row.uri for row in draft.rows] == uris[9::-1]
    assert set(draft.reasons.values()) == {"Obsessions"}
    assert draft.name == "Obsessions"
    assert draft.notes == ()


def test_a_draft_holds_no_more_than_the_builder_takes(
    context: Context, ada: Person, uris: list[str]
) -> None:
    assert len(uris) > builder.MOST
    assert len(given.draft(context, ada, uris, "x").picks) == builder.MOST


def test_drawing_again_and_shuffling_lose_none(
    context: Context, ada: Person, uris: list[str]
) -> None:
    draft = given.draft(context, ada, uris[:8], "x")
    for changed in (builder.reroll(draft, {uris[2]}), builder.shuffled(draft)):
        assert sorted(row.uri for row in changed.rows) == sorted(uris[:8])
    assert builder.refreshed(context, ada, draft) == draft


def test_nothing_known_is_an_empty_draft(context: Context, ada: Person) -> None:
    assert given.draft(context, ada, [f"spotify:track:{'x' * 22}"], "x").picks == ()
