"""The ranked list as people use it: by mouse, by keyboard, on a phone."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import acting, table
from tests.browser.conftest import Browse
from tests.browser.people import People
from tests.browser.server import Server
from tests.services.plays.conftest import take
from ttt.music import Period
from ttt.plays import ToldPlay
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.top import top_tracks
from ttt.settings import PROJECT
from ttt.store.spotify import snapshots

pytestmark = pytest.mark.without_charts

FIRST_SCREEN = 500  # pixels
TITLE_IN_ROW = 24  # pixels from its top
SHIFTS = """
window.shifted = 0;
new PerformanceObserver(seen => seen.getEntries().forEach(entry => {
  window.shifted += entry.value;
})).observe({type: 'layout-shift', buffered: true});
"""
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "user_agent": "Mozilla/5.0 (Android 16) Mobile",
}


@pytest.fixture(autouse=True)
def titles(people: People, person: Person) -> list[str]:
    """Titles of the person's last four weeks."""
    return people.refresh(person)


def rows(page: Page) -> Locator:
    return page.locator("[data-track]")


def focused(page: Page) -> str:
    """The track whose row has the focus, within the list's own tree."""
    return str(
        page.evaluate(
            """() => {
              let at = document.activeElement;
              while (at && at.shadowRoot) at = at.shadowRoot.activeElement;
              return at ? at.closest('[data-track]')?.dataset.track ?? '' : '';
            }"""
        )
    )


def saved(people: People, person: Person) -> list[str]:
    return [row.uri for row in entries.listed(people.context, person)]


@pytest.mark.parametrize("path", ["/top-tracks", "/trending"])
# A laptop, a phone, and the laptop of somebody who has all twice as large.
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844), (720, 450)])
def test_the_first_row_is_on_the_first_screen_and_says_which_track_it_is(
    page: Page, people: People, person: Person, path: str, width: int, height: int
) -> None:
    first = top_tracks.read(people.context, person)[Period.SHORT_TERM].rows[:14]
    entries.add_uris(people.context, person, [row.uri for row in first])
    page.set_viewport_size({"width": width, "height": height})
    page.goto(path)
    expect(rows(page)).to_have_count(50 if path == "/top-tracks" else 14)
    acting.settled(page)
    box = rows(page).first.bounding_box()
    assert box is not None
    assert box["y"] < FIRST_SCREEN
    assert box["y"] + TITLE_IN_ROW < height
    assert str(rows(page).first.get_attribute("data-track")).startswith("spotify:track:")


def test_on_a_phone_rows_are_cards_and_nothing_is_broader_than_the_screen(
    browse: Browse, server: Server, people: People, person: Person
) -> None:
    page = browse(server, people.session(person), **PHONE)
    page.goto("/top-tracks")
    expect(rows(page)).to_have_count(50)
    acting.settled(page)
    box = rows(page).first.bounding_box()
    assert box is not None
    assert box["height"] >= 80
    rows(page).nth(2).click(position={"x": 80, "y": 20})
    expect(page.get_by_text("1 chosen")).to_be_visible()
    acting.settled(page)
    main = page.get_by_test_id("stMain")
    assert main.evaluate("main => main.scrollWidth - main.clientWidth") == 0


@pytest.mark.new_windows
def test_a_tick_is_there_at_once_and_the_bar_moves_nothing(page: Page) -> None:
    page.add_init_script(SHIFTS)
    page.goto("/top-tracks")
    expect(rows(page)).to_have_count(50)
    acting.drawn(page)
    page.evaluate("window.shifted = 0")
    rows(page).nth(1).click(position={"x": 17, "y": 28})
    assert rows(page).nth(1).get_attribute("aria-selected") == "true"
    expect(page.get_by_text("1 chosen")).to_be_visible()
    rows(page).nth(3).click(position={"x": 17, "y": 28}, modifiers=["Shift"])
    expect(page.get_by_text("3 chosen")).to_be_visible()
    acting.press(page, "Choose none")
    expect(rows(page).and_(page.locator("[aria-selected=true]"))).to_have_count(0)
    assert page.evaluate("window.shifted") < 0.05


def test_the_list_is_used_by_keyboard_alone(page: Page, people: People, person: Person) -> None:
    page.goto("/top-tracks")
    expect(rows(page)).to_have_count(50)
    acting.settled(page)
    keys = [str(row.get_attribute("data-track")) for row in rows(page).all()[:3]]
    rows(page).first.focus()
    page.keyboard.press("ArrowDown")
    assert focused(page) == keys[1]
    page.keyboard.press("Space")
    expect(page.get_by_text("1 chosen")).to_be_visible()
    acting.settled(page)
    assert focused(page) == keys[1]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(rows(page).nth(2).get_by_role("status")).to_have_text("Added to Trending")
    assert saved(people, person) == [keys[2]]
    acting.settled(page)
    page.keyboard.press("Home")
    assert focused(page) == keys[0]
    page.keyboard.press("End")
    assert focused(page) not in keys


def test_tab_comes_back_to_the_row_in_which_one_was(page: Page) -> None:
    page.goto("/top-tracks")
    expect(rows(page)).to_have_count(50)
    acting.settled(page)
    row = rows(page).nth(3)
    row.get_by_role("button", name="Trending:").focus()
    expect(rows(page).and_(page.locator("[tabindex='0']"))).to_have_count(1)
    page.keyboard.press("Shift+Tab")
    assert focused(page) == row.get_attribute("data-track")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert focused(page) == row.get_attribute("data-track")


