"""Figures in a real browser that were drawn before: who comes back to a page finds them."""

from contextlib import suppress

import pytest
from playwright.sync_api import Locator, Page, Route, TimeoutError, expect

from tests.browser import acting
from tests.browser.conftest import Browse
from tests.browser.people import People
from tests.browser.server import Server
from ttt.services.person import Person

# Notes the title of each figure that is drawn.
_DRAWN = """() => {
  const { newPlot } = window.Plotly
  window.drawn = []
  window.Plotly.newPlot = (place, ...figure) => {
    window.drawn.push(place.dataset.title)
    return newPlot(place, ...figure)
  }
}"""

# Notes the title of each figure that is given another size.
_FITTED = """() => {
  const { resize } = window.Plotly.Plots
  window.fitted = []
  window.Plotly.Plots.resize = place => {
    window.fitted.push(place.dataset.title)
    return resize(place)
  }
}"""

# Notes what of a list and of figures comes first.
_FIRST = """(() => {
  window.came = []
  const look = () => {
    const lists = document.querySelectorAll("[data-testid=stBidiComponentIsolated]")
    const row = [...lists].some(list => list.shadowRoot?.querySelector("[data-track]"))
    if (row && !came.includes("a row")) came.push("a row")
    if (window.Plotly && !came.includes("figures")) came.push("figures")
    if (came.length < 2) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()"""


def test_a_list_that_comes_late_is_read_before_figures_are_drawn(
    browse: Browse, server: Server, people: People, person: Person
) -> None:
    people.refresh(person)
    page = browse(server, people.session(person))
    page.add_init_script(_FIRST)
    page.route("**/BidiComponent.*.js", _late)
    page.goto("/top-tracks")
    page.wait_for_function("() => window.came.length === 2")
    assert page.evaluate("window.came") == ["a row", "figures"]


def _late(route: Route) -> None:
    """Answer when figures would have been drawn long since."""
    page = route.request.frame.page
    expect(page.locator(".ttt-figure").first).to_be_attached()
    with suppress(TimeoutError):
        page.wait_for_function("() => window.came.length", timeout=2_000)
    route.continue_()


def test_who_comes_back_to_a_page_finds_its_figures_as_they_were(page: Page, heard: None) -> None:
    _seen_once(page)
    _away_and_back(page)
    assert page.evaluate("window.drawn") == []
    _point_at_the_last_mark(page)


@pytest.mark.parametrize(
    "change", ["relayout(e, {'xaxis.range': [1, 2]})", "restyle(e, {visible: 'legendonly'}, [0])"]
)
def test_a_figure_that_was_changed_is_drawn_anew(page: Page, heard: None, change: str) -> None:
    _seen_once(page)
    _figure(page).evaluate(f"e => window.Plotly.{change}")
    _away_and_back(page)
    assert page.evaluate("window.drawn") == ["Over time"]


def test_a_figure_is_read_by_its_name_and_not_by_its_ticks(page: Page, heard: None) -> None:
    _seen_once(page)
    name = "Over time: arrow keys go through its marks"
    read = page.get_by_role("group", name=name).aria_snapshot()
    assert read.strip("- '") == f'group "{name}"'


def test_a_figure_comes_back_without_the_label_that_was_open(page: Page, heard: None) -> None:
    _seen_once(page)
    _away_and_back(page)
    _point_at_the_last_mark(page)
    page.go_forward()
    expect(page.get_by_role("heading", name="Account", level=1)).to_be_visible()
    page.mouse.move(5, 5)
    page.go_back()
    acting.drawn(page)
    expect(_figure(page).locator(".hoverlayer text")).to_have_count(0)


def test_a_figure_comes_back_as_wide_as_the_window_is_by_then(page: Page, heard: None) -> None:
    _seen_once(page)
    page.get_by_role("link", name="Account", exact=True).click()
    page.set_viewport_size({"width": 1000, "height": 720})
    acting.settled(page)
    page.get_by_role("link", name="Listening", exact=True).click()
    acting.drawn(page)
    figure = _figure(page)
    page.wait_for_function(
        "e => Math.abs(e.querySelector('svg').getBoundingClientRect().width - e.offsetWidth) < 2",
        arg=figure.element_handle(),
    )
    assert page.evaluate("window.drawn") == []


def test_a_figure_that_comes_back_is_not_fitted_to_a_list_that_is_still_to_come(
    page: Page, people: People, person: Person
) -> None:
    _open_top_tracks(page, people, person)
    acting.drawn(page)
    page.evaluate(_DRAWN)
    page.evaluate(_FITTED)
    page.get_by_role("link", name="Account", exact=True).click()
    expect(page.locator(".ttt-figure")).to_have_count(0)
    page.get_by_role("link", name="Top tracks", exact=True).click()
    acting.drawn(page)
    assert page.evaluate("[window.drawn, window.fitted]") == [[], []]


def test_charts_without_room_beside_a_list_stand_below_it_without_a_hole(
    page: Page, people: People, person: Person
) -> None:
    _open_top_tracks(page, people, person, "?genre=rock")
    acting.settled(page)
    expect(page.locator(".ranked .row").first).to_be_visible()
    rows = page.locator(".ranked").bounding_box()
    charts = [chart.bounding_box() for chart in page.locator(".ttt-chart").all()]
    assert rows
    below = [box for box in charts if box and box["x"] == rows["x"]]
    beside = [box for box in charts if box and box["y"] < rows["y"] + rows["height"]]
    assert below
    assert 0 <= below[0]["y"] - (rows["y"] + rows["height"]) < 200
    assert all(box["x"] > rows["x"] + rows["width"] for box in beside)
    # They come in the order in which they are read: down beside the list, then down each column.
    places = [(box not in beside, box["x"], box["y"]) for box in charts if box]
    assert places == sorted(places)


def test_charts_grow_with_the_list_beside_them(page: Page, people: People, person: Person) -> None:
    _open_top_tracks(page, people, person, "?genre=rock")
    acting.drawn(page)
    energy = page.locator(".st-key-aside .ttt-figure[data-title=Energy]")
    before = energy.evaluate("place => place.offsetHeight")
    listed = page.locator("[class*='st-key-listed-']").first
    listed.evaluate("list => { list.style.minHeight = `${list.offsetHeight + 400}px` }")
    page.wait_for_function(
        """([place, before]) => {
          const { height } = place.querySelector(".main-svg").getBoundingClientRect()
          return height > before + 20 && Math.abs(height - place.offsetHeight) < 2
        }""",
        arg=[energy.element_handle(), before],
    )


def _open_top_tracks(page: Page, people: People, person: Person, chosen: str = "") -> None:
    people.refresh(person)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"/top-tracks{chosen}")


def _seen_once(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto("/listening?range=all")
    acting.drawn(page)
    page.evaluate(_DRAWN)


def _point_at_the_last_mark(page: Page) -> None:
    _figure(page).locator(".points path").last.hover(force=True)
    expect(_figure(page).locator(".hoverlayer text").first).to_be_visible()


def _away_and_back(page: Page) -> None:
    page.get_by_role("link", name="Account", exact=True).click()
    expect(page.get_by_role("heading", name="Account", level=1)).to_be_visible()
    acting.settled(page)
    page.go_back()
    expect(_figure(page)).to_be_visible()
    acting.drawn(page)


def _figure(page: Page) -> Locator:
    return page.locator(".ttt-figure[data-title='Over time']")
