"""Whatever can be pressed lies in the window and under nothing, from the smallest phone on."""

from collections.abc import Sequence

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting, table
from tests.browser.people import People
from ttt.music import Period
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.plays.deriving import deriving
from ttt.services.recorders import recording
from ttt.services.top import top_tracks

pytestmark = pytest.mark.without_charts

# The smallest phone, the commonest, and both sides of where pages change: cards become rows, the
# sidebar comes, charts stand beside a list.
WIDTHS = (320, 360, 640, 641, 700, 769, 800, 900, 1100, 1279, 1280)
# Where the buttons over a list lose their names, beside charts.
BESIDE = (1419, 1420, 1440)
PAGES = (
    *("/", "/top-tracks", "/trending", "/discover", "/builder", "/listening", "/mood"),
    *("/my-charts", "/discoveries", "/recap", "/imports", "/spotify", "/account?section=Data"),
)
BARS = ("/top-tracks", "/trending", "/discover", "/builder")
# Of whatever is seen: what is hidden has no size.
_OUTSIDE = """() => [...document.querySelectorAll(
  ":is([data-testid=stMain], [data-testid=stHeader]) :is(button, a, input)")]
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.right > innerWidth + 1 || box.left < -1))
  .map(([one]) => one.innerText || one.ariaLabel || one.tagName)"""
# Of whatever is seen at once: what lies over its middle, but for a sidebar that was left open. A
# click goes through the header, a look only where that has no ground.
_COVERED = """() => {
  const header = document.querySelector("[data-testid=stHeader]")
  const clear = getComputedStyle(header).backgroundColor.endsWith(", 0)")
  const head = clear ? 0 : header.getBoundingClientRect().bottom
  const over = (one, { x, y, width, height }) => {
    const top = y < head ? header : document.elementFromPoint(x + width / 2, y + height / 2)
    const own = one.contains(top) || top.contains(one) || one.closest("label")?.contains(top)
    return own || top.closest("[data-testid=stSidebar]") ? null : top
  }
  return [...document.querySelectorAll("[data-testid=stMain] :is(button, input)")]
    .map(one => [one, one.getBoundingClientRect()])
    .filter(([one, { width, top, bottom }]) => width > 1 && top >= 0 && bottom <= innerHeight
      && one.checkVisibility({ visibilityProperty: true }))
    .map(([one, box]) => [one.innerText || one.ariaLabel, over(one, box)?.outerHTML.slice(0, 100)])
    .filter(([, found]) => found)
}"""
# Words of a number that run into those of its neighbour.
_RUN_OVER = """() => document.fonts.ready.then(() =>
  [...document.querySelectorAll("[data-testid=stMain] .ttt-numbers > div")]
    .filter(one => one.scrollWidth > one.clientWidth + 1)
    .map(one => one.innerText))"""
_TITLE_IS_CLEAR = """() => document.querySelector("h1").getBoundingClientRect().top
  >= document.querySelector("[data-testid=stHeader]").getBoundingClientRect().bottom"""
# What is over a list and reaches past it, to what stands beside it.
_PAST_ITS_BAR = """() => [...document.querySelectorAll("[class*=st-key-bar-]")].flatMap(bar =>
  [...bar.querySelectorAll("button, .ttt-count")]
    .filter(one => one.getBoundingClientRect().right > bar.getBoundingClientRect().right + 1)
    .map(one => one.innerText))"""
_SIDEWAYS = """() => {
  const main = document.querySelector("[data-testid=stMain]")
  return main.scrollWidth - main.clientWidth
}"""


@pytest.fixture(autouse=True)
def full(people: People, person: Person, heard: None) -> None:
    """Somebody who has top tracks, plays and saved tracks."""
    people.refresh(person)
    entries.add(people.context, person, ["0HqZX76SFLDz2aW8aiqi7G", "4zN21mbAuaD0WqtmaTZZeP"])


# How far the first chart begins from the foot of the list above it, to the right and down.
_FIRST_CHART = """() => {
  const all = document.querySelector("[class*=st-key-listed-]").getBoundingClientRect()
  const first = document.querySelector("[data-chart='Mood map']").getBoundingClientRect()
  return [first.left - all.left, first.top - all.bottom].map(Math.round)
}"""


# The largest hole below a chart or the list and before the next chart, or the foot of what stands
# beside it; and how far the last of all lies over what comes below.
_HOLES = """() => {
  const charts = where => [...document.querySelectorAll(`${where} .ttt-chart`)]
  const list = document.querySelector("[class*=st-key-listed-]")
  const aside = charts(".st-key-aside"), below = charts("[class*=st-key-below-]")
  const parts = innerWidth < 1280 ? [[...aside, ...below]] : [[list, ...aside], below]
  const boxes = part => part.map(one => one.getBoundingClientRect()).sort((a, b) => a.top - b.top)
  const foot = part => Math.max(...boxes(part).map(box => box.bottom))
  const holes = part => boxes(part).map(({ left, right, bottom }) => {
    const next = boxes(part).find(box => box.top >= bottom && box.left < right && box.right > left)
    return (next?.top ?? foot(part)) - bottom
  })
  const end = document.querySelector("details").getBoundingClientRect().top
  const over = foot(parts.flat()) - end
  return [Math.max(...parts.flatMap(holes)), over].map(Math.round)
}"""


