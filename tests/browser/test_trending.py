import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting, table
from tests.browser.conftest import Browse
from tests.browser.people import People
from tests.browser.server import Server
from ttt.services.lists import entries, lists
from ttt.services.person import Person

pytestmark = pytest.mark.without_charts

LINKS = {
    "Ferrari": "https://open.spotify.com/track/4zN21mbAuaD0WqtmaTZZeP?si=0",
    "Bones": "spotify:track:0HqZX76SFLDz2aW8aiqi7G",
    "Sweater Weather": "2QjOHCTQ1Jl3zawyYOpxh6",
}
TITLES = list(LINKS)
# Puts so many letters where the focus is, as pasting does: a real clipboard is not there for all.
PASTE = """letters => {
  const field = document.activeElement, text = "x".repeat(letters)
  const clipboardData = new DataTransfer()
  clipboardData.setData("text/plain", text)
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }))
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, text)
  field.dispatchEvent(new Event("input", { bubbles: true }))
}"""
SAID = "() => document.activeElement.validationMessage"


@pytest.fixture
def saved(people: People, person: Person) -> list[str]:
    """Titles on the person's list, newest first."""
    entries.add(people.context, person, list(LINKS.values()))
    return TITLES


def add(page: Page, text: str) -> None:
    acting.popover(page, "Paste links")
    page.get_by_label("Link, URI or ID").fill(text)
    acting.press(page, "Add")


def expect_titles(page: Page, titles: list[str]) -> None:
    table.expect_rows(page, len(titles))
    table.expect_column(page, "Title", titles)


def download(page: Page, path: Path, name: str = "CSV") -> str:
    acting.fold(page, "Download")
    shutil.copy(acting.downloaded(page, name, exact=False), path)
    return path.read_text()


def upload(page: Page, path: Path) -> None:
    acting.popover(page, "Upload a file")
    field = page.get_by_role("region", name="Upload a list").get_by_label("file upload")
    acting.choose_file(field, path)
    acting.press(page, "Import")


def test_an_empty_list_says_what_to_do(page: Page) -> None:
    page.goto("/trending")
    expect(page.get_by_text("Your list is empty. Search or paste links above")).to_be_visible()
    expect(page.get_by_role("button", name="Remove")).to_have_count(0)


def test_a_link_is_added_and_described(page: Page) -> None:
    page.goto("/trending")
    add(page, LINKS["Ferrari"])
    expect(page.get_by_text("1 added")).to_be_visible()
    expect_titles(page, ["Ferrari"])
    acting.popover(page, "Paste links")
    expect(page.get_by_label("Link, URI or ID")).to_have_value("")


def test_of_many_lines_each_is_counted_and_a_refused_one_says_why(page: Page) -> None:
    page.goto("/trending")
    add(page, "\n".join([LINKS["Ferrari"], "https://example.org/song", "", LINKS["Bones"]]))
    expect(page.get_by_text("2 added · 1 refused")).to_be_visible()
    expect(page.get_by_text("Row 2: This is no Spotify link, URI or id")).to_be_visible()
    expect_titles(page, ["Ferrari", "Bones"])


def test_the_box_for_links_closes_over_what_came_of_them_and_keeps_what_did_not(
    page: Page, server: Server
) -> None:
    box, body = page.get_by_label("Link, URI or ID"), page.get_by_test_id("stPopoverBody")
    page.goto("/trending")
    acting.popover(page, "Paste links")
    box.fill(LINKS["Ferrari"])
    page.keyboard.press("Escape")
    expect(body).to_have_count(0)
    acting.popover(page, "Paste links")
    expect(box).to_have_value(LINKS["Ferrari"])
    with closing(sqlite3.connect(server.settings.data_dir / "ttt.sqlite3")) as other:
        other.execute("BEGIN IMMEDIATE")
        acting.press(page, "Add")
        expect(body.get_by_text("The database is busy")).to_be_visible()
        expect(box).to_have_value(LINKS["Ferrari"])
    box.fill(f"{LINKS['Ferrari']}\nno link")
    acting.press(page, "Add")
    expect(page.get_by_text("1 added · 1 refused")).to_be_visible()
    expect(body).to_have_count(0)
    acting.popover(page, "Paste links")
    expect(box).to_have_value("no link")


def test_what_is_too_long_to_be_pasted_is_said_to_be(page: Page) -> None:
    page.goto("/trending")
    acting.popover(page, "Paste links")
    box = page.get_by_label("Link, URI or ID")
    acting.fill(box, "mine")
    page.evaluate(PASTE, 1_000_001)
    acting.expect_so(page, lambda: page.evaluate(SAID).startswith("Longer than this field takes"))
    expect(box).to_have_value("mine")
    page.evaluate(PASTE, 9)
    expect(box).to_have_value("x" * 9)
    assert page.evaluate(SAID) == ""


