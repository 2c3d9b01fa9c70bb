"""What people do on a page that may be redrawn while they do it.

A button may move away under the mouse, and pickers, popovers and folds may be closed again.
"""

from contextlib import suppress

from playwright.sync_api import Locator, Page, TimeoutError, expect

_TRIES = 10
_SHORTLY = 5_000  # milliseconds
_POPOVER = "stPopoverBody"


def settled(page: Page) -> None:
    """Wait until a page is made."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("[data-test-script-state='notRunning']")).to_be_visible()


def press(page: Page, name: str) -> None:
    """Press a button when nothing moves any more."""
    settled(page)
    page.get_by_role("button", name=name, exact=True).click()


def popover(page: Page, name: str) -> None:
    """Open what a button opens beside it."""
    _open(page, page.get_by_role("button", name=name, exact=True), page.get_by_test_id(_POPOVER))


def fold(page: Page, name: str) -> None:
    """Unfold what is folded away under a line of text."""
    line = page.locator("summary").filter(has_text=name)
    _open(page, line, page.locator("details[open]").filter(has=line))


def offered(page: Page, picker: str) -> Locator:
    """Options of a picker, which is opened."""
    options = page.get_by_role("option")
    if not options.first.is_visible():  # a second click would close it
        _open(page, page.get_by_role("combobox", name=picker), options.first)
    return options


def choose(page: Page, picker: str, option: str, *, exact: bool = False) -> None:
    """Choose one of a picker's options."""
    for _ in range(_TRIES):
        offered(page, picker)
        # No Escape after a failure: it would close the popover around the picker as well.
        with suppress(TimeoutError):
            return page.get_by_role("option", name=option, exact=exact).click(timeout=_SHORTLY)
    raise AssertionError(f"{picker!r} does not offer {option!r}.")


def _open(page: Page, by: Locator, what: Locator) -> None:
    for _ in range(_TRIES):
        settled(page)
        by.click()
        with suppress(TimeoutError):
            return what.wait_for(timeout=_SHORTLY)
    raise AssertionError(f"{by} opens nothing.")
