import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.conftest import Open, click, fill, fold, labels, select, unfold, words
from ttt.services.context import Context
from ttt.services.lists import arranging, entries, lists
from ttt.services.lists.lists import Access
from ttt.services.person import Person

SAVED = ["4h9wh7iOZ0GGn8QVp4RAOB", "4zN21mbAuaD0WqtmaTZZeP", "0HqZX76SFLDz2aW8aiqi7G"]
TITLES = ["I Ain't Worried", "Ferrari", "Bones"]


@pytest.fixture
def party(context: Context, ada: Person) -> int:
    """A list of Ada's with three tracks."""
    list_id = lists.create(context, ada, "Party")
    entries.add(context, ada, SAVED, list_id)
    return list_id


def choose(app: AppTest, list_id: int) -> AppTest:
    """Open a list."""
    (pills,) = [group for group in app.button_group if group.key == "list"]
    pills.set_value(list_id)
    return app.run()


def titles(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["Title"])


def names(context: Context, person: Person) -> list[str]:
    return [info.name for info in lists.seen_by(context, person)]


def test_a_new_list_is_made_and_opened(open_page: Open, context: Context, ada: Person) -> None:
    app = open_page("trending")
    fill(app, {"Name of the new list": "Road trip"})
    click(app, "Create")
    assert names(context, ada) == ["Trending", "Road trip"]
    assert "Delete list" in labels(app)
    fill(app, {"Link, URI or ID": SAVED[0]})
    click(app, "Add")
    assert titles(app) == TITLES[:1]
    assert entries.listed(context, ada) == []


def test_a_name_that_is_taken_is_refused_in_words(open_page: Open, party: int) -> None:
    app = open_page("trending")
    fill(app, {"Name of the new list": "party"})
    assert "You have a list named “party” already." in words(click(app, "Create"))


def test_a_list_is_renamed(open_page: Open, context: Context, ada: Person, party: int) -> None:
    app = choose(open_page("trending"), party)
    fill(app, {"List name": "Fest"})
    click(app, "Rename")
    assert names(context, ada) == ["Trending", "Fest"]


def test_a_deleted_list_can_be_brought_back(
    open_page: Open, context: Context, ada: Person, party: int
) -> None:
    app = click(choose(open_page("trending"), party), "Delete list")
    assert "Deleted the list “Party”." in words(app)
    assert not app.toast
    assert names(context, ada) == ["Trending"]
    click(app, "Undo")
    assert names(context, ada) == ["Trending", "Party"]
    assert titles(app) == TITLES


def test_lists_of_one_name_can_be_told_apart(
    open_page: Open, context: Context, ada: Person, bob: Person
) -> None:
    lists.create(context, ada, "Everyone's")
    for name in ("Bob: Late", "Late"):
        lists.create(context, ada, name)
    shared = lists.create(context, bob, "Late")
    lists.share(context, bob, shared, Access.SEE)
    (pills,) = [g for g in open_page("trending").button_group if g.key == "list"]
    assert len(set(pills.options)) == len(pills.options) == 6


def test_the_trending_list_can_be_shared_and_not_deleted(
    open_page: Open, context: Context, ada: Person, bob: Person
) -> None:
    app = open_page("trending")
    assert "Delete list" not in labels(app)
    (radio,) = app.radio
    radio.set_value(Access.SEE).run()
    assert "Ada" in {info.owner for info in lists.seen_by(context, bob)}


def test_a_list_that_others_share_is_shown_without_what_would_change_it(
    open_page: Open, context: Context, bob: Person
) -> None:
    shared = lists.create(context, bob, "Late")
    entries.add(context, bob, SAVED, shared)
    lists.share(context, bob, shared, Access.SEE)
    app = choose(open_page("trending"), shared)
    assert titles(app) == TITLES
    assert not {"Remove", "Add", "Import", "Delete list"} & set(labels(app))
    assert "Add to trending" in labels(select(app, 0))


def test_a_list_that_others_let_one_edit_can_be_added_to(
    open_page: Open, context: Context, ada: Person, bob: Person
) -> None:
    shared = lists.create(context, bob, "Late")
    lists.share(context, bob, shared, Access.EDIT)
    app = choose(open_page("trending"), shared)
    fill(app, {"Link, URI or ID": SAVED[0]})
    click(app, "Add")
    (row,) = entries.listed(context, bob, shared)
    assert row.added_by == "Ada"


