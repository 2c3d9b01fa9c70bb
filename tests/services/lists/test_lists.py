import pytest

from tests.services.conftest import Clock
from ttt.errors import InvalidInput, NotAllowed, NotFound
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.lists import entries, lists
from ttt.services.lists.lists import Access
from ttt.services.person import Person

KNOWN = "4h9wh7iOZ0GGn8QVp4RAOB"


def names(context: Context, person: Person) -> list[str]:
    return [
        f"{'' if info.mine else info.owner}{info.name}" for info in lists.seen_by(context, person)
    ]


def test_everybody_has_a_trending_list(context: Context, ada: Person) -> None:
    (info,) = lists.seen_by(context, ada)
    assert (info.name, info.owner, info.mine) == ("Trending", "Ada", True)
    assert info.trending
    assert info.can_edit


def test_lists_stand_by_name_after_the_trending_list(context: Context, ada: Person) -> None:
    for name in ("zoo", "Attic", "beach"):
        lists.create(context, ada, name)
    assert names(context, ada) == ["Trending", "Attic", "beach", "zoo"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "trending", "PARTY "])
def test_a_name_is_short_and_once_a_person(context: Context, ada: Person, name: str) -> None:
    lists.create(context, ada, "Party")
    with pytest.raises(InvalidInput):
        lists.create(context, ada, name)
    assert names(context, ada) == ["Trending", "Party"]


def test_a_name_may_have_a_hundred_characters_also_when_it_gives_way(
    context: Context, ada: Person
) -> None:
    longest = "x" * 100
    first = lists.create(context, ada, longest)
    lists.delete(context, ada, first)
    lists.create(context, ada, longest)
    lists.restore(context, ada, first)
    assert set(names(context, ada)) == {"Trending", longest, "x" * 89 + " (restored)"}


def test_two_people_may_use_one_name(context: Context, ada: Person, bob: Person) -> None:
    assert lists.create(context, ada, "Party") != lists.create(context, bob, "Party")


