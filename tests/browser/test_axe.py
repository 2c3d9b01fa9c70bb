"""axe-core finds nothing on any page that keeps people out of it: wide, narrow, dark and light."""

from collections.abc import Iterator
from itertools import product
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import acting
from tests.browser.conftest import Browse
from tests.browser.people import People
from tests.browser.server import Server
from ttt.roles import Role
from ttt.services.lists import entries

Scheme = Literal["light", "dark"]

SIZES = ({"width": 1440, "height": 900}, {"width": 390, "height": 844})
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
PAGES = (
    *("/", "/top-tracks", "/top-tracks?view=table", "/trending", "/discover", "/builder"),
    *("/listening", "/mood", "/my-charts", "/discoveries", "/recap", "/together"),
    *("/imports", "/spotify"),
    *("/artist?name=Band+1", "/account", "/account?section=Sign-in+and+security"),
    *("/account?section=Sources", "/account?section=Data", "/admin", "/admin?section=Server"),
    "/admin?section=Spotify",
)
EMPTY = ("/", "/top-tracks", "/trending", "/listening", "/imports", "/spotify")
_ALL = {"resultTypes": ["violations"]}
# Another scheme has other colours and nothing else.
_COLOURS = {**_ALL, "runOnly": ["color-contrast", "link-in-text-block"]}
# Streamlit puts the groups of its navigation between a list and its items, and names what it says
# is there for its looks alone.
_OF_STREAMLIT = {
    "list": "[data-testid=stSidebarNav]",
    "listitem": "[data-testid=stSidebarNav]",
    "presentation-role-conflict": "[data-testid=stFileUploaderDropzone]",
}
_LIES_IN = "([place, around]) => !!document.querySelector(place)?.closest(around)"
# A colour on its way from one scheme to the other is none of either. Nothing is waited for, as
# what nobody sees may never move.
_FADE = """() => document.getAnimations()
  .filter(one => one.effect.getComputedTiming().endTime < 5000)
  .forEach(one => one.finish())"""


def findings(page: Page, asked: dict[str, Any] = _ALL) -> Iterator[str]:
    """What axe finds that is not Streamlit's own: rule, place and why."""
    answer: dict[str, Any] = Axe().run(page, options=asked).response
    for rule in answer["violations"]:
        for node in rule["nodes"]:
            place = node["target"][0]
            around = _OF_STREAMLIT.get(rule["id"])
            if around is not None and page.evaluate(_LIES_IN, [place, around]):
                continue
            yield f"{rule['id']} at {place}: {node['failureSummary']}"


def expect_nothing(page: Page) -> None:
    """Look at a page in each size and scheme."""
    for size, scheme in product(SIZES, SCHEMES):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        acting.drawn(page)  # the room of a figure scrolls until it is drawn in it
        page.evaluate(_FADE)
        asked = _ALL if scheme == SCHEMES[0] else _COLOURS
        assert [(size["width"], scheme, found) for found in findings(page, asked)] == []


@pytest.fixture(scope="module")
def cookie(people: People) -> str:
    """The session of an admin who has lists, plays and saved tracks."""
    person = people.add(role=Role.ADMIN)
    people.refresh(person)
    people.hear(person)
    entries.add(people.context, person, ["0HqZX76SFLDz2aW8aiqi7G", "4zN21mbAuaD0WqtmaTZZeP"])
    return people.session(person)


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_found_on_a_page_that_is_full(
    browse: Browse, server: Server, cookie: str, path: str
) -> None:
    page = browse(server, cookie)
    page.goto(path)
    expect_nothing(page)


@pytest.mark.parametrize("path", EMPTY)
def test_nothing_is_found_on_a_page_that_is_empty(page: Page, path: str) -> None:
    page.goto(path)
    expect_nothing(page)


def test_nothing_is_found_where_people_sign_in(browse: Browse, server: Server) -> None:
    page = browse(server)
    page.goto("/")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect_nothing(page)
