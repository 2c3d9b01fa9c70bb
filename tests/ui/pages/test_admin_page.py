import pytest
from streamlit.testing.v1 import AppTest

from tests.services.conftest import PASSWORD, add_person
from tests.ui.conftest import (
    Open,
    Visitor,
    click,
    fill,
    fold,
    labels,
    ranked,
    signed_in,
    to_copy,
    unfold,
    words,
)
from ttt.jobs import queue
from ttt.roles import Role
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.doors import resetting, sign_in
from ttt.services.person import Person


@pytest.fixture
def admin_page(app: AppTest, context: Context, ada: Person, visitor: Visitor) -> AppTest:
    """The page, opened by the admin "root"; Ada is a member."""
    visitor.cookie = signed_in(context, add_person(context, "root", admin=True))
    app.run()
    return app.switch_page("../../pages/admin.py").run()


def choose(app: AppTest, username: str) -> AppTest:
    """Choose an account to change."""
    app.query_params["account"] = username
    return app.run()


def usernames(app: AppTest) -> list[str]:
    """Those that are listed."""
    return [row["key"] for row in ranked(app)]


def test_a_member_is_not_allowed_in(open_page: Open) -> None:
    app = open_page("admin")
    assert len(app.exception) == 1
    assert not app.get("bidi_component")


def test_all_accounts_are_listed(admin_page: AppTest) -> None:
    assert usernames(admin_page) == ["ada", "root"]
    assert [row["cells"][0] for row in ranked(admin_page)] == ["member", "admin"]
    assert not any("disabled" in row["subtitle"] for row in ranked(admin_page))


def test_among_many_accounts_one_is_found_by_its_words(
    admin_page: AppTest, context: Context
) -> None:
    assert not [field for field in admin_page.text_input if field.label == "Find an account"]
    for number in range(12):
        add_person(context, f"person-{number}-")
    admin_page.run()
    assert len(usernames(admin_page)) == 14
    (field,) = [field for field in admin_page.text_input if field.label == "Find an account"]
    field.set_value(" SON-1- ").run()
    assert usernames(admin_page) == ["person-1-"]
    field.set_value("nobody").run()
    assert "No account is called that." in words(admin_page)


def test_an_account_is_added(admin_page: AppTest, context: Context) -> None:
    unfold(admin_page, "adding account")
    fill(admin_page, {"New username": "Newcomer", "Password": PASSWORD})
    click(admin_page, "Add account")
    assert not admin_page.exception
    added = accounts.find(context, "newcomer")
    assert (added.name, added.role) == ("newcomer", Role.MEMBER)
    assert "newcomer" in usernames(admin_page)


@pytest.mark.parametrize(
    ("username", "password", "sentence"),
    [
        ("root", PASSWORD, "There is an account named root already."),
        ("x", PASSWORD, "A username has 2 to 64 letters"),
        ("newcomer", "short", "at least 10 characters"),
    ],
)
def test_an_account_that_cannot_be_is_refused_in_words(
    admin_page: AppTest, context: Context, username: str, password: str, sentence: str
) -> None:
    unfold(admin_page, "adding account")
    fill(admin_page, {"New username": username, "Password": password})
    assert sentence in words(click(admin_page, "Add account"))
    assert len(accounts.listed(context, accounts.operator(context))) == 2


def test_an_account_is_disabled_and_enabled_again(
    admin_page: AppTest, context: Context, ada: Person
) -> None:
    session = signed_in(context, ada)
    choose(admin_page, "ada")
    click(admin_page, "Yes, disable")
    assert accounts.find(context, "ada").disabled
    assert ranked(admin_page)[0]["subtitle"].endswith(" · disabled")
    assert sign_in.current_person(context, session) is None
    click(admin_page, "Enable")
    assert not accounts.find(context, "ada").disabled


def test_a_role_is_given_and_taken(admin_page: AppTest, context: Context) -> None:
    choose(admin_page, "ada")
    click(admin_page, "Make admin")
    assert accounts.find(context, "ada").is_admin
    click(admin_page, "Make member")
    assert not accounts.find(context, "ada").is_admin


def test_the_last_admin_stays(admin_page: AppTest, context: Context) -> None:
    choose(admin_page, "root")
    assert "This is the last admin" in words(click(admin_page, "Yes, disable"))
    assert not accounts.find(context, "root").disabled


def test_a_reset_link_is_shown_once(admin_page: AppTest, context: Context, ada: Person) -> None:
    choose(admin_page, "ada")
    click(admin_page, "Reset link")
    (shown,) = to_copy(admin_page)
    assert "It is not shown again." in words(admin_page)
    admin_page.run()
    assert to_copy(admin_page) == []
    token = shown.partition("=")[2]
    assert resetting.set_password(context, token, "another long one", None) == "ada"


def test_an_account_is_signed_out_everywhere(
    admin_page: AppTest, context: Context, ada: Person
) -> None:
    session = signed_in(context, ada)
    choose(admin_page, "ada")
    click(admin_page, "Yes, sign out")
    assert sign_in.current_person(context, session) is None


def test_an_account_is_deleted_when_its_name_is_typed(
    admin_page: AppTest, context: Context
) -> None:
    choose(admin_page, "ada")
    unfold(admin_page, "delete account")
    assert "all that is theirs goes: connections and sign-ins." in words(admin_page)
    fill(admin_page, {"Type the username to confirm": "adam"})
    assert "nothing was deleted" in words(click(admin_page, "Delete with all data"))
    queue.start(context, accounts.find(context, "ada").id, ["4uLU6hMCjMI75M1A2tKUQC"], "job")
    fill(admin_page, {"Type the username to confirm": "ADA"})
    click(admin_page, "Delete with all data")
    assert usernames(admin_page) == ["root"]
    assert queue.listed(context, accounts.operator(context)) == []
    assert "Yes, disable" not in labels(admin_page)  # whoever stands there now is not chosen


def test_what_was_typed_to_delete_one_account_is_asked_anew_for_another(
    admin_page: AppTest, context: Context
) -> None:
    add_person(context, "ben")
    choose(admin_page, "ada")
    unfold(admin_page, "delete account")
    fill(admin_page, {"Type the username to confirm": "ada"})
    (typed,) = fold(admin_page, "delete account").text_input
    assert typed.value == "ada"
    assert not choose(admin_page, "ben").text_input
    (asked,) = unfold(admin_page, "delete account").text_input
    assert asked.value == ""


def test_nobody_deletes_themselves_here(admin_page: AppTest) -> None:
    choose(admin_page, "root")
    assert "Yes, disable" in labels(admin_page)
    assert "Delete with all data" not in labels(unfold(admin_page, "delete account"))


def test_a_disabled_account_is_offered_no_reset_link(admin_page: AppTest) -> None:
    choose(admin_page, "ada")
    click(admin_page, "Yes, disable")
    assert "Enable" in labels(admin_page)
    assert "Reset link" not in labels(admin_page)
