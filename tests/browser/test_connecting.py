import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import acting
from tests.browser.people import People
from ttt.demo.listeners import LISTENERS
from ttt.music import Period
from ttt.services.person import Person
from ttt.services.spotify import spotify
from ttt.services.top import top_tracks

pytestmark = pytest.mark.without_charts


def start(page: Page) -> None:
    """Go to the demo's consent page."""
    page.goto("/spotify")
    acting.press(page, "Connect Spotify")
    expect(page.get_by_role("heading", name="Connect Top Track Tracker?")).to_be_visible()


def test_agree_connects_and_the_page_says_whom(page: Page, people: People, person: Person) -> None:
    start(page)
    page.get_by_label("Chiara").check()
    page.get_by_role("button", name="Agree").click()
    expect(page.get_by_text("Spotify is connected.")).to_be_visible()
    expect(page.get_by_role("heading", name="Top tracks")).to_be_visible()
    expect(page.locator("[data-track]")).to_have_count(50)
    expect(page.get_by_text("Demo data")).to_be_visible()
    expect(page).not_to_have_url(re.compile("code="))
    page.get_by_role("link", name="Spotify", exact=True).click()
    expect(page.get_by_text("Connected as Chiara")).to_be_visible()
    assert spotify.connection(people.context, person) is not None


# How many seconds pass before what is waited for is said.
_SAID_AFTER = "sign => parseFloat(getComputedStyle(sign).animationDelay)"


@pytest.mark.parametrize(
    ("path", "words"), [("", "Connecting Spotify …"), ("/listening", "One moment …")]
)
def test_what_is_waited_for_is_said_before_anything_of_the_page_is_there(
    page: Page, people: People, person: Person, path: str, words: str
) -> None:
    held: list[Route] = []
    released: list[bool] = []

    def hold(route: Route) -> None:
        if released:
            route.continue_()
        else:
            held.append(route)

    page.route("**/static/js/*.js", hold)
    page.goto(path or people.agree(person), wait_until="commit")
    sign = page.get_by_role("status").filter(has_text=words)
    expect(sign).to_be_visible()
    assert sign.evaluate(_SAID_AFTER) < 0.2
    expect(page.locator("h1")).to_have_count(0)
    released.append(True)
    for each in held:
        each.continue_()
    expect(page.locator("h1")).to_be_visible()
    expect(sign).to_have_count(0)


@pytest.mark.parametrize("listener", [listener.name for listener in LISTENERS])
def test_the_consent_page_offers_every_listener(page: Page, listener: str) -> None:
    start(page)
    expect(page.get_by_label(listener)).to_be_visible()


def test_cancel_says_so_and_stores_nothing(page: Page, people: People, person: Person) -> None:
    start(page)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("You pressed Cancel on Spotify's page")).to_be_visible()
    expect(page.get_by_role("button", name="Connect Spotify")).to_be_visible()
    assert spotify.connection(people.context, person) is None


def test_an_answer_of_spotify_is_good_once(page: Page, people: People, person: Person) -> None:
    start(page)
    with page.expect_request(lambda request: "/spotify?" in request.url) as answer:
        page.get_by_role("button", name="Agree").click()
    expect(page.get_by_text("Spotify is connected.")).to_be_visible()
    page.goto(answer.value.url)
    expect(page.get_by_text("This answer of Spotify's has been used already.")).to_be_visible()
    expect(page.get_by_text("Connected as Ada")).to_be_visible()


def test_another_person_cannot_use_the_answer(page: Page, people: People, person: Person) -> None:
    page.goto(people.agree(people.add()))
    expect(page.get_by_text("This connection was started by somebody else")).to_be_visible()
    assert spotify.connection(people.context, person) is None


def test_refresh_asks_again_and_says_when(page: Page, people: People, person: Person) -> None:
    people.connect(person)
    page.goto("/top-tracks")
    expect(page.get_by_text("50 tracks · refreshed")).to_be_visible()
    before = {top.taken_at for top in top_tracks.read(people.context, person).values()}
    acting.press(page, "Refresh")
    expect(page.get_by_text("moves since")).to_be_visible()
    after = {top.taken_at for top in top_tracks.read(people.context, person).values()}
    assert len(after) == len(Period)
    assert after.isdisjoint(before)


def test_disconnect_forgets_the_lists_and_offers_to_connect_again(
    page: Page, people: People, person: Person
) -> None:
    people.refresh(person)
    page.goto("/spotify")
    acting.popover(page, "Disconnect")
    acting.press(page, "Yes, disconnect")
    expect(page.get_by_role("button", name="Connect Spotify")).to_be_visible()
    assert spotify.connection(people.context, person) is None
    page.goto("/top-tracks")
    expect(page.get_by_text("Connect Spotify to see what you play most.")).to_be_visible()
