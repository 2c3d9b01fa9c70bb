from tests.services.conftest import PASSWORD
from tests.ui.conftest import Open, Visitor, click, fill, signed_in, words
from ttt.services import accounts, sign_in
from ttt.services.context import Context
from ttt.services.person import Person

ANOTHER = "another good passphrase"


def change_password(open_page: Open, current: str, new: str, again: str) -> str:
    app = open_page("account")
    fields = {"Current password": current, "New password": new, "New password again": again}
    fill(app, fields)
    return words(click(app, "Change password"))


def test_name_and_mail_are_changed(open_page: Open, context: Context, ada: Person) -> None:
    app = open_page("account")
    assert "Signed in as ada, member" in words(app)
    fill(app, {"Name": "Ada L.", "Mail": "ada@example.org"})
    assert "Saved." in words(click(app, "Save"))
    changed = accounts.find(context, "ada")
    assert (changed.name, changed.email) == ("Ada L.", "ada@example.org")


def test_what_cannot_be_used_is_refused_in_words(
    open_page: Open, context: Context, ada: Person
) -> None:
    app = open_page("account")
    fill(app, {"Mail": "not a mail address"})
    assert "That is not a mail address." in words(click(app, "Save"))
    assert accounts.find(context, "ada").email == ""


def test_a_new_password_ends_the_other_sessions(
    open_page: Open, context: Context, ada: Person, visitor: Visitor
) -> None:
    elsewhere = signed_in(context, ada)
    assert "Changed. All other browsers are signed out." in change_password(
        open_page, PASSWORD, ANOTHER, ANOTHER
    )
    assert sign_in.check_password(context, "ada", ANOTHER, None) is not None
    assert sign_in.current_person(context, elsewhere) is None
    assert sign_in.current_person(context, visitor.cookie) is not None


def test_the_new_password_is_typed_twice(open_page: Open, context: Context, ada: Person) -> None:
    said = change_password(open_page, PASSWORD, ANOTHER, "something else")
    assert "The two new passwords differ." in said
    assert sign_in.check_password(context, "ada", PASSWORD, None) is not None


def test_the_current_password_is_asked_for(open_page: Open, context: Context, ada: Person) -> None:
    said = change_password(open_page, "wrong", ANOTHER, ANOTHER)
    assert "The current password is not right." in said
    assert sign_in.check_password(context, "ada", PASSWORD, None) is not None