@pytest.mark.parametrize("width", [1024, 1280, 1440])
def test_charts_leave_no_hole_beside_a_list_of_any_length(
    page: Page, people: People, person: Person, width: int
) -> None:
    tops = top_tracks.read(people.context, person).values()
    uris = list(dict.fromkeys(row.uri for top in tops for row in top.rows))[:50]
    page.set_viewport_size({"width": width, "height": 900})
    for rows in (3, 8, 12, 18, 25, 50):
        entries.remove(people.context, person, None)
        entries.add_uris(people.context, person, uris[:rows])
        page.goto("/trending")
        table.expect_rows(page, rows)
        acting.settled(page)
        hole, over = page.evaluate(_HOLES)
        assert (rows, hole < 160, over < 0) == (rows, True, True), (hole, over)


@pytest.mark.parametrize(("path", "width"), [("/top-tracks", 900), ("/trending", 1440)])
def test_charts_in_a_grid_leave_no_hole_before_the_first(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(path)
    acting.settled(page)
    right, down = page.evaluate(_FIRST_CHART)
    assert (right, 0 <= down <= 32) == (0, True), down


# Whether something is seen, now that the list is there, and as if it were not there yet.
_SEEN_BELOW = """below => {
  const list = document.querySelector("[class*=st-key-listed-] [data-filled]")
  const seen = () => getComputedStyle(document.querySelector(below)).visibility
  const then = seen()
  list.removeAttribute("data-filled")
  const before = seen()
  list.dataset.filled = ""
  return [then, before]
}"""


def test_what_a_list_of_few_rows_would_push_down_is_not_seen_before_it(page: Page) -> None:
    page.goto("/trending")
    for width, below in ((1440, "[class*=st-key-below-]"), (390, "[class*=st-key-download]")):
        page.set_viewport_size({"width": width, "height": 900})
        acting.settled(page)
        expect(page.locator("[data-track]").first).to_be_visible()
        assert (width, *page.evaluate(_SEEN_BELOW, below)) == (width, "visible", "hidden")


_ROWS = """() => new Set([...document.querySelectorAll(".st-key-choices button")]
  .map(one => one.getBoundingClientRect())
  .filter(box => box.width)
  .map(box => Math.round(box.top + box.height / 2))).size"""


def test_what_is_chosen_of_a_list_stands_in_one_row_beside_the_sidebar(page: Page) -> None:
    page.goto("/trending")
    for width in (769, 800, 900, 901, 1023, 1279):
        page.set_viewport_size({"width": width, "height": 900})
        acting.settled(page)
        assert (width, page.evaluate(_ROWS)) == (width, 1)


def expect_all_inside(page: Page, what: str, widths: Sequence[int] = WIDTHS) -> None:
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        acting.settled(page)
        asked = (_OUTSIDE, _COVERED, _RUN_OVER, _PAST_ITS_BAR, _SIDEWAYS)
        found = [page.evaluate(each) for each in asked]
        assert (what, width, *found) == (what, width, [], [], [], [], 0)


def test_all_of_each_page_lies_within_every_width(page: Page) -> None:
    for path in PAGES:
        page.goto(path)
        expect_all_inside(page, path)


def test_a_number_that_is_a_guess_keeps_within_its_place(
    page: Page, people: People, person: Person
) -> None:
    # Spotify's own list tells no minutes.
    recording.look(people.context, recording.of(people.context, person), at_once=True)
    deriving.derive(people.context, person.id)
    page.goto("/")
    expect(page.locator(".ttt-numbers .about")).to_have_count(1)
    expect_all_inside(page, "/ with a guess", (360, 390, 641, 900, 1101, 1280))


def test_a_page_begins_below_the_header_when_the_sidebar_is_folded(page: Page) -> None:
    page.set_viewport_size({"width": 1000, "height": 900})
    page.goto("/top-tracks")
    acting.settled(page)
    page.get_by_test_id("stSidebarHeader").hover()
    page.get_by_test_id("stSidebarCollapseButton").locator("button").click()
    expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()
    acting.expect_so(page, lambda: page.evaluate(_TITLE_IS_CLEAR))
    assert page.evaluate(_COVERED) == []


def test_what_can_be_done_with_ticked_rows_lies_within_every_width(page: Page) -> None:
    for path in BARS:
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(path)
        table.select(page, 1, 2)
        expect(page.locator("[class*=st-key-bar-chosen]").first).to_be_visible()
        expect_all_inside(page, f"{path}, two ticked", (*WIDTHS, *BESIDE))


@pytest.mark.parametrize(
    ("path", "act", "said"),
    [
        ("/top-tracks", "Add to trending", "1 added · 1 already in your list"),
        ("/trending", "Remove", "Removed 1 track."),
    ],
)
def test_what_became_of_rows_is_said_within_every_width(
    page: Page, people: People, person: Person, path: str, act: str, said: str
) -> None:
    first = top_tracks.read(people.context, person)[Period.SHORT_TERM].rows[0]
    entries.add(people.context, person, [first.uri])
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(path)
    table.select(page, *((1, 2) if "added" in said else (1,)))
    acting.press(page, act)
    expect(page.get_by_text(said)).to_be_visible()
    expect_all_inside(page, f"{path}, {said}", (641, 900, 1100, 1279, 1280, *BESIDE))


def test_on_paper_stands_what_is_shown_and_nothing_that_leads_elsewhere(page: Page) -> None:
    page.goto("/listening")
    acting.settled(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.get_by_role("button", name="Table", exact=True)).to_be_hidden()
    expect(page.get_by_role("heading", name="Top tracks")).to_be_visible()
    assert page.evaluate(_SIDEWAYS) == 0