def test_a_list_that_is_shared_otherwise_meanwhile_is_seen_as_it_is_now(
    open_page: Open, context: Context, bob: Person
) -> None:
    shared = lists.create(context, bob, "Late")
    entries.add(context, bob, SAVED, shared)
    lists.share(context, bob, shared, Access.EDIT)
    app = open_page("trending", list=str(shared))
    assert "Yes, remove all" in labels(app)
    lists.share(context, bob, shared, Access.SEE)
    app.run()
    assert not app.exception
    assert "Yes, remove all" not in labels(app)
    lists.share(context, bob, shared, Access.PRIVATE)
    app.run()
    assert not app.exception
    assert any("no longer shared with you" in toast.value for toast in app.toast)
    assert "list" not in app.query_params
    assert "Your list is empty." in words(app)


def test_selected_tracks_move_up_and_to_a_place(
    open_page: Open, context: Context, ada: Person, party: int
) -> None:
    app = choose(open_page("trending"), party)
    select(app, 2)
    click(app, "Up")
    assert titles(app) == ["I Ain't Worried", "Bones", "Ferrari"]
    select(app, 1)
    click(app, "Put there")
    assert titles(app) == ["Bones", "I Ain't Worried", "Ferrari"]


def test_selected_tracks_are_copied_and_moved(
    open_page: Open, context: Context, ada: Person, party: int
) -> None:
    app = choose(open_page("trending"), party)
    select(app, 0)
    click(app, "Copy")
    assert [row.title for row in entries.listed(context, ada)] == TITLES[:1]
    select(app, 1)
    click(app, "Move")
    assert titles(app) == ["I Ain't Worried", "Bones"]
    assert [row.title for row in entries.listed(context, ada)] == ["Ferrari", "I Ain't Worried"]
    click(app, "Undo")
    assert titles(app) == TITLES


def test_tracks_are_copied_to_the_one_of_two_lists_of_one_name(
    open_page: Open, context: Context, ada: Person, bob: Person, party: int
) -> None:
    lists.create(context, ada, "Late")
    shared = [lists.create(context, bob, name) for name in ("Late", "Early")]
    for list_id in shared:
        lists.share(context, bob, list_id, Access.EDIT)
    lists.create(context, ada, "Bob: Late")
    app = choose(open_page("trending"), party)
    select(app, 0)
    (others,) = [box for box in app.selectbox if box.label == "To list"]
    assert sorted(others.options) == [
        *("Bob: Early", "Bob: Late", "Bob: Late (2)", "Late", "Trending")
    ]
    others.select("Late")
    click(app, "Copy")
    late = {info.id for info in lists.seen_by(context, ada) if info.name == "Late"}
    mine = {list_id: len(entries.listed(context, ada, list_id)) for list_id in late}
    assert [mine[shared[0]], sum(mine.values())] == [0, 1]


def test_selected_tracks_become_a_list(
    open_page: Open, context: Context, ada: Person, party: int
) -> None:
    app = choose(open_page("trending"), party)
    select(app, 0, 2)
    fill(app, {"Name for these tracks": "Best"})
    click(app, "Save")
    best = next(info.id for info in lists.seen_by(context, ada) if info.name == "Best")
    assert [row.title for row in entries.listed(context, ada, best)] == ["I Ain't Worried", "Bones"]
    assert "2 added" in words(app)


def test_what_is_typed_of_a_track_stays_when_its_details_close(open_page: Open, party: int) -> None:
    app = choose(open_page("trending"), party)
    unfold(select(app, 0), f"details-list-{party}")
    assert "Note" in [field.label for field in fold(app, f"details-list-{party}").text_input]
    assert "Note" not in [field.label for field in select(app, 1).text_input]


def test_a_track_takes_a_note_and_shows_its_tags(
    open_page: Open, context: Context, ada: Person, party: int
) -> None:
    arranging.note(context, ada, f"spotify:track:{SAVED[1]}", "", ["slow"], party)
    app = choose(open_page("trending"), party)
    assert list(app.dataframe[0].value["Tags"])[1] == ["slow"]
    unfold(select(app, 0), f"details-list-{party}")
    fill(app, {"Note": "first dance"})
    click(app, "Save note")
    assert entries.listed(context, ada, party)[0].note == "first dance"
    assert app.dataframe[0].value["Note"].iloc[0] == "first dance"


def test_an_address_of_a_list_that_is_gone_says_so_and_shows_the_trending_list(
    open_page: Open,
) -> None:
    app = open_page("trending", list="424242")
    assert "That list is gone" in app.toast[0].value
    assert "list" not in app.query_params
    assert not app.run().toast
