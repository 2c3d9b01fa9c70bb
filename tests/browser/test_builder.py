import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting, table
from tests.browser.people import People
from ttt.services.lists import entries
from ttt.services.person import Person

pytestmark = pytest.mark.without_charts


@pytest.fixture(autouse=True)
def lists(people: People, person: Person) -> None:
    """The person's top tracks."""
    people.refresh(person)


# How many lists there are at once, at most.
_AT_ONCE = """() => {
  window.atOnce = 0
  const count = () => {
    const all = document.querySelectorAll("[class*='st-key-listed-']")
    window.atOnce = Math.max(window.atOnce, all.length)
  }
  new MutationObserver(count).observe(document.body, { childList: true, subtree: true })
}"""


def build(page: Page, favourites: int, new: int) -> None:
    page.goto("/builder")
    table.expect_rows(page, 25)
    acting.popover(page, "15 favourites, 10 new")
    page.get_by_label("Favourites", exact=True).fill(str(favourites))
    page.get_by_label("New to you").fill(str(new))
    acting.press(page, "Build")
    table.expect_rows(page, favourites + new)
    expect(page.get_by_label("Favourites", exact=True)).to_have_count(0)


def cells(page: Page, name: str, count: int) -> list[str]:
    found = table.column(page, name)  # which waits until the page has followed
    expect(found).to_have_count(count)
    return found.all_text_contents()


def titles(page: Page, count: int) -> list[str]:
    return cells(page, "Title", count)


def order_by(page: Page, name: str) -> None:
    acting.choose(page, "Order", name)


def test_a_list_is_built_partly_kept_ordered_and_added(
    page: Page, people: People, person: Person
) -> None:
    build(page, 4, 3)
    expect(page.get_by_text("7 tracks: 4 favourites, 3 new.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"\d+ to \d+ BPM over \d+ min"))).to_be_visible()
    first = titles(page, 7)

    table.select(page, 1, 3)
    acting.press(page, "Reroll the others")
    expect(table.column(page, "Title").nth(1)).not_to_have_text(first[1])
    second = titles(page, 7)
    assert (second[0], second[2]) == (first[0], first[2])
    assert set(second) & set(first) == {first[0], first[2]}

    order_by(page, "Tempo, slow to fast")
    table.expect_column(page, "Tempo", sorted(cells(page, "Tempo", 7), key=float))
    third = titles(page, 7)
    assert sorted(third) == sorted(second)

    acting.press(page, "Add to trending")
    expect(page.get_by_text("7 added")).to_be_visible()
    assert [row.title for row in entries.listed(people.context, person)] == third


def test_a_list_is_not_there_twice_while_another_one_comes(page: Page) -> None:
    page.add_init_script(acting.SLOWLY)
    page.goto("/builder")
    table.expect_rows(page, 25)
    page.evaluate(_AT_ONCE)
    acting.popover(page, "15 favourites, 10 new")
    page.get_by_label("Favourites", exact=True).fill("5")
    page.get_by_label("New to you").fill("0")
    acting.press(page, "Build")
    table.expect_rows(page, 5)
    acting.settled(page)
    assert page.evaluate("window.atOnce") == 1


def test_a_list_outlives_a_look_at_another_page(page: Page) -> None:
    build(page, 5, 0)
    before = titles(page, 5)
    order_by(page, "Harmonic mix")
    expect(page.get_by_role("combobox", name="Order")).to_have_value("Harmonic mix")
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", name="What moved")).to_be_visible()
    page.get_by_role("link", name="Builder").click()
    table.expect_rows(page, 5)
    expect(page.get_by_role("combobox", name="Order")).to_have_value("Harmonic mix")
    for title in before:
        expect(table.column(page, "Title").filter(has_text=title).first).to_be_attached()
