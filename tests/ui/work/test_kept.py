"""A database that cannot be used has a sentence of its own, and costs nobody what they typed."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager

import pytest
from sqlalchemy import event

from tests.surroundings.full import full
from tests.ui.conftest import Open, click, words
from ttt.errors import StoreAway, StoreError, StoreFull, StoreReadOnly
from ttt.services.context import Context
from ttt.services.lists import entries, lists
from ttt.services.person import Person

LINK = "https://open.spotify.com/track/4h9wh7iOZ0GGn8QVp4RAOB"
Locked = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def locked(context: Context) -> Locked:
    """Lets somebody else write for as long as the block lasts; nobody waits long for that."""

    def hasty(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout = 50")

    @contextmanager
    def locked() -> Iterator[None]:
        event.listen(context.engine, "connect", hasty)
        context.engine.dispose()
        with closing(sqlite3.connect(context.settings.data_dir / "ttt.sqlite3")) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
        event.remove(context.engine, "connect", hasty)

    return locked


def test_links_stay_in_the_box_until_they_can_be_saved(
    open_page: Open, context: Context, ada: Person, locked: Locked
) -> None:
    app = open_page("trending")
    app.text_area[0].set_value(LINK)
    with locked():
        click(app, "Add")
        assert not app.exception
        assert "The database is busy" in words(app)
        assert app.text_area[0].value == LINK
    click(app, "Add")
    assert "1 added" in words(app)
    assert app.text_area[0].value == ""
    assert len(entries.listed(context, ada)) == 1


def test_a_visit_that_cannot_be_noted_stops_no_page(
    open_page: Open, clock: Callable[[], object], locked: Locked
) -> None:
    app = open_page("trending")
    clock.forward(minutes=30)  # type: ignore[attr-defined]
    with locked():
        app.run()
        assert not app.exception
        assert app.text_area[0].label == "Link, URI or ID"


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        (StoreAway(), "The database cannot be reached."),
        (StoreFull(), "There is no room left for the database."),
        (StoreReadOnly(), "The database takes no changes at the moment."),
    ],
)
def test_each_trouble_has_a_sentence_of_its_own(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, trouble: StoreError, sentence: str
) -> None:
    def fail(*_: object) -> None:
        raise trouble

    app = open_page("trending")
    monkeypatch.setattr(entries, "add", fail)
    app.text_area[0].set_value(LINK)
    click(app, "Add")
    assert sentence in words(app)
    assert app.text_area[0].value == LINK


def test_a_full_database_says_so_and_keeps_what_was_typed(
    open_page: Open, context: Context, ada: Person
) -> None:
    app = open_page("trending")
    typed = "\n".join(f"spotify:track:{number:022}" for number in range(1_000))
    app.text_area[0].set_value(typed)
    with full(context.engine):
        click(app, "Add")
        assert not app.exception
        assert "There is no room left for the database. Nothing was changed." in words(app)
        assert "Tell the admin to make room, then try again" in words(app)
        assert app.text_area[0].value == typed
    click(app, "Add")
    assert "1,000 added" in words(app)
    assert app.text_area[0].value == ""
    assert len(entries.listed(context, ada)) == 1_000


@pytest.mark.parametrize(
    ("page", "section", "button"),
    [("trending", {}, "Import"), ("account", {"section": "Sources"}, "Import values")],
)
def test_a_full_database_says_so_and_keeps_what_was_uploaded(
    open_page: Open, context: Context, page: str, section: dict[str, str], button: str
) -> None:
    rows = "".join(f"spotify:track:{number:022},0.5\n" for number in range(1_000))
    app = open_page(page, **section)
    app.file_uploader[0].set_value(("f.csv", f"uri,energy\n{rows}".encode(), "text/csv"))
    with full(context.engine):
        click(app, button)
        assert not app.exception
        assert "There is no room left for the database. Nothing was changed." in words(app)
        assert "It is still here." in words(app)
        click(app, "Import it again")
        assert "There is no room left for the database. Nothing was changed." in words(app)
    click(app, "Import it again")
    assert not app.exception
    assert "There is no room left" not in words(app)
    assert "1,000" in words(app)


def test_what_was_typed_is_there_after_a_page_that_could_not_be_shown(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_page("trending")
    app.text_area[0].set_value(LINK)
    with monkeypatch.context() as patch:
        patch.setattr("ttt.services.lists.lists.seen_by", _away)
        patch.setattr("ttt.services.spotify.spotify.connection", _away)
        click(app, "Add")
        assert app.exception  # what the launcher says in words
        assert len(app.text_area) == 0
    app.run()
    assert not app.exception
    assert app.text_area[0].value == LINK


def _away(*_: object) -> None:
    raise StoreAway


def test_the_name_of_a_new_list_stays(
    open_page: Open, context: Context, ada: Person, locked: Locked
) -> None:
    app = open_page("trending")
    (name,) = [field for field in app.text_input if field.label == "Name of the new list"]
    name.set_value("Summer")
    with locked():
        click(app, "Create")
        assert "The database is busy" in words(app)
        (name,) = [field for field in app.text_input if field.label == "Name of the new list"]
        assert name.value == "Summer"
    click(app, "Create")
    assert "Summer" in [info.name for info in lists.seen_by(context, ada)]


def test_ones_own_details_stay(open_page: Open, locked: Locked) -> None:
    app = open_page("account")
    (name,) = [field for field in app.text_input if field.label == "Name"]
    name.set_value("Ada L.")
    with locked():
        click(app, "Save")
        assert "The database is busy" in words(app)
        (name,) = [field for field in app.text_input if field.label == "Name"]
        assert name.value == "Ada L."


def test_a_file_for_a_list_that_is_gone_is_asked_about_at_the_one_that_is_shown(
    open_page: Open, context: Context, ada: Person
) -> None:
    gone = lists.create(context, ada, "Gone")
    app = open_page("trending", list=str(gone))
    app.file_uploader[0].set_value(("f.csv", f"uri\n{LINK}\n".encode(), "text/csv"))
    lists.delete(context, ada, gone)
    click(app, "Import")

    assert not app.exception
    assert "It was meant for a list that is gone. It can go on this one." in words(app)
    assert not entries.listed(context, ada)
    click(app, "Import it here")
    assert "1 added" in words(app)
    assert len(entries.listed(context, ada)) == 1
    assert "It was meant for a list that is gone." not in words(app.run())