def test_who_takes_the_last_row_away_goes_on_at_the_one_that_is_last_then(
    page: Page, people: People, person: Person
) -> None:
    first = top_tracks.read(people.context, person)[Period.SHORT_TERM].rows[:3]
    entries.add_uris(people.context, person, [row.uri for row in first])
    page.goto("/trending")
    expect(rows(page)).to_have_count(3)
    acting.settled(page)
    last = rows(page).nth(1).get_attribute("data-track")
    rows(page).nth(2).focus()
    page.keyboard.press("Enter")
    expect(rows(page)).to_have_count(2)
    acting.settled(page)
    assert focused(page) == last
    expect(rows(page).and_(page.locator("[tabindex='0']"))).to_have_count(1)


@pytest.mark.new_windows
def test_a_plus_adds_says_so_in_its_row_and_is_undone_there(
    page: Page, people: People, person: Person, titles: list[str]
) -> None:
    page.add_init_script(SHIFTS)
    page.goto("/top-tracks")
    expect(rows(page)).to_have_count(50)
    acting.drawn(page)
    page.evaluate("window.shifted = 0")
    row = rows(page).nth(4)
    row.get_by_role("button", name="Trending:", pressed=False).click()
    expect(row.get_by_role("status")).to_have_text("Added to Trending")
    assert saved(people, person) == [row.get_attribute("data-track")]
    acting.settled(page)
    row.get_by_role("button", name="Undo").click()
    expect(row.get_by_role("button", name="Trending:", pressed=False)).to_be_visible()
    assert saved(people, person) == []
    assert page.evaluate("window.shifted") < 0.05


def test_the_bar_stays_in_view_while_the_list_scrolls(page: Page) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/top-tracks")
    table.select(page, 1)
    add = page.get_by_role("button", name="Add to trending")
    expect(add).to_be_visible()
    rows(page).nth(40).scroll_into_view_if_needed()

    def is_at_the_top() -> bool:
        box = add.bounding_box()
        return box is not None and 0 <= box["y"] < 60

    acting.expect_so(page, is_at_the_top)


def test_what_is_chosen_survives_a_reload_another_page_and_the_way_back(
    page: Page, people: People, person: Person
) -> None:
    page.goto("/top-tracks")
    expect(rows(page)).to_have_count(50)
    page.get_by_role("radio", name="Last year").click()
    acting.popover(page, "Filter")
    acting.choose(page, "Filter by", "Title", exact=True)
    page.get_by_label("Title has").fill("the")
    page.keyboard.press("Enter")
    # What is open hides all but itself from screen readers.
    page.keyboard.press("Escape")
    chip = page.get_by_role("radio", name="Title: the")
    expect(chip).to_be_visible()
    year = top_tracks.read(people.context, person)[Period.LONG_TERM].rows
    count = sum("the" in (row.title or "").casefold() for row in year)
    assert 0 < count < 50
    expect(rows(page)).to_have_count(count)
    page.reload()
    expect(chip).to_be_visible()
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", name="Hello")).to_be_visible()
    page.get_by_role("link", name="Top tracks", exact=True).click()
    expect(chip).to_be_visible()
    expect(rows(page)).to_have_count(count)
    expect(page.get_by_role("radio", name="Last year")).to_be_checked()
    page.get_by_role("radio", name="Last 4 weeks").click()
    acting.settled(page)
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", name="Hello")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("radio", name="Last 4 weeks")).to_be_checked()
    page.go_back()
    expect(page.get_by_role("radio", name="Last year")).to_be_checked()
    expect(chip).to_be_visible()
    expect(rows(page)).to_have_count(count)
    chip.click()
    expect(chip).to_have_count(0)
    expect(rows(page)).to_have_count(50)


def test_plays_stand_in_the_row_and_the_line_of_places_is_told_in_words(
    page: Page, people: People, person: Person
) -> None:
    first = top_tracks.read(people.context, person)[Period.SHORT_TERM].rows[0]
    at, known = int(people.context.now().timestamp()), first.uri.rpartition(":")[2]
    told = [
        ToldPlay(at - n * 900, "Song", ("A",), ms=150_000, spotify_id=known) for n in range(1, 4)
    ]
    take(people.context, person.id, told)
    with people.context.session() as session:
        now = people.context.now()
        (newest,) = snapshots.latest(session, person.id, Period.SHORT_TERM, 1, now)
        places = snapshots.places(session, newest)[::-1]
        yesterday = now - timedelta(days=1)
        snapshots.add(session, person.id, Period.SHORT_TERM, yesterday, places)
        session.commit()
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/top-tracks")

    row = rows(page).first
    expect(row.locator('[data-column="Plays"]')).to_have_text("38 min")
    expect(row.get_by_text(f"from {len(places)} to 1, best 1")).to_be_attached()
    expect(page.get_by_text("Plays and minutes: yours of")).to_be_attached()


def test_who_asks_for_more_rows_goes_on_where_they_were_at_an_end(
    page: Page, people: People, person: Person
) -> None:
    known = (PROJECT / "data" / "catalogue.csv").read_text().splitlines()[1:221]
    entries.add_uris(people.context, person, [line.partition(",")[0] for line in known])
    page.goto("/trending")
    for shown, after in ((50, 100), (100, 200), (200, 220)):
        more = page.get_by_role("button", name="Show more")
        expect(more).to_have_text(f"Show more ({220 - shown} left)")
        acting.settled(page)
        more.focus()
        page.keyboard.press("Enter")
        expect(rows(page)).to_have_count(after)
        assert focused(page) == rows(page).nth(shown).get_attribute("data-track")
    expect(more).to_have_count(0)
