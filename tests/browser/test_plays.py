"""Listening over time in a real browser: empty, by address and back, from name to name, saved."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import acting
from tests.browser.conftest import Browse
from tests.browser.server import Server


def test_an_empty_page_leads_to_the_imports(page: Page) -> None:
    page.goto("/listening")
    expect(page.get_by_text("Bring your listening history")).to_be_visible()
    acting.press(page, "Import a history")
    page.wait_for_url("**/imports")


def test_what_is_chosen_survives_a_reload_and_going_back(page: Page, heard: None) -> None:
    page.goto("/listening")
    expect(page.get_by_text("since November")).to_be_visible()
    page.get_by_role("radio", name="6 months").click()
    page.wait_for_url("**range=6m**")
    expect(page.get_by_text("in the 6 months before").first).to_be_visible()
    page.reload()
    expect(page.get_by_role("radio", name="6 months")).to_be_checked()
    expect(page.locator(".js-plotly-plot").first).to_be_visible()


def test_a_name_leads_to_its_page(page: Page, heard: None) -> None:
    page.goto("/listening?range=all")
    expect(page.locator(".ttt-heard a").first).to_be_visible()
    acting.settled(page)
    page.locator(".ttt-heard a").first.click()
    page.wait_for_url("**/track?id=*")
    expect(page.get_by_text("Its life with you")).to_be_visible()
    expect(page.locator(".js-plotly-plot").first).to_be_visible()


def test_a_card_is_saved_as_a_picture(page: Page, heard: None) -> None:
    page.goto("/recap?range=1y")
    expect(page.locator(".ttt-card svg").first).to_be_visible()
    acting.settled(page)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Picture").first.click()
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")


def test_home_begins_with_the_week_and_the_latest_plays(page: Page, heard: None) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("/")
    expect(page.get_by_text("your week so far")).to_be_visible()
    days = page.get_by_role("img", name="Plays by day: Mon")
    expect(days).to_be_visible()
    expect(page.get_by_role("heading", name="Latest plays")).to_be_visible()
    latest = page.locator(".st-key-start .ttt-heard").first.get_by_role("link")
    expect(latest).to_have_count(5)
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
