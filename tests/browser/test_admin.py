import pytest
from playwright.sync_api import Page, expect

from tests.browser import table
from tests.browser.conftest import Browse
from tests.browser.people import PASSWORD, People
from tests.browser.server import Server
from ttt.roles import Role
from ttt.services import accounts
from ttt.services.person import Person


@pytest.fixture
def page(browse: Browse, server: Server, people: People) -> Page:
    """A browser in which an admin is signed in."""
    return browse(server, people.session(people.add(role=Role.ADMIN)))


def choose(page: Page, username: str) -> None:
    """Choose an account to change."""
    page.get_by_role("combobox", name="Account").click()
    page.get_by_role("option", name=username, exact=True).click()


def test_an_admin_adds_an_account_that_can_sign_in(
    browse: Browse, server: Server, page: Page
) -> None:
    page.goto("/admin")
    page.get_by_label("New username").fill("newcomer")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Add account").click()
    expect(page.get_by_text("Account newcomer added.")).to_be_visible()
    expect(table.grid(page)).to_contain_text("newcomer")

    other = browse(server)
    other.goto("/")
    other.get_by_label("Username").fill("newcomer")
    other.get_by_label("Password", exact=True).fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("heading", name="Hello, newcomer")).to_be_visible()


def test_a_weak_password_is_refused_in_words(page: Page) -> None:
    page.goto("/admin")
    page.get_by_label("New username").fill("weakling")
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_role("button", name="Add account").click()
    expect(page.get_by_text("at least 10 characters")).to_be_visible()
    expect(table.grid(page)).not_to_contain_text("weakling")


def test_a_disabled_account_is_signed_out_and_kept_out(
    browse: Browse, server: Server, page: Page, people: People, person: Person
) -> None:
    theirs = browse(server, people.session(person))
    theirs.goto("/account")
    expect(theirs.get_by_role("button", name="Sign out")).to_be_visible()
    page.goto("/admin")
    choose(page, person.username)
    page.get_by_role("button", name="Disable").click()
    expect(page.get_by_text(f"{person.username} is disabled now.")).to_be_visible()
    theirs.get_by_role("link", name="Home").click()
    expect(theirs.get_by_role("button", name="Sign in")).to_be_visible()
    theirs.get_by_label("Username").fill(person.username)
    theirs.get_by_label("Password", exact=True).fill(PASSWORD)
    theirs.get_by_role("button", name="Sign in").click()
    expect(theirs.get_by_text("Username and password do not belong together.")).to_be_visible()


def test_an_admin_makes_another_admin(page: Page, people: People, person: Person) -> None:
    page.goto("/admin")
    choose(page, person.username)
    page.get_by_role("button", name="Make admin").click()
    expect(page.get_by_text(f"{person.username} is admin now.")).to_be_visible()
    assert accounts.find(people.context, person.username).is_admin
