import pytest
from streamlit.testing.v1 import AppTest

from tests.services.conftest import PASSWORD, add_person
from tests.ui.conftest import Open, Visitor, click, fill, signed_in, unfold, words
from ttt.errors import NotFound
from ttt.jobs import queue
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.lists import entries
from ttt.services.person import Person

BUTTON = "Delete my account for good"


def leave(app: AppTest, username: str, password: str) -> str:
    unfold(app, "leaving")
    fill(app, {"Your username": username, "Your password": password})
    return words(click(app, BUTTON))


def test_an_account_is_deleted_and_the_way_leads_out(
    open_page: Open, context: Context, ada: Person, visitor: Visitor
) -> None:
    queue.start(context, ada.id, ["4uLU6hMCjMI75M1A2tKUQC"], "job")
    leave(open_page("account", section="Data"), "ada", PASSWORD)
    assert visitor.went_to == ["/?account=deleted"]
    with pytest.raises(NotFound):
        queue.find(context, "job")
    with pytest.raises(NotFound):
        accounts.find(context, "ada")


def test_it_says_what_goes_with_the_account(open_page: Open, context: Context, ada: Person) -> None:
    app = unfold(open_page("account", section="Data"), "leaving")
    assert "everything in it at once: connections and sign-ins." in words(app)
    entries.add(context, ada, ["4h9wh7iOZ0GGn8QVp4RAOB", "0HqZX76SFLDz2aW8aiqi7G"])
    assert "2 tracks in 1 list, connections and sign-ins" in words(app.run())


def test_the_sign_in_page_says_so_once(app: AppTest, visitor: Visitor) -> None:
    app.query_params["account"] = "deleted"
    said = "Your account is deleted, with everything in it."
    assert said in words(app.run())
    assert said not in words(app.run())


def test_nobody_else_is_told_so(app: AppTest, visitor: Visitor, ada: Person) -> None:
    assert "deleted" not in words(app.run())


def test_a_wrong_password_deletes_nothing(
    open_page: Open, context: Context, ada: Person, visitor: Visitor
) -> None:
    assert "The password is not right." in leave(
        open_page("account", section="Data"), "ada", "wrong"
    )
    assert "your own username" in leave(open_page("account", section="Data"), "bob", PASSWORD)
    assert accounts.find(context, "ada") == ada
    assert visitor.went_to == []


def test_the_last_admin_is_told_why_not(app: AppTest, context: Context, visitor: Visitor) -> None:
    visitor.cookie = signed_in(context, add_person(context, "boss", admin=True))
    app.run()
    app.switch_page("../../pages/account.py")
    app.query_params["section"] = "Data"
    page = app.run()
    assert "This is the last admin" in leave(page, "boss", PASSWORD)
    assert accounts.find(context, "boss").is_admin