def test_a_duplicate_is_already_in_the_list(page: Page, saved: list[str]) -> None:
    page.goto("/trending")
    add(page, LINKS["Bones"])
    expect(page.get_by_text("1 already in your list")).to_be_visible()
    expect_titles(page, saved)


def test_a_link_that_nobody_can_describe_is_kept_and_marked(page: Page) -> None:
    page.goto("/trending")
    add(page, "spotify:track:0000000000000000000000")
    expect_titles(page, ["Not described yet: spotify:track:0000000000000000000000"])


def test_a_track_is_found_by_its_words_and_added(page: Page) -> None:
    page.goto("/trending")
    page.get_by_role("textbox", name="Search").press_sequentially("weather neighbourhood")
    expect(page.get_by_text("found in: catalogue, 2022")).to_be_visible()
    expect(page.get_by_role("row", name="Sweater Weather by The Neighbourhood")).to_be_visible()
    acting.settled(page)
    page.get_by_role("textbox", name="Search").press("Enter")
    on_it = page.get_by_role("button", name="On the list: Sweater Weather", pressed=True)
    expect(on_it).to_be_visible()
    page.get_by_role("textbox", name="Search").fill("")
    expect(page.get_by_role("grid", name="Found")).to_have_count(0)
    expect_titles(page, ["Sweater Weather"])


def test_a_line_of_artist_and_title_is_added(page: Page) -> None:
    page.goto("/trending")
    add(page, "The Neighbourhood - Sweater Weather\nNobody - Nothing")
    expect(page.get_by_text("1 added · 1 refused")).to_be_visible()
    expect_titles(page, ["Sweater Weather"])


def test_a_connected_spotify_is_searched(page: Page, people: People, person: Person) -> None:
    people.connect(person)
    page.goto("/trending")
    page.get_by_role("textbox", name="Search").fill("bones imagine dragons")
    page.keyboard.press("Enter")
    expect(page.get_by_text("found in: demo Spotify")).to_be_visible()


def test_a_removed_track_comes_back_in_its_place_by_undo(page: Page, saved: list[str]) -> None:
    page.goto("/trending")
    expect_titles(page, saved)
    table.select(page, 2)
    acting.press(page, "Remove")
    expect(page.get_by_text("Removed 1 track.")).to_be_visible()
    expect_titles(page, [saved[0], saved[2]])
    acting.press(page, "Undo")
    expect_titles(page, saved)
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)


def test_several_tracks_are_removed_together(page: Page, saved: list[str]) -> None:
    page.goto("/trending")
    expect_titles(page, saved)
    table.select(page, 1, 3)
    acting.press(page, "Remove")
    expect(page.get_by_text("Removed 2 tracks.")).to_be_visible()
    expect_titles(page, [saved[1]])
    acting.press(page, "Undo")
    expect_titles(page, saved)


def test_remove_all_asks_first_and_can_be_undone(page: Page, saved: list[str]) -> None:
    page.goto("/trending")
    expect_titles(page, saved)
    acting.press(page, "Remove all")
    expect(page.get_by_text("Take all 3 tracks off this list?")).to_be_visible()
    expect_titles(page, saved)
    acting.press(page, "Yes, remove all")
    expect(page.get_by_text("Removed 3 tracks.")).to_be_visible()
    expect(page.get_by_text("Your list is empty.")).to_be_visible()
    acting.press(page, "Undo")
    expect_titles(page, saved)


def test_everyones_list_says_who_added_what(
    page: Page, people: People, person: Person, saved: list[str]
) -> None:
    page.goto("/trending")
    acting.settled(page)
    page.get_by_role("radio", name="Saved by everyone").click()
    acting.settled(page)  # For a moment both lists are there.
    expect(table.grid(page)).to_contain_text("Added by")
    table.expect_column(page, "Title", saved)
    table.expect_column(page, "Added by", [person.name] * len(saved))
    expect(page.get_by_role("button", name="Remove", exact=True)).to_have_count(0)
    expect(page.get_by_label("Link, URI or ID")).to_have_count(0)


def test_the_csv_of_one_account_makes_the_same_list_on_another(
    browse: Browse, server: Server, page: Page, people: People, saved: list[str], tmp_path: Path
) -> None:
    page.goto("/trending")
    expect_titles(page, saved)
    mine = download(page, tmp_path / "mine.csv")

    other = browse(server, people.session(people.add()))
    other.goto("/trending")
    upload(other, tmp_path / "mine.csv")
    expect(other.get_by_text("3 added")).to_be_visible()
    expect_titles(other, saved)
    assert download(other, tmp_path / "theirs.csv") == mine


