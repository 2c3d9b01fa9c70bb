import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting, table
from tests.browser.conftest import Browse
from tests.browser.people import PASSWORD, People
from tests.browser.server import Server
from ttt.roles import Role
from ttt.services.accounts import accounts
from ttt.services.person import Person

pytestmark = pytest.mark.without_charts
_PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
_TABLET = {"viewport": {"width": 1024, "height": 768}, "has_touch": True}


@pytest.fixture
def page(browse: Browse, server: Server, people: People) -> Page:
    """A browser in which an admin is signed in."""
    return browse(server, people.session(people.add(role=Role.ADMIN)))


def choose(page: Page, username: str) -> None:
    """Choose an account to change."""
    expect(table.grid(page)).to_contain_text(username)
    acting.settled(page)
    table.grid(page).locator(f".row[data-key='{username}'] .add").click()
    expect(page.get_by_role("heading", name=username, exact=True)).to_be_visible()


def test_an_admin_adds_an_account_that_can_sign_in(
    browse: Browse, server: Server, page: Page
) -> None:
    page.goto("/admin")
    acting.fold(page, "Add an account")
    page.get_by_label("New username").fill("newcomer")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    acting.press(page, "Add account")
    expect(page.get_by_text("Account newcomer added.")).to_be_visible()
    expect(table.grid(page)).to_contain_text("newcomer")

    other = browse(server)
    other.goto("/")
    other.get_by_label("Username").fill("newcomer")
    other.get_by_label("Password", exact=True).fill(PASSWORD)
    acting.press(other, "Sign in")
    expect(other.get_by_role("heading", name="Hello, newcomer")).to_be_visible()


def test_a_weak_password_is_refused_in_words(page: Page) -> None:
    page.goto("/admin")
    acting.fold(page, "Add an account")
    page.get_by_label("New username").fill("weakling")
    page.get_by_label("Password", exact=True).fill("short")
    acting.press(page, "Add account")
    expect(page.get_by_text("at least 10 characters")).to_be_visible()
    expect(table.grid(page)).not_to_contain_text("weakling")


def test_a_disabled_account_is_signed_out_and_kept_out(
    browse: Browse, server: Server, page: Page, people: People, person: Person
) -> None:
    theirs = browse(server, people.session(person))
    theirs.goto("/account?section=Sign-in+and+security")
    expect(theirs.get_by_role("heading", name="Where you are signed in")).to_be_visible()
    page.goto("/admin")
    choose(page, person.username)
    acting.popover(page, "Disable")
    acting.press(page, "Yes, disable")
    expect(page.get_by_text(f"{person.username} is disabled now.")).to_be_visible()
    theirs.get_by_role("link", name="Home").click()
    expect(theirs.get_by_role("button", name="Sign in")).to_be_visible()
    theirs.get_by_label("Username").fill(person.username)
    theirs.get_by_label("Password", exact=True).fill(PASSWORD)
    acting.press(theirs, "Sign in")
    expect(theirs.get_by_text("Wrong username or password.")).to_be_visible()


def test_an_admin_makes_another_admin(page: Page, people: People, person: Person) -> None:
    page.goto("/admin")
    choose(page, person.username)
    acting.press(page, "Make admin")
    expect(page.get_by_text(f"{person.username} is an admin now.")).to_be_visible()
    assert accounts.find(people.context, person.username).is_admin


