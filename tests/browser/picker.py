"""Pickers, whose options are on the page only while they are open."""

from contextlib import suppress

from playwright.sync_api import Locator, Page, TimeoutError, expect

_TRIES = 10
_SHORTLY = 5_000  # milliseconds


def settled(page: Page) -> None:
    """Wait until a page is made."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[data-test-script-state='notRunning']")).to_be_visible()


def offered(page: Page, picker: str) -> Locator:
    """Options of a picker, which is opened."""
    options = page.get_by_role("option")
    for _ in range(_TRIES):
        if not options.first.is_visible():  # a second click would close it
            settled(page)
            page.get_by_role("combobox", name=picker).click()
        if _appears(options.first):
            return options
    raise AssertionError(f"{picker!r} does not open.")


def choose(page: Page, picker: str, option: str, *, exact: bool = False) -> None:
    """Choose one of a picker's options.

    Whatever redraws the page closes the picker too, so that it may have to be opened again.
    """
    for _ in range(_TRIES):
        offered(page, picker)
        # No Escape after a failure: it would close the popover around the picker as well.
        with suppress(TimeoutError):
            return page.get_by_role("option", name=option, exact=exact).click(timeout=_SHORTLY)
    raise AssertionError(f"{picker!r} does not offer {option!r}.")


def _appears(locator: Locator) -> bool:
    try:
        locator.wait_for(timeout=_SHORTLY)
    except TimeoutError:
        return False
    return True
