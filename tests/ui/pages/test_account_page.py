from tests.services.conftest import PASSWORD
from tests.ui.conftest import Open, Visitor, click, fill, labels, signed_in, words
from ttt.models import User
from ttt.services.accounts import accounts, throttle
from ttt.services.context import Context
from ttt.services.doors import own_sessions, sign_in
from ttt.services.person import Person

ANOTHER = "another good passphrase"


def change_password(open_page: Open, current: str, new: str, again: str) -> str:
    app = open_page("account", section="Sign-in and security")
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
    assert "The password is not right." in said
    assert sign_in.check_password(context, "ada", PASSWORD, None) is not None


def test_the_browsers_are_listed_and_the_others_are_signed_out(
    open_page: Open, context: Context, ada: Person, visitor: Visitor
) -> None:
    elsewhere = signed_in(context, ada)
    app = open_page("account", section="Sign-in and security")
    assert words(app).count("last seen") == 2
    assert "This browser" in words(app)
    assert "This ends your sign-in on 1 other browser" in words(app)
    click(app, "Sign out on 1 other browser")
    assert words(app).count("last seen") == 1
    assert "Sign out on 1 other browser" not in labels(app)
    assert sign_in.current_person(context, elsewhere) is None
    assert sign_in.current_person(context, visitor.cookie) == ada


def test_one_browser_is_signed_out_and_the_others_stay(
    open_page: Open, context: Context, ada: Person, visitor: Visitor
) -> None:
    there, everywhere = signed_in(context, ada), signed_in(context, ada)
    app = open_page("account", section="Sign-in and security")
    token = visitor.cookie or ""
    chosen = own_sessions.listed(context, ada, token)[1].id
    app.button(key=f"sign out {chosen}").click().run()
    left = [sign_in.current_person(context, other) for other in (there, everywhere)]
    assert sorted(map(bool, left)) == [False, True]
    assert sign_in.current_person(context, token) == ada


def test_signing_this_browser_out_in_the_list_is_signing_out(
    open_page: Open, context: Context, ada: Person, visitor: Visitor
) -> None:
    app = open_page("account", section="Sign-in and security")
    (this,) = own_sessions.listed(context, ada, visitor.cookie or "")
    app.button(key=f"sign out {this.id}").click().run()
    assert visitor.posted == [("/auth/sign-out", {})]


def test_a_browser_that_ended_meanwhile_is_told(
    open_page: Open, context: Context, ada: Person, visitor: Visitor
) -> None:
    elsewhere = signed_in(context, ada)
    app = open_page("account", section="Sign-in and security")
    other = own_sessions.listed(context, ada, visitor.cookie or "")[1].id
    sign_in.sign_out(context, elsewhere)
    button = app.button(key=f"sign out {other}")
    assert not button.click().run().exception


def test_an_open_tab_of_a_revoked_session_shows_the_form(
    open_page: Open, context: Context, ada: Person, visitor: Visitor
) -> None:
    app = open_page("account")
    other = signed_in(context, ada)
    own_sessions.revoke_others(context, ada, other)
    fill(app, {"Name": "Somebody"})
    click(app, "Save")
    assert labels(app) == ["Sign in"]
    assert accounts.find(context, "ada").name == "Ada"


def test_who_has_no_password_sets_a_first_one(
    open_page: Open, context: Context, ada: Person
) -> None:
    with context.session() as session:
        session.get_one(User, ada.id).password_hash = ""
        session.commit()
    app = open_page("account", section="Sign-in and security")
    assert "Current password" not in [field.label for field in app.text_input]
    fill(app, {"New password": ANOTHER, "New password again": ANOTHER})
    click(app, "Set password")
    assert "Current password" in [field.label for field in app.text_input]
    assert sign_in.check_password(context, "ada", ANOTHER, None) is not None


def test_after_too_many_wrong_ones_the_page_says_until_when_to_wait(
    open_page: Open, context: Context, ada: Person
) -> None:
    for _ in range(throttle.FREE_BY_NAME + 1):
        throttle.count(context, "current password", "ada", None)
    said = change_password(open_page, PASSWORD, ANOTHER, ANOTHER)
    assert "Too many failed tries." in said


def test_a_refused_change_of_the_password_keeps_what_was_typed_and_a_done_one_does_not(
    open_page: Open,
) -> None:
    app = open_page("account", section="Sign-in and security")

    def typed() -> dict[str, str | None]:
        return {field.label: field.value for field in app.text_input if "password" in field.label}

    wrong = {"Current password": PASSWORD, "New password": ANOTHER, "New password again": "other"}
    fill(app, wrong)
    click(app, "Change password")
    assert wrong.items() <= typed().items()
    fill(app, {"New password again": ANOTHER})
    click(app, "Change password")
    assert "Changed." in words(app)
    assert {typed()[label] for label in wrong} == {""}
