"""What whoever has just started the app does first, in a browser."""

from playwright.sync_api import Page, expect

from tests.browser import acting, table
from tests.browser.people import PASSWORD


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Fill in the form that every page shows to strangers."""
    acting.fill(page.get_by_label("Username"), username)
    page.get_by_label("Password", exact=True).fill(password)
    acting.press(page, "Sign in")


def enter(page: Page, password: str) -> None:
    """Come in as the first admin, with the password that the console showed."""
    page.goto("/")
    sign_in(page, "admin", password)
    expect(page.get_by_role("heading", name="Hello, Admin")).to_be_visible()
    expect(page.get_by_role("link", name="Admin")).to_be_visible()


def connect(page: Page) -> None:
    """Connect the demo, as one of its listeners."""
    page.goto("/spotify")
    acting.press(page, "Connect Spotify")
    expect(page.get_by_role("heading", name="Connect Top Track Tracker?")).to_be_visible()
    page.get_by_role("button", name="Agree").click()
    expect(page.get_by_text("Spotify is connected.")).to_be_visible()


def look_at_top_tracks(page: Page) -> None:
    """See the lists that are kept, with their charts."""
    page.goto("/top-tracks")
    table.expect_rows(page, 50)
    acting.drawn(page)
    expect(page.get_by_role("heading", name="Mood map", exact=True)).to_be_visible()


def save_the_first(page: Page) -> None:
    """Put the first track on the trending list, and see it there."""
    table.select(page, 1)
    acting.press(page, "Add to trending")
    expect(page.get_by_text("1 added")).to_be_visible()
    see_what_is_saved(page)


def see_what_is_saved(page: Page) -> None:
    """Find the one track on the trending list."""
    page.get_by_role("link", name="Trending").click()
    table.expect_rows(page, 1)


def leave(page: Page) -> None:
    """Sign out."""
    acting.press(page, "Sign out")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