@pytest.mark.parametrize(("name", "start"), [("JSON", "["), ("M3U8", "#EXTM3U"), ("XSPF", "<?xml")])
def test_a_list_comes_out_in_other_formats_too(
    page: Page, saved: list[str], tmp_path: Path, name: str, start: str
) -> None:
    page.goto("/trending")
    expect_titles(page, saved)
    text = download(page, tmp_path / "list", name)
    assert text.startswith(start)
    assert all(title in text for title in saved)


def test_what_is_no_csv_is_refused_in_words(page: Page, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(b"PK\x03\x04 a workbook")
    page.goto("/trending")
    upload(page, tmp_path / "list.csv")
    expect(page.get_by_text("This is a zip file: unpack it")).to_be_visible()


def test_columns_that_are_told_by_what_is_known_are_not_asked_about_and_can_be_changed(
    page: Page, tmp_path: Path
) -> None:
    (tmp_path / "list.csv").write_text("wer,was\nOneRepublic,I Ain't Worried\n")
    page.goto("/trending")
    upload(page, tmp_path / "list.csv")
    expect(page.get_by_text("1 added")).to_be_visible()
    guessed = "Titles are read from “column 2” and artists from “column 1”"
    expect(page.get_by_text(guessed)).to_be_visible()
    acting.press(page, "Other columns")
    expect(page.get_by_text("Which column is which?")).to_be_visible()
    expect(page.get_by_text("Your list is empty.")).to_be_visible()


def test_a_file_without_known_columns_is_asked_about(page: Page, tmp_path: Path) -> None:
    rows = ("wer,was", "OneRepublic,I Ain't Worried", "Nobody,Nothing", "Nobody,Else")
    (tmp_path / "list.csv").write_text("\n".join(rows))
    page.goto("/trending")
    upload(page, tmp_path / "list.csv")
    expect(page.get_by_text("Which column is which?")).to_be_visible()
    # What the page asks lies under what was open.
    expect(page.get_by_test_id("stPopoverBody")).to_be_hidden()
    acting.choose(page, "Artist", "wer", exact=True)
    acting.choose(page, "Title", "was", exact=True)
    acting.press(page, "Import with these")
    expect(page.get_by_text("1 added")).to_be_visible()


def test_a_list_of_ones_own_is_made_filled_shared_and_deleted(
    browse: Browse, server: Server, people: People, person: Person, page: Page
) -> None:
    page.goto("/trending")
    acting.popover(page, "New list")
    page.get_by_label("Name of the new list").fill("Road trip")
    acting.press(page, "Create")
    expect(page.get_by_role("radio", name="Road trip")).to_be_checked()
    expect(page.get_by_text("Your list is empty.")).to_be_visible()
    add(page, next(iter(LINKS.values())))
    expect(page.get_by_text("1 added")).to_be_visible()

    acting.popover(page, "Settings")
    page.get_by_text("Everyone here can see it").click()
    acting.settled(page)  # it is shared when the page has been made again
    other = browse(server, people.session(people.add()))
    other.goto("/trending")
    expect(other.get_by_role("radio", name=f"{person.name}: Road trip")).to_be_visible()

    page.reload()
    page.get_by_role("radio", name="Road trip").click()
    acting.popover(page, "Settings")
    acting.press(page, "Delete list")
    expect(page.get_by_text("Deleted the list “Road trip”.")).to_be_visible()
    acting.press(page, "Undo")
    expect(page.get_by_role("radio", name="Road trip")).to_be_checked()


def test_a_row_of_a_list_that_was_deleted_elsewhere_is_refused_in_words(
    page: Page, people: People, person: Person, saved: list[str]
) -> None:
    made = lists.create(people.context, person, "Road trip")
    entries.add(people.context, person, list(LINKS.values())[:2], made)
    page.goto(f"/trending?list={made}")
    expect_titles(page, saved[:2])
    lists.delete(people.context, person, made)
    page.get_by_role("button", name=f"Remove: {saved[0]}").click()
    expect(page.get_by_text("That list is gone")).to_be_visible()
    expect(page.get_by_role("heading", name="Trending")).to_be_visible()
    expect_titles(page, saved)


def test_a_row_that_was_taken_off_elsewhere_is_said_to_be_off(
    page: Page, people: People, person: Person, saved: list[str]
) -> None:
    page.goto("/trending")
    expect_titles(page, saved)
    entries.remove(people.context, person, [f"spotify:track:{LINKS['Bones'][-22:]}"])
    page.get_by_role("button", name="Remove: Bones").click()
    expect(page.get_by_text("Not on the list any more.")).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    expect_titles(page, [saved[0], saved[2]])
