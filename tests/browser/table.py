"""Lists of tracks, as rows of elements or drawn on a canvas: both tell screen readers the same."""

from collections.abc import Sequence
from contextlib import nullcontext, suppress

from playwright.sync_api import Locator, Page, expect

from tests.browser import acting

ROW = 38  # pixels, and as much for the head
CHECKBOX = 20.0  # pixels from the left
_TRIES = 5
_SHORTLY = 20_000  # milliseconds


def grid(page: Page) -> Locator:
    """The list as screen readers see it; of a table it holds about the rows that are in view."""
    return page.get_by_role("grid", include_hidden=True)


def expect_rows(page: Page, number: int, within: int | None = None) -> None:
    """Wait until the table has as many rows, at most so many milliseconds if that is said."""
    expect(grid(page)).to_have_attribute("aria-rowcount", str(number + 1), timeout=within)


def column(page: Page, name: str) -> Locator:
    """The cells of a column, in the order shown, once the page has followed what was done."""
    acting.settled(page)
    if _is_ranked(page):
        known = {"Title": ".row .name b", "#": ".row .rank b"}
        return grid(page).locator(known.get(name, f".row [data-column='{name}'] > :first-child"))
    head = grid(page).get_by_role("columnheader", name=name, exact=True, include_hidden=True)
    place = head.get_attribute("aria-colindex")
    # Cells carry the number of their column, not its name.
    return grid(page).locator(f"td[aria-colindex='{place}']")


def expect_column(page: Page, name: str, cells: Sequence[str]) -> None:
    """Wait until a column starts with these cells."""
    for left in range(_TRIES, 0, -1):
        found = column(page, name)  # anew each time: columns may come and go meanwhile
        with suppress(AssertionError) if left > 1 else nullcontext():
            for place, cell in enumerate(cells):
                expect(found.nth(place)).to_have_text(cell, timeout=_SHORTLY)
            return


def select(page: Page, *places: int) -> None:
    """Tick the boxes of rows, counted from 1."""
    for place in places:
        acting.settled(page)
        row = grid(page).get_by_role("row", include_hidden=True).nth(place)
        # Whatever redraws the table while the mouse is down takes the click.
        for _ in range(_TRIES):
            _tick(page, place)
            if _is_selected(row):
                break
        expect(row).to_have_attribute("aria-selected", "true")


def _is_ranked(page: Page) -> bool:
    # What a search found stands beside the list until the server has heard that it is over.
    expect(grid(page)).to_have_count(1)
    return str(grid(page).evaluate("grid => grid.tagName")) == "DIV"


def _tick(page: Page, place: int) -> None:
    if _is_ranked(page):
        grid(page).locator(".row").nth(place - 1).click(position={"x": CHECKBOX, "y": CHECKBOX})
        return
    # The canvas has no element for a checkbox.
    y = ROW * (place + 0.5)
    page.get_by_test_id("stDataFrame").click(position={"x": CHECKBOX, "y": y})


def _is_selected(row: Locator) -> bool:
    try:
        expect(row).to_have_attribute("aria-selected", "true", timeout=_SHORTLY)
    except AssertionError:
        return False
    return True
