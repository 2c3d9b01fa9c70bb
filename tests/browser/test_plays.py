"""Listening over time in a real browser: empty, by address and back, from name to name, saved."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting
from tests.browser.conftest import Browse
from tests.browser.people import People
from tests.browser.server import Server
from tests.services.plays.conftest import take
from ttt.music import Period
from ttt.plays import ToldPlay
from ttt.services.person import Person
from ttt.services.top import top_tracks

# What stands in the address, the name of what is chosen by it, and of something else to choose.
CHOSEN = {
    "/listening": ("range=6m", "6 months", "4 weeks"),
    "/mood": ("range=6m", "6 months", "A year"),
    "/mood?measure=tempo": ("by=plays", "Plays", "Minutes"),
    "/my-charts": ("step=month", "Month", "Week"),
    "/discoveries": ("range=6m", "6 months", "A year"),
    "/discoveries?range=1y": ("by=minutes", "Minutes", "Plays"),
    "/recap": ("range=6m", "6 months", "A year"),
    f"/track?id={1:022}": ("by=minutes", "Minutes", "Plays"),
    "/artist?name=Band 1": ("range=6m", "6 months", "4 weeks"),
    f"/album?id={1:022}": ("range=4w", "4 weeks", "All"),
}


# Notes, of each figure that is drawn, which page's heading had been painted by then.
_PAINTED = """() => {
  const { newPlot } = window.Plotly
  let painted
  const frame = () => {
    painted = document.querySelector('h1')?.textContent
    requestAnimationFrame(frame)
  }
  window.painted = []
  window.Plotly.newPlot = (...figure) => {
    window.painted.push(painted)
    return newPlot(...figure)
  }
  requestAnimationFrame(frame)
}"""


# Marks that lie under the sign, a heat map for all of its cells.
_UNDER_THE_SIGN = """held => {
  const sign = held.querySelector(".ttt-enlarge").getBoundingClientRect()
  return [...held.querySelectorAll(".points path, .heatmaplayer image")]
    .map(mark => mark.getBoundingClientRect())
    .filter(mark => mark.width && mark.left < sign.right && mark.right > sign.left
      && mark.top < sign.bottom && mark.bottom > sign.top)
    .map(({ x, y }) => `${x} ${y}`)
}"""


def test_an_empty_page_leads_to_the_imports(page: Page) -> None:
    page.goto("/listening")
    expect(page.get_by_text("Bring your listening history")).to_be_visible()
    acting.press(page, "Import a history")
    page.wait_for_url("**/imports")


def test_on_a_phone_the_example_of_an_empty_page_stands_below_the_next_step(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/listening")
    acting.settled(page)
    step = page.get_by_role("button", name="Import a history").bounding_box()
    example = page.locator(".ttt-example").bounding_box()
    assert step
    assert example
    assert step["y"] + step["height"] < example["y"] < 500


@pytest.mark.parametrize("path", CHOSEN)
def test_what_is_chosen_survives_going_back_and_a_reload(
    page: Page, heard: None, path: str
) -> None:
    told, chosen, other = CHOSEN[path]
    page.goto(f"{path}{'&' if '?' in path else '?'}{told}&source=1")
    _is_chosen(page, chosen)
    _choose(page, other)
    page.go_back()
    page.wait_for_url(f"**{told}**")
    _is_chosen(page, chosen)
    # Another page, and back from there.
    page.get_by_test_id("stSidebarNavLink").filter(has_text="Imports").click()
    page.wait_for_url("**/imports")
    acting.settled(page)
    page.go_back()
    page.wait_for_url(f"**{told}**")
    _is_chosen(page, chosen)
    page.reload()
    _is_chosen(page, chosen)
    assert "source=1" in page.url
    expect(page.get_by_role("button", name="Filter · 1")).to_be_visible()


def test_the_words_of_a_page_are_painted_before_its_figures(page: Page, heard: None) -> None:
    page.goto("/mood?range=all")
    acting.drawn(page)
    page.evaluate(_PAINTED)
    page.get_by_role("link", name="Listening").click()
    expect(page.get_by_role("heading", name="Listening", exact=True)).to_be_visible()
    acting.drawn(page)
    painted = page.evaluate("window.painted")
    assert painted
    assert set(painted) == {"Listening"}


def _is_chosen(page: Page, name: str) -> None:
    expect(page.get_by_role("radio", name=name, exact=True)).to_be_checked()
    acting.settled(page)


def _choose(page: Page, name: str) -> None:
    before = page.url
    page.get_by_role("radio", name=name, exact=True).click()
    page.wait_for_function("url => location.href !== url", arg=before)
    _is_chosen(page, name)


@pytest.mark.without_charts
def test_the_last_columns_of_a_page_begin_in_one_line(page: Page, heard: None) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/listening")
    acting.settled(page)
    lefts = page.evaluate("""() => ["chart-list", "days-hours", "three"].map(shape =>
        document.querySelector(`.${shape} > :last-child`).getBoundingClientRect().left)""")
    assert max(lefts) - min(lefts) < 1


def test_a_name_leads_to_its_page(page: Page, heard: None) -> None:
    page.goto("/listening?range=all")
    expect(page.locator(".ttt-heard a").first).to_be_visible()
    acting.settled(page)
    # All of a row leads to the track, its cover too, but the artist's name.
    page.locator(".ttt-heard img").first.click(force=True)
    page.wait_for_url("**/track?id=*")
    expect(page.get_by_text("Its life with you")).to_be_visible()
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    acting.settled(page)
    page.locator(".ttt-of").get_by_role("link", name="Band").first.click()
    page.wait_for_url("**/artist?name=Band*")
    expect(page.get_by_text("most from")).to_be_visible()
    acting.settled(page)
    page.go_back()
    page.wait_for_url("**/track?id=*")
    page.go_back()
    page.wait_for_url("**/listening?range=all")
    acting.settled(page)
    page.locator(".ttt-heard small a").first.click()
    page.wait_for_url("**/artist?name=Band*")


def test_names_in_a_ranked_list_lead_to_their_pages(
    page: Page, people: People, person: Person
) -> None:
    people.refresh(person)
    top = top_tracks.read(people.context, person)[Period.SHORT_TERM].rows[0]
    now = int(people.context.now().timestamp())
    spotify_id = top.uri.rpartition(":")[2]
    told = [
        ToldPlay(now - n * 9_000, top.title or "", top.artists, ms=180_000, spotify_id=spotify_id)
        for n in range(1, 5)
    ]
    take(people.context, person.id, told)
    page.goto("/top-tracks")
    acting.settled(page)
    row = page.locator(".ranked .row", has_text=top.title or "").first
    expect(row).to_be_visible()
    row.locator("small a").first.click()
    page.wait_for_url("**/artist?name=*")
    expect(page.get_by_role("heading", name=top.artists[0], level=1)).to_be_visible()


def test_buttons_that_look_alike_have_names_of_their_own(page: Page, heard: None) -> None:
    page.goto("/mood")
    acting.drawn(page)
    named = page.get_by_role("button", name="Use these tracks “Heard all”", exact=True)
    expect(named).to_be_visible()
    apart = named.locator(".stMarkdownColoredText").bounding_box()
    assert apart is not None
    assert apart["width"] <= 1


def test_a_menu_at_the_end_of_a_page_opens_where_it_has_room(page: Page, heard: None) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/mood")
    acting.drawn(page)
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, main.scrollHeight)")
    acting.popover(page, "Use these tracks “Heard all”")
    for name in ("Make a list", "Playlist"):
        entry = page.get_by_test_id("stPopoverBody").get_by_text(name, exact=True)
        expect(entry).to_be_in_viewport(ratio=1)


def test_what_was_heard_is_played_and_sent_from_one_menu(
    page: Page, people: People, person: Person, heard: None
) -> None:
    people.refresh(person)
    page.goto("/mood")
    acting.popover(page, "Use these tracks “Heard all”")
    menu = page.get_by_test_id("stPopoverBody")
    menu.get_by_text("Play", exact=True).click()
    expect(menu.get_by_role("button", name=re.compile("^Play [0-9]+ track"))).to_be_visible()
    menu.get_by_text("Playlist", exact=True).click()
    expect(menu.get_by_role("button", name="Send to Spotify")).to_be_visible()


def test_a_card_is_saved_as_a_picture_as_often_as_it_is_asked_for(page: Page, heard: None) -> None:
    page.goto("/recap?range=1y")
    picture = page.get_by_role("button", name="Picture: Five tracks")
    for _ in range(2):
        expect(picture).to_be_visible()
        acting.settled(page)
        with page.expect_download() as saved:
            picture.click()
        assert saved.value.suggested_filename.endswith(" tracks.png")
        assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")
        expect(picture).not_to_have_attribute("aria-busy", "true")
        expect(picture).to_be_focused()
    with page.expect_download() as saved:
        page.get_by_role("button", name="All cards, SVG").click()
    assert Path(saved.value.path()).read_text().startswith("<svg")


def test_a_chart_is_enlarged_saved_and_left_where_it_was(page: Page, heard: None) -> None:
    page.goto("/listening")
    small = page.locator(".ttt-held > .ttt-figure[data-title='Over time']")
    expect(small).to_have_class(re.compile("js-plotly-plot"))
    enlarge = page.get_by_role("button", name="Enlarge: Over time")
    acting.settled(page)
    small.hover()
    enlarge.click()
    dialog = page.get_by_role("dialog")
    large = dialog.locator(".ttt-figure")
    expect(large).to_have_class(re.compile("js-plotly-plot"))
    assert large.evaluate("e => e.offsetHeight") > small.evaluate("e => e.offsetHeight")
    buttons = dialog.locator(".modebar-btn")
    # Of what Plotly knows to do with a chart nothing that sends it to its makers.
    assert [button.get_attribute("data-title") for button in buttons.all()] == [
        "Download plot as a PNG"
    ]
    with page.expect_download() as saved:
        buttons.first.click()
    assert saved.value.suggested_filename == "Over time.png"
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(enlarge).to_be_focused()
    page.keyboard.press("Enter")
    acting.press(page, "Close")
    expect(dialog).to_have_count(0)


@pytest.mark.parametrize("path", ["/listening", "/my-charts", "/imports", "/mood"])
def test_the_sign_that_enlarges_a_chart_lies_on_no_mark_of_it(
    page: Page, heard: None, path: str
) -> None:
    page.goto(path)
    acting.drawn(page)
    held = page.locator(".ttt-held")
    count = held.count()
    assert count
    for place in range(count):
        held.nth(place).scroll_into_view_if_needed()
        held.nth(place).hover()
        sign = held.nth(place).locator(".ttt-enlarge")
        expect(sign).to_have_attribute("data-at", re.compile("right|left"))
        assert held.nth(place).evaluate(_UNDER_THE_SIGN) == []


def test_home_begins_with_the_week_and_the_latest_plays(page: Page, heard: None) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/")
    expect(page.get_by_text("your week so far")).to_be_visible()
    days = page.get_by_role("img", name="Plays by day: Mon")
    expect(days).to_be_visible()
    expect(page.get_by_role("heading", name="Latest plays")).to_be_visible()
    latest = page.locator(".st-key-start .ttt-heard").first.get_by_role("link")
    expect(latest).to_have_count(10)
    acting.settled(page)
    box = latest.first.bounding_box()
    assert box is not None
    assert box["y"] < 500
    latest.first.click()
    page.wait_for_url("**/track?id=*")


def test_an_address_that_leads_nowhere_leads_home(browse: Browse, server: Server) -> None:
    page = browse(server)
    page.goto("/nosuchpage")
    expect(page.get_by_role("heading", name="There is no such page")).to_be_visible()
    expect(page.get_by_text("/nosuchpage")).to_be_visible()
    page.get_by_role("link", name="Go to Home").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    manifest = page.evaluate(
        "fetch(document.querySelector('link[rel=manifest]').href).then(a => a.json())"
    )
    assert manifest["name"] == "Top Track Tracker"
