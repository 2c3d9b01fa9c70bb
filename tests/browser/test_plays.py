"""Listening over time in a real browser: empty, by address and back, from name to name, saved."""

from pathlib import Path

from playwright.sync_api import Page, expect


def test_an_empty_page_leads_to_the_imports(page: Page) -> None:
    page.goto("/listening")
    expect(page.get_by_text("Bring your listening history")).to_be_visible()
    page.get_by_role("button", name="Import a history").click()
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
    page.locator(".ttt-heard a").first.click()
    page.wait_for_url("**/track?id=*")
    expect(page.get_by_text("Its life with you")).to_be_visible()
    expect(page.locator(".js-plotly-plot").first).to_be_visible()


def test_a_card_is_saved_as_a_picture(page: Page, heard: None) -> None:
    page.goto("/recap?range=1y")
    expect(page.locator(".ttt-card svg").first).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Picture").first.click()
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")