def test_there_is_an_end_to_lists(
    context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST", 2)
    lists.create(context, ada, "Party")
    with pytest.raises(InvalidInput, match="delete one first"):
        lists.create(context, ada, "Beach")


def test_a_list_is_renamed_and_may_keep_its_name(context: Context, ada: Person) -> None:
    party = lists.create(context, ada, "Party")
    lists.rename(context, ada, party, " Party ")
    assert names(context, ada) == ["Trending", "Party"]
    lists.rename(context, ada, party, "party")
    assert names(context, ada) == ["Trending", "party"]
    lists.rename(context, ada, party, "Fest")
    assert names(context, ada) == ["Trending", "Fest"]
    with pytest.raises(InvalidInput):
        lists.rename(context, ada, party, "Trending")


def test_the_trending_list_keeps_its_name_and_stays(context: Context, ada: Person) -> None:
    (trending,) = lists.seen_by(context, ada)
    with pytest.raises(InvalidInput):
        lists.rename(context, ada, trending.id, "Mine")
    with pytest.raises(InvalidInput):
        lists.delete(context, ada, trending.id)
    assert names(context, ada) == ["Trending"]


def test_a_deleted_list_comes_back_with_all_that_was_on_it(context: Context, ada: Person) -> None:
    party = lists.create(context, ada, "Party")
    entries.add(context, ada, [KNOWN], party)
    lists.delete(context, ada, party)
    assert names(context, ada) == ["Trending"]
    with pytest.raises(NotFound):
        entries.listed(context, ada, party)
    lists.restore(context, ada, party)
    assert len(entries.listed(context, ada, party)) == 1
    with pytest.raises(NotFound):
        lists.restore(context, ada, party)


def test_a_restored_list_gives_way_to_one_that_took_its_name(context: Context, ada: Person) -> None:
    party = lists.create(context, ada, "Party")
    lists.delete(context, ada, party)
    lists.create(context, ada, "Party")
    lists.restore(context, ada, party)
    assert names(context, ada) == ["Trending", "Party", "Party (restored)"]


def test_lists_of_one_name_that_are_restored_have_a_name_each(
    context: Context, ada: Person
) -> None:
    deleted = []
    for name in ("Party", "PARTY", "party"):
        deleted.append(lists.create(context, ada, name))
        lists.delete(context, ada, deleted[-1])
    lists.create(context, ada, "Party")
    for list_id in deleted:
        lists.restore(context, ada, list_id)
    restored = {"Party (restored)", "PARTY (restored 2)", "party (restored 3)"}
    assert set(names(context, ada)) == {"Trending", "Party"} | restored


def test_a_list_that_was_deleted_long_ago_is_gone(
    context: Context, ada: Person, clock: Clock
) -> None:
    old, new = lists.create(context, ada, "Old"), lists.create(context, ada, "New")
    lists.delete(context, ada, old)
    clock.forward(days=31)
    lists.delete(context, ada, new)
    with pytest.raises(NotFound):
        lists.restore(context, ada, old)
    lists.restore(context, ada, new)


def test_a_list_that_was_deleted_30_days_ago_still_comes_back(
    context: Context, ada: Person, clock: Clock
) -> None:
    old, new = lists.create(context, ada, "Old"), lists.create(context, ada, "New")
    lists.delete(context, ada, old)
    clock.forward(days=30)
    lists.delete(context, ada, new)
    lists.restore(context, ada, old)
    assert names(context, ada) == ["Trending", "Old"]


def test_a_private_list_does_not_exist_for_others(
    context: Context, ada: Person, bob: Person
) -> None:
    party = lists.create(context, ada, "Party")
    assert names(context, bob) == ["Trending"]
    for act in (
        lambda: entries.listed(context, bob, party),
        lambda: entries.add(context, bob, [KNOWN], party),
        lambda: entries.remove(context, bob, None, party),
        lambda: lists.rename(context, bob, party, "Mine"),
        lambda: lists.share(context, bob, party, Access.EDIT),
        lambda: lists.delete(context, bob, party),
        lambda: lists.restore(context, bob, party),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_shared_list_can_be_seen_and_not_changed(
    context: Context, ada: Person, bob: Person
) -> None:
    party = lists.create(context, ada, "Party")
    entries.add(context, ada, [KNOWN], party)
    lists.share(context, ada, party, Access.SEE)
    assert names(context, bob) == ["Trending", "AdaParty"]
    assert not lists.seen_by(context, bob)[1].can_edit
    assert len(entries.listed(context, bob, party)) == 1
    for act in (
        lambda: entries.add(context, bob, [KNOWN], party),
        lambda: entries.remove(context, bob, None, party),
        lambda: lists.rename(context, bob, party, "Mine"),
        lambda: lists.share(context, bob, party, Access.EDIT),
        lambda: lists.delete(context, bob, party),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_list_can_be_edited_together(context: Context, ada: Person, bob: Person) -> None:
    party = lists.create(context, ada, "Party")
    lists.share(context, ada, party, Access.EDIT)
    entries.add(context, ada, [KNOWN], party)
    entries.add(context, bob, ["0" * 22], party)
    assert [row.added_by for row in entries.listed(context, ada, party)] == ["Bob", "Ada"]
    removal = entries.remove(context, bob, None, party)
    assert entries.undo(context, ada, removal.name, party) == 2
    with pytest.raises(NotAllowed):
        lists.delete(context, bob, party)


def test_a_list_that_is_shared_no_more_is_private_again(
    context: Context, ada: Person, bob: Person
) -> None:
    party = lists.create(context, ada, "Party")
    lists.share(context, ada, party, Access.SEE)
    lists.share(context, ada, party, Access.PRIVATE)
    with pytest.raises(NotFound):
        entries.listed(context, bob, party)


def test_owner_and_editor_both_see_a_change_at_once(
    context: Context, ada: Person, bob: Person
) -> None:
    party = lists.create(context, ada, "Party")
    lists.share(context, ada, party, Access.EDIT)
    before = [revision(context, person) for person in (ada, bob)]
    entries.add(context, bob, [KNOWN], party)
    after = [revision(context, person) for person in (ada, bob)]
    assert all(new > old for old, new in zip(before, after, strict=True))


def test_nobody_has_a_list_that_is_not_there(context: Context, ada: Person) -> None:
    with pytest.raises(NotFound):
        entries.listed(context, ada, 99)


def revision(context: Context, person: Person) -> int:
    return accounts.by_id(context, person.id).revision


def test_the_lists_that_hold_a_track_are_those_that_one_may_see(
    context: Context, ada: Person, bob: Person
) -> None:
    uri = f"spotify:track:{KNOWN}"
    mine, shared, hidden = (
        lists.create(context, person, name)
        for person, name in ((ada, "Mine"), (bob, "Shared"), (bob, "Hidden"))
    )
    lists.create(context, ada, "Empty")
    for person, list_id in ((ada, mine), (bob, shared), (bob, hidden)):
        entries.add(context, person, [KNOWN], list_id)
    lists.share(context, bob, shared, Access.SEE)

    assert [one.name for one in lists.holding(context, ada, [uri])] == ["Mine", "Shared"]
    assert lists.holding(context, ada, ["spotify:track:" + "0" * 22]) == []
    entries.remove(context, ada, [uri], mine)
    lists.delete(context, bob, shared)
    assert lists.holding(context, ada, [uri]) == []
