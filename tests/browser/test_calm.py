"""What the first visit brings over the wire, and that nothing jumps, then or later."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting, table
from tests.browser.conftest import Browse
from tests.browser.people import People
from tests.browser.server import Server
from tests.services.plays.conftest import take
from ttt.music import Period
from ttt.plays import ToldPlay
from ttt.services.person import Person
from ttt.services.top import top_tracks

pytestmark = pytest.mark.new_windows

_MOST_BYTES = 1_800_000
# What a browser calls good is 0.1; a list that one is about to press has to be calmer.
_MOST_SHIFT = 0.05
_SETTLES = 700  # milliseconds, in which a late figure would still push
_PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
_TABLET = {"viewport": {"width": 768, "height": 1024}, "has_touch": True}
_DESK = {"viewport": {"width": 1440, "height": 900}}
_WATCH = """window.shifts = []; window.moved = [];
const name = node => node && (node.className || node.nodeName)
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) {
    window.shifts.push(entry.value);
    for (const { node, previousRect: from, currentRect: to } of entry.sources)
      window.moved.push(`${name(node)} ${from.y} to ${to.y}, ${to.height} high`);
  }
}).observe({ type: "layout-shift", buffered: true });"""


# Whether what stands under the river is seen, with it and without it.
_WITHOUT_THE_RIVER = """() => {
  const under = document.querySelector(".st-key-stretch-dates")
  const before = getComputedStyle(under).visibility
  document.querySelector(".ttt-figure").closest("[data-testid=stHtml]").remove()
  return [before, getComputedStyle(under).visibility]
}"""


def shifted(page: Page) -> float:
    """How much has moved since this was asked last, as browsers count it."""
    acting.drawn(page)
    page.wait_for_timeout(_SETTLES)
    return float(page.evaluate("window.shifts.splice(0).reduce((sum, one) => sum + one, 0)"))


@contextmanager
def calm(page: Page, what: str) -> Iterator[None]:
    """Nothing moves by what is done here; whatever was done before has been looked at."""
    yield
    assert (what, shifted(page)) < (what, _MOST_SHIFT)


def bytes_of(page: Page, path: str) -> int:
    """What a page brings over the wire, with heads, when it is opened."""
    session, sizes = page.context.new_cdp_session(page), []
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    page.goto(path)
    expect(page.locator("[data-track]").first).to_be_visible()
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    return int(sum(sizes))


@pytest.fixture
def cookie(people: People, person: Person) -> str:
    """The session of somebody who has top tracks and plays."""
    people.refresh(person)
    people.hear(person)
    return people.session(person)


def test_what_is_said_under_the_river_is_not_seen_before_it(
    browse: Browse, server: Server, people: People, person: Person, cookie: str
) -> None:
    known = top_tracks.read(people.context, person)[Period.SHORT_TERM].rows
    now = int(people.context.now().timestamp())
    told = [
        ToldPlay(now - n * 30_000, row.title, row.artists, ms=240_000, spotify_id=row.uri[-22:])
        for n, row in enumerate(known * 10)
    ]
    take(people.context, person.id, told)
    page = browse(server, cookie, **_TABLET)
    page.goto("/mood")
    acting.drawn(page)
    expect(page.get_by_text("to see and use what you heard then")).to_be_visible()
    assert page.evaluate(_WITHOUT_THE_RIVER) == ["visible", "hidden"]


def test_what_a_browser_has_it_is_not_sent_again(
    browse: Browse, server: Server, cookie: str
) -> None:
    page = browse(server, cookie)
    for _ in range(2):
        page.goto("/top-tracks")
        acting.drawn(page)
    sent = page.evaluate(
        "performance.getEntriesByType('resource').map(one => [one.name, one.transferSize])"
    )
    files = [(name, size) for name, size in sent if name.endswith((".js", ".css", ".woff2"))]
    assert len(files) > 50
    assert [file for file in files if file[1]] == []


def test_a_wait_that_has_ended_leaves_no_gap(
    browse: Browse, server: Server, people: People, person: Person
) -> None:
    people.connect(person)
    page = browse(server, people.session(person), **_DESK)
    page.goto("/top-tracks")
    first = page.locator("[data-track]").first
    expect(first).to_be_visible()
    acting.drawn(page)
    asked = first.bounding_box()
    page.reload()
    expect(first).to_be_visible()
    acting.drawn(page)
    assert first.bounding_box() == asked


def test_the_first_load_is_small_and_neither_it_nor_what_people_do_makes_the_page_jump(
    browse: Browse, server: Server, cookie: str
) -> None:
    page = browse(server, cookie, **_DESK)
    page.add_init_script(_WATCH)
    assert 1_000_000 < bytes_of(page, "/top-tracks") <= _MOST_BYTES
    assert shifted(page) < _MOST_SHIFT

    with calm(page, "tick"):
        table.select(page, 1, 2)
    with calm(page, "add"):
        acting.press(page, "Add to trending")
    with calm(page, "undo"):
        acting.press(page, "Undo")
    with calm(page, "filter"):
        acting.popover(page, "Genre")
        acting.choose(page, "Genres", "rock", exact=True)
    with calm(page, "clear"):
        page.keyboard.press("Escape")
        page.get_by_text("Clear", exact=True).click()
        table.expect_rows(page, 50)
    with calm(page, "another period"):
        page.get_by_role("radio", name="Last 6 months").click()
        expect(page.get_by_role("radio", name="Last 6 months")).to_be_checked()


@pytest.mark.parametrize(
    ("size", "paths"),
    [
        (_DESK, ("/trending", "/listening", "/mood", "/my-charts", "/discoveries", "/imports")),
        (_TABLET, ("/top-tracks", "/trending", "/builder", "/imports", "/recap", "/mood")),
        (_PHONE, ("/", "/top-tracks", "/listening", "/builder", "/imports", "/recap", "/discover")),
    ],
    ids=["desk", "tablet", "phone"],
)
def test_no_page_jumps_while_it_is_loaded_however_slowly_its_parts_come(
    browse: Browse, server: Server, cookie: str, size: dict[str, object], paths: tuple[str, ...]
) -> None:
    page = browse(server, cookie, **size)
    page.add_init_script(_WATCH)
    page.add_init_script(acting.SLOWLY)
    found = {}
    for path in paths:
        page.goto(path)
        shift = shifted(page)
        if shift >= _MOST_SHIFT:
            found[path] = shift, page.evaluate("window.moved")
    assert not found, found


@pytest.mark.parametrize("size", [_DESK, _PHONE], ids=["desk", "phone"])
def test_no_page_jumps_however_late_the_server_answers(
    browse: Browse, server: Server, cookie: str, size: dict[str, object]
) -> None:
    page = browse(server, cookie, **size)
    page.add_init_script(_WATCH)
    page.add_init_script(acting.LATE)
    page.goto("/my-charts")
    expect(page.get_by_text("One moment …")).to_be_visible()
    page.evaluate("window.goOn = true")
    assert shifted(page) < _MOST_SHIFT
