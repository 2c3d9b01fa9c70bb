"""The main job by keyboard alone: from the sign-in form to a playlist, without a mouse."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import acting, table
from tests.browser.conftest import Browse
from tests.browser.people import PASSWORD, People
from tests.browser.server import Server
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.playlists import playlists

_MOST = 60
# In a list of rows the focus lies within its own tree; a popover lies outside of the page's.
_HAS_FOCUS = """at => {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return at === focused || at.contains(focused);
}"""


def reach(page: Page, what: Locator, most: int = _MOST) -> None:
    """Press Tab until something has the focus."""
    expect(what).to_be_visible()
    if page.get_by_test_id("stApp").count():  # Spotify's own page has nothing to wait for
        acting.settled(page)
    for _ in range(most):
        if what.evaluate(_HAS_FOCUS):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{most} times Tab do not reach {what}.")


def press(page: Page, what: Locator, key: str = "Enter", most: int = _MOST) -> None:
    """Go to something by Tab and press a key there."""
    reach(page, what, most)
    page.keyboard.press(key)


def sign_in(page: Page, person: Person) -> None:
    page.goto("/")
    reach(page, page.get_by_label("Username"), 5)
    page.keyboard.type(person.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hello")).to_be_visible()


def connect(page: Page) -> None:
    press(page, page.get_by_role("button", name="Connect Spotify"))
    press(page, page.get_by_role("button", name="Agree"))
    table.expect_rows(page, 50)


def narrow_to_a_genre(page: Page) -> None:
    """What opens takes the focus, its first field is a Tab away, and Escape leads back."""
    by = page.get_by_role("button", name="Genre", exact=True)
    press(page, by)
    expect(page.get_by_role("dialog", name="Genre")).to_be_focused()
    field = page.get_by_role("combobox", name="Genres")
    expect(field).to_be_visible()
    reach(page, field, 2)  # one Tab, and a look at where it led
    page.keyboard.type("metal")
    expect(page.get_by_role("option").first).to_have_text("metal")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("Enter")
    expect(table.grid(page)).not_to_have_attribute("aria-rowcount", "51")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(by).to_be_focused()


def test_from_signing_in_to_a_playlist(
    browse: Browse, server: Server, people: People, person: Person
) -> None:
    page = browse(server)
    sign_in(page, person)
    connect(page)

    reach(page, page.get_by_role("radiogroup", name="Period"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name="Last 6 months")).to_be_checked()
    table.expect_rows(page, 50)

    narrow_to_a_genre(page)
    first = page.locator("[data-track]").first
    press(page, first, "Space")
    expect(page.get_by_text("1 chosen")).to_be_visible()
    uri = first.get_attribute("data-track")
    page.keyboard.press("Shift+Tab")
    press(page, page.get_by_role("button", name="Add to trending"))
    expect(page.get_by_text("1 added")).to_be_visible()
    assert [row.uri for row in entries.listed(people.context, person)] == [uri]

    press(page, page.get_by_role("button", name="Playlist", exact=True))
    press(page, page.get_by_role("button", name="Send to Spotify"), most=8)
    expect(page.get_by_text("is at Spotify, with 1 track")).to_be_visible()
    assert len(playlists.history(people.context, person)) == 1
    page.keyboard.press("Escape")

    press(page, page.get_by_role("link", name="Trending", exact=True))
    table.expect_rows(page, 1)
    press(page, page.locator("[data-track]").first, "Space")
    page.keyboard.press("Shift+Tab")
    press(page, page.get_by_role("button", name="Remove", exact=True))
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    assert entries.listed(people.context, person) == []
    press(page, undo)
    table.expect_rows(page, 1)


_STANDS = """() => {
  let at = document.activeElement;
  while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  const { left, right } = at.getBoundingClientRect();
  return [at.ariaLabel || at.innerText, left >= 0 && right <= innerWidth];
}"""


@pytest.mark.without_charts
def test_on_a_phone_the_keyboard_comes_to_the_sidebar_when_it_is_unfolded_and_only_then(
    browse: Browse, server: Server, people: People, person: Person
) -> None:
    page = browse(server, people.session(person), viewport={"width": 390, "height": 844})
    page.goto("/")
    unfold = page.get_by_role("button", name="Expand sidebar")
    expect(unfold).to_be_visible()
    acting.settled(page)
    for _ in range(12):
        page.keyboard.press("Tab")
        told, inside = page.evaluate(_STANDS)
        assert (told, inside) == (told, True)

    unfold.focus()
    page.keyboard.press("Enter")
    fold = page.get_by_role("button", name="Collapse sidebar")
    expect(fold).to_be_focused()
    page.keyboard.press("Tab")
    home = page.get_by_role("link", name="Home")
    expect(home).to_be_focused()
    expect(home).to_have_css("outline-style", "solid")
    fold.focus()
    page.keyboard.press("Enter")
    expect(unfold).to_be_focused()
