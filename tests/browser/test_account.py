import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting
from tests.browser.conftest import Browse
from tests.browser.people import PASSWORD, People
from tests.browser.server import Server
from ttt.services.accounts import accounts
from ttt.services.doors.sign_in import check_password
from ttt.services.person import Person

pytestmark = pytest.mark.without_charts

ANOTHER = "another good passphrase"


def change_password(page: Page, current: str, new: str, again: str) -> None:
    acting.fill(page.get_by_label("Current password"), current)
    page.get_by_label("New password", exact=True).fill(new)
    page.get_by_label("New password again").fill(again)
    acting.press(page, "Change password")


def test_a_person_changes_their_name_and_mail(page: Page, people: People, person: Person) -> None:
    page.goto("/account")
    page.get_by_label("Name", exact=True).fill("Ada *Lovelace*")
    page.get_by_label("Mail").fill("ada@example.org")
    acting.press(page, "Save")
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", name="Hello, Ada *Lovelace*")).to_be_visible()
    changed = accounts.find(people.context, person.username)
    assert (changed.name, changed.email) == ("Ada *Lovelace*", "ada@example.org")


def test_what_is_no_mail_address_is_refused_in_words(page: Page) -> None:
    page.goto("/account")
    page.get_by_label("Mail").fill("ada")
    acting.press(page, "Save")
    expect(page.get_by_text("That is not a mail address.")).to_be_visible()


def test_a_new_password_signs_the_other_browsers_out(
    browse: Browse, server: Server, people: People, person: Person, page: Page
) -> None:
    other = browse(server, people.session(person))
    other.goto("/account")
    expect(other.get_by_role("heading", name="Account")).to_be_visible()
    page.goto("/account?section=Sign-in+and+security")
    change_password(page, PASSWORD, ANOTHER, ANOTHER)
    expect(page.get_by_text("Changed. All other browsers are signed out.")).to_be_visible()
    other.get_by_role("link", name="Home").click()
    expect(other.get_by_role("button", name="Sign in")).to_be_visible()
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", name=f"Hello, {person.name}")).to_be_visible()
    assert check_password(people.context, person.username, ANOTHER, None) is not None


def test_a_password_is_changed_only_with_the_current_one(
    page: Page, people: People, person: Person
) -> None:
    page.goto("/account?section=Sign-in+and+security")
    change_password(page, "wrong", ANOTHER, ANOTHER)
    expect(page.get_by_text("The password is not right.")).to_be_visible()
    change_password(page, PASSWORD, ANOTHER, "something else")
    expect(page.get_by_text("The two new passwords differ.")).to_be_visible()
    assert check_password(people.context, person.username, ANOTHER, None) is None


def test_a_browser_that_is_signed_out_from_elsewhere_shows_the_form_at_its_next_click(
    browse: Browse, server: Server, people: People, person: Person, page: Page
) -> None:
    other = browse(server, people.session(person))
    other.goto("/trending")
    expect(other.get_by_label("Search", exact=True)).to_be_visible()
    page.goto("/account?section=Sign-in+and+security")
    expect(page.get_by_text("This browser")).to_be_visible()
    acting.popover(page, "Sign out everywhere else")
    acting.press(page, "Sign out on 1 other browser")
    expect(page.get_by_role("button", name="Sign out everywhere else")).to_have_count(0)
    # The search is a fragment, which reruns without the page that asks who is there.
    other.get_by_label("Search", exact=True).fill("the weeknd")
    expect(other.get_by_role("button", name="Sign in")).to_be_visible()
    expect(other.get_by_role("heading", name="Trending")).to_have_count(0)
