import math

import pytest

from tests.services.conftest import Clock
from ttt.errors import InvalidInput
from ttt.found import Source
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.spotify import spotify
from ttt.services.tracks.rows import TrackRow
from ttt.services.values import by_hand

WORRIED = "4h9wh7iOZ0GGn8QVp4RAOB"
URI = f"spotify:track:{WORRIED}"


@pytest.fixture(autouse=True)
def saved(context: Context, ada: Person, bob: Person) -> None:
    """A track of the catalogue on both lists."""
    for person in (ada, bob):
        entries.add(context, person, [WORRIED])


def row_of(context: Context, person: Person) -> TrackRow:
    (row,) = entries.listed(context, person)
    return row


def test_what_is_set_by_hand_wins_over_all_sources(
    context: Context, ada: Person, clock: Clock
) -> None:
    by_hand.set_values(context, ada, URI, {"energy": 0.9, "key": 3, "mode": 0})
    row = row_of(context, ada)
    assert (row.number("energy"), row.key_name) == (0.9, "E♭ minor")
    assert (row.values["energy"].source, row.values["energy"].observed_at) == (
        Source.HAND,
        clock.time,
    )
    assert row.values["tempo"].source is Source.CATALOGUE


def test_it_is_for_that_person_only(context: Context, ada: Person, bob: Person) -> None:
    by_hand.set_values(context, ada, URI, {"energy": 0.9})
    assert row_of(context, bob).values["energy"].source is Source.CATALOGUE
    assert {row.values["energy"].source for row in entries.everyones(context)} == {Source.CATALOGUE}


def test_a_value_that_is_left_out_is_no_longer_theirs(context: Context, ada: Person) -> None:
    by_hand.set_values(context, ada, URI, {"energy": 0.9, "tempo": 90})
    by_hand.set_values(context, ada, URI, {"tempo": 91})
    row = row_of(context, ada)
    assert row.values["energy"].source is Source.CATALOGUE
    assert (row.number("tempo"), row.values["tempo"].source) == (91, Source.HAND)


def test_taken_back_the_sources_count_again(context: Context, ada: Person) -> None:
    before = row_of(context, ada)
    by_hand.set_values(context, ada, URI, {"energy": 0.9, "valence": 0.1})
    assert by_hand.take_back(context, ada, URI) == 2
    assert row_of(context, ada) == before
    assert by_hand.take_back(context, ada, URI) == 0


def test_taking_back_leaves_other_peoples_values(
    context: Context, ada: Person, bob: Person
) -> None:
    for person in (ada, bob):
        by_hand.set_values(context, person, URI, {"energy": 0.9})
    by_hand.take_back(context, ada, URI)
    assert row_of(context, bob).number("energy") == 0.9


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        *(("energy", 0, 1), ("valence", 0, 1), ("tempo", 20, 300)),
        *(("key", 0, 11), ("mode", 0, 1)),
    ],
)
def test_both_ends_of_every_range_can_be_set(
    context: Context, ada: Person, name: str, least: float, most: float
) -> None:
    assert by_hand.LIMITS[name] == (least, most)
    for end in (least, most):
        by_hand.set_values(context, ada, URI, {name: end})
        assert row_of(context, ada).number(name) == end


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"energy": 1.01}, "Energy goes from 0 to 1."),
        ({"valence": -0.01}, "Valence goes from 0 to 1."),
        ({"tempo": 0}, "Tempo goes from 20 to 300."),
        ({"key": 12}, "Key goes from 0 to 11."),
        ({"mode": 2}, "Mode goes from 0 to 1."),
        ({"energy": math.nan}, "Energy goes from 0 to 1."),
        ({"popularity": 100}, "Popularity cannot be set by hand."),
        ({}, "Fill in at least one value."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_set(
    context: Context, ada: Person, values: dict[str, float], reason: str
) -> None:
    before = row_of(context, ada)
    with pytest.raises(InvalidInput) as refused:
        by_hand.set_values(context, ada, URI, {"tempo": 90} | values if values else {})
    assert refused.value.reason == reason
    assert row_of(context, ada) == before


def test_it_survives_taking_the_track_off_the_list(context: Context, ada: Person) -> None:
    by_hand.set_values(context, ada, URI, {"energy": 0.9})
    entries.remove(context, ada, None)
    spotify.disconnect(context, ada)
    entries.add(context, ada, [WORRIED])
    assert row_of(context, ada).number("energy") == 0.9


def test_both_raise_the_persons_revision_and_nobody_elses(
    context: Context, ada: Person, bob: Person
) -> None:
    def revisions() -> list[int]:
        return [accounts.find(context, person.username).revision for person in (ada, bob)]

    before, bobs = revisions()
    by_hand.set_values(context, ada, URI, {"energy": 0.9})
    set_, _ = revisions()
    by_hand.take_back(context, ada, URI)
    back, still_bobs = revisions()
    assert before < set_ < back
    assert bobs == still_bobs
