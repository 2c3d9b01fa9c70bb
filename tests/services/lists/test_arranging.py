from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from tests.services.conftest import add_person
from ttt.errors import InvalidInput, NotFound, StoreBusy
from ttt.services.context import Context
from ttt.services.lists import arranging, entries, lists
from ttt.services.lists.arranging import Step
from ttt.services.lists.lists import Access
from ttt.services.person import Person

NAMES = "abcdef"


def uri(name: str) -> str:
    return f"spotify:track:{name * 22}"


def order(context: Context, person: Person, list_id: int | None = None) -> str:
    return "".join(row.uri[-1] for row in entries.listed(context, person, list_id))


@pytest.fixture
def listed(context: Context, ada: Person) -> str:
    entries.add_uris(context, ada, [uri(name) for name in NAMES])
    return NAMES


@pytest.mark.parametrize(
    ("chosen", "way", "expected"),
    [
        ("c", Step.UP, "acbdef"),
        ("c", Step.DOWN, "abdcef"),
        ("a", Step.UP, "abcdef"),
        ("f", Step.DOWN, "abcdef"),
        ("ab", Step.UP, "abcdef"),
        ("bc", Step.UP, "bcadef"),
        ("bd", Step.DOWN, "acbed" + "f"),
        ("ef", Step.DOWN, "abcdef"),
    ],
)
def test_tracks_move_by_one_place_together(
    context: Context, ada: Person, listed: str, chosen: str, way: Step, expected: str
) -> None:
    arranging.step(context, ada, [uri(name) for name in chosen], way)
    assert order(context, ada) == expected


@pytest.mark.parametrize(
    ("chosen", "place", "expected"),
    [
        ("f", 1, "fabcde"),
        ("f", 0, "fabcde"),
        ("e", 2, "aebcdf"),
        ("a", 6, "bcdefa"),
        ("a", 99, "bcdefa"),
        ("fb", 3, "acbfde"),
        ("x", 1, "abcdef"),
    ],
)
def test_tracks_are_put_at_a_place_in_their_order(
    context: Context, ada: Person, listed: str, chosen: str, place: int, expected: str
) -> None:
    arranging.place(context, ada, [uri(name) for name in chosen], place)
    assert order(context, ada) == expected


def test_a_list_takes_a_new_order_and_nothing_is_lost(
    context: Context, ada: Person, listed: str
) -> None:
    arranging.reorder(context, ada, [uri(name) for name in "fxca"])
    assert order(context, ada) == "fcabde"


@given(
    st.lists(st.sampled_from(NAMES + "xy"), unique=True),
    st.sampled_from([arranging._up, arranging._down]),
)
def test_moving_keeps_every_track(chosen: list[str], move: arranging.Move) -> None:
    given = list(range(len(NAMES)))
    moved = move(given, {NAMES.find(name) for name in chosen})
    assert sorted(moved) == given


def test_tracks_are_copied_and_moved_to_another_list(
    context: Context, ada: Person, listed: str
) -> None:
    party = lists.create(context, ada, "Party")
    entries.add_uris(context, ada, [uri("a"), uri("b")], party)
    assert (order(context, ada), order(context, ada, party)) == (NAMES, "ab")
    removal = arranging.move(context, ada, [uri("b"), uri("c")], None, party)
    assert removal.count == 2
    assert (order(context, ada), order(context, ada, party)) == ("adef", "cab")
    entries.undo(context, ada, removal.name)
    assert order(context, ada) == NAMES


def test_tracks_that_cannot_be_taken_off_a_list_are_not_put_on_the_other(
    context: Context, ada: Person, listed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_anything: object) -> NoReturn:
        raise StoreBusy

    party = lists.create(context, ada, "Party")
    monkeypatch.setattr(entries, "take_off", busy)
    with pytest.raises(StoreBusy):
        arranging.move(context, ada, [uri("b")], None, party)
    assert (order(context, ada), order(context, ada, party)) == (NAMES, "")


@pytest.mark.parametrize("there", [True, False])
def test_whoever_moves_tracks_between_two_owners_takes_turns_with_who_moves_them_back(
    context: Context, ada: Person, bob: Person, there: bool
) -> None:
    cy = add_person(context, "cy")
    theirs = [lists.create(context, owner, "Ours") for owner in (ada, bob)]
    for owner, list_id in zip((ada, bob), theirs, strict=True):
        lists.share(context, owner, list_id, Access.EDIT)
    touched = list[int]()

    def note(_connection: object, _cursor: object, said: str, told: Any, *_more: object) -> None:
        if said.startswith("UPDATE user_account") and told[-1] not in touched:
            touched.append(told[-1])

    event.listen(context.engine, "before_cursor_execute", note)
    arranging.move(context, cy, [uri("a")], *(theirs if there else theirs[::-1]))
    event.remove(context.engine, "before_cursor_execute", note)
    assert touched == [ada.id, bob.id, cy.id]


def test_a_note_and_tags_are_kept_with_the_track_on_its_list(
    context: Context, ada: Person, listed: str
) -> None:
    party = lists.create(context, ada, "Party")
    entries.add_uris(context, ada, [uri("a")], party)
    arranging.note(context, ada, uri("a"), " first dance ", ["Slow", "slow", " big  day "], party)
    (noted,) = entries.listed(context, ada, party)
    assert (noted.note, noted.tags) == ("first dance", ("slow", "big day"))
    assert entries.listed(context, ada)[0].note is None
    arranging.note(context, ada, uri("a"), " ", [], party)
    (noted,) = entries.listed(context, ada, party)
    assert (noted.note, noted.tags) == (None, ())


@pytest.mark.parametrize(
    ("text", "tags"),
    [("x" * 501, []), ("", ["x" * 41]), ("", [str(number) for number in range(21)])],
)
def test_notes_and_tags_are_short_and_few(
    context: Context, ada: Person, listed: str, text: str, tags: list[str]
) -> None:
    with pytest.raises(InvalidInput):
        arranging.note(context, ada, uri("a"), text, tags)


def test_a_note_has_500_characters_and_20_tags_of_40(
    context: Context, ada: Person, listed: str
) -> None:
    tags = [f"{number:x<40}" for number in range(20)]
    arranging.note(context, ada, uri("a"), "x" * 500, tags)
    assert entries.listed(context, ada)[0].note == "x" * 500
    assert entries.listed(context, ada)[0].tags == tuple(tags)


def test_only_what_is_on_the_list_takes_a_note(context: Context, ada: Person, listed: str) -> None:
    for name in "xa":
        entries.remove(context, ada, [uri("a")])
        with pytest.raises(NotFound):
            arranging.note(context, ada, uri(name), "hello", [])


def test_only_who_may_edit_a_list_arranges_it(context: Context, ada: Person, bob: Person) -> None:
    party = lists.create(context, ada, "Party")
    for act in (
        lambda: arranging.step(context, bob, [uri("a")], Step.UP, party),
        lambda: arranging.place(context, bob, [uri("a")], 1, party),
        lambda: arranging.reorder(context, bob, [uri("a")], party),
        lambda: entries.add_uris(context, bob, [uri("a")], party),
        lambda: arranging.move(context, bob, [uri("a")], None, party),
        lambda: arranging.note(context, bob, uri("a"), "hello", [], party),
    ):
        with pytest.raises(NotFound):
            act()