def expect_copied(page: Page, text: str) -> None:
    """Copy it, as browsers do, and as they do where a page came without https."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for without in ("", "delete Navigator.prototype.clipboard"):
        clipboard = page.evaluate_handle("navigator.clipboard")
        clipboard.evaluate("clipboard => clipboard.writeText('nothing')")
        page.evaluate(f"() => {{ {without} }}")
        acting.press(page, "Copy the link")
        expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
        assert clipboard.evaluate("clipboard => clipboard.readText()") == text
        expect(page.get_by_role("status").filter(has_text="Copied")).to_have_count(0)


def test_a_reset_link_is_good_once(
    browse: Browse, server: Server, page: Page, person: Person
) -> None:
    page.goto("/admin")
    choose(page, person.username)
    acting.press(page, "Reset link")
    link = acting.shown_link(page)
    expect_copied(page, link)
    theirs, late = browse(server), browse(server)
    for tab in (theirs, late):
        tab.goto(link)
        tab.get_by_label("New password", exact=True).fill("another long one")
        tab.get_by_label("New password again").fill("another long one")
    acting.press(theirs, "Set password")
    expect(theirs.get_by_text(f"The new password of {person.username} is set.")).to_be_visible()
    expect(theirs).to_have_url(f"{server.url}/")
    acting.press(late, "Set password")
    expect(late.get_by_text("This link does not work any more.")).to_be_visible()
    theirs.get_by_label("Username").fill(person.username)
    theirs.get_by_label("Password", exact=True).fill("another long one")
    acting.press(theirs, "Sign in")
    expect(theirs.get_by_role("heading", name="Hello,")).to_be_visible()


def test_who_is_invited_opens_an_account_and_is_signed_in(
    browse: Browse, server: Server, page: Page
) -> None:
    page.goto("/admin?section=Invitations")
    acting.press(page, "Make invitation")
    guest = browse(server)
    guest.goto(acting.shown_link(page))
    guest.get_by_role("textbox", name="Username").fill("guest")
    guest.get_by_label("New password", exact=True).fill(PASSWORD)
    guest.get_by_label("New password again").fill(PASSWORD)
    acting.press(guest, "Open account")
    expect(guest.get_by_role("heading", name="Hello, guest")).to_be_visible()
    expect(guest).to_have_url(f"{server.url}/")


def test_a_deleted_account_is_gone(page: Page, person: Person) -> None:
    page.goto("/admin")
    choose(page, person.username)
    acting.popover(page, "Delete")
    page.get_by_label("Type the username to confirm").fill(person.username)
    acting.press(page, "Delete with all data")
    expect(page.get_by_text(f"{person.username} is deleted.")).to_be_visible()
    expect(table.grid(page)).not_to_contain_text(person.username)


# How many rows the facts of the server take, and how many facts there are.
_FACTS = """() => {
  const all = [...document.querySelectorAll(".ttt-values dt")]
  return [new Set(all.map(one => Math.round(one.getBoundingClientRect().top))).size, all.length]
}"""


def test_the_facts_of_the_server_stand_in_one_row_of_a_desk(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/admin?section=Server")
    expect(page.get_by_text("Migration", exact=True)).to_be_visible()
    assert page.evaluate(_FACTS) == [1, 7]


@pytest.mark.parametrize("size", [_PHONE, _TABLET], ids=["phone", "tablet"])
def test_without_room_beside_the_list_the_chosen_account_takes_its_place(
    browse: Browse, server: Server, people: People, size: dict[str, object]
) -> None:
    admin = people.add(role=Role.ADMIN)
    last = max((people.add().username for _ in range(9)), key=str)
    page = browse(server, people.session(admin), **size)
    page.goto("/admin")
    choose(page, last)
    expect(page.get_by_role("heading", name=last, exact=True)).to_be_in_viewport()
    expect(page.get_by_role("button", name="Disable")).to_be_in_viewport()
    expect(table.grid(page)).to_be_hidden()
    acting.press(page, "All accounts")
    expect(table.grid(page)).to_contain_text(last)
    expect(page.get_by_role("heading", name=last, exact=True)).to_have_count(0)


def test_beside_the_list_the_chosen_account_leaves_it_there(page: Page, person: Person) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/admin")
    choose(page, person.username)
    expect(table.grid(page)).to_be_visible()
    expect(page.get_by_role("button", name="All accounts")).to_be_hidden()


def test_what_is_typed_is_there_when_a_popover_was_left_by_escape(
    page: Page, person: Person
) -> None:
    page.goto("/admin")
    choose(page, person.username)
    acting.popover(page, "Delete")
    page.get_by_label("Type the username to confirm").fill("nearly")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    acting.popover(page, "Delete")
    expect(page.get_by_label("Type the username to confirm")).to_have_value("nearly")


def test_on_a_phone_nothing_lies_on_the_table(
    browse: Browse, server: Server, people: People
) -> None:
    session = people.session(people.add(role=Role.ADMIN))
    page = browse(server, session, **_PHONE)
    page.goto("/admin")
    above, table_ = page.get_by_text("CSV", exact=True), table.grid(page)
    expect(above).to_be_visible()
    acting.settled(page)

    def lies_below() -> bool:
        over, under = above.bounding_box(), table_.bounding_box()
        return bool(over and under and over["y"] + over["height"] <= under["y"])

    acting.expect_so(page, lies_below)
