"""What people do on a page that may be redrawn while they do it.

A button may move away under the mouse, and pickers, popovers and folds may be closed again.
"""

from collections.abc import Sequence
from contextlib import suppress

from playwright.sync_api import Locator, Page, TimeoutError, expect

_TRIES = 10
_SHORTLY = 5_000  # milliseconds
_POPOVER = "stPopoverBody"


def settled(page: Page) -> None:
    """Wait until a page is made."""
    # Not by its role: an open picker hides all but itself from screen readers.
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("[data-test-script-state='notRunning']")).to_be_visible()


def press(page: Page, name: str) -> None:
    """Press a button when nothing moves any more."""
    button = page.get_by_role("button", name=name, exact=True)
    expect(button).to_be_visible()
    settled(page)
    button.click()


def popover(page: Page, name: str) -> None:
    """Open what a button opens beside it."""
    _open(page, page.get_by_role("button", name=name, exact=True), page.get_by_test_id(_POPOVER))


def fold(page: Page, name: str) -> None:
    """Unfold what is folded away under a line of text."""
    line = page.locator("summary").filter(has_text=name)
    _open(page, line, page.locator("details[open]").filter(has=line))


def expect_options(page: Page, picker: str, labels: Sequence[str]) -> None:
    """Wait until a picker offers just these."""
    for _ in range(_TRIES):
        _open_picker(page, picker)
        with suppress(AssertionError):
            expect(page.get_by_role("option")).to_have_text(labels, timeout=_SHORTLY)
            return
    raise AssertionError(f"{picker!r} does not offer {labels}.")


def choose(page: Page, picker: str, option: str, *, exact: bool = False) -> None:
    """Choose one of a picker's options."""
    for _ in range(_TRIES):
        _open_picker(page, picker)
        # No Escape after a failure: it would close the popover around the picker as well.
        with suppress(TimeoutError):
            page.get_by_role("option", name=option, exact=exact).click(timeout=_SHORTLY)
            settled(page)  # who leaves sooner has chosen nothing
            return
    raise AssertionError(f"{picker!r} does not offer {option!r}.")


def _open_picker(page: Page, picker: str) -> None:
    first = page.get_by_role("option").first
    if not first.is_visible():  # a second click would close it
        _open(page, page.get_by_role("combobox", name=picker), first)


def _open(page: Page, by: Locator, what: Locator) -> None:
    for _ in range(_TRIES):
        expect(by).to_be_visible()
        settled(page)
        by.click()
        with suppress(TimeoutError):
            what.wait_for(timeout=_SHORTLY)
            return
    raise AssertionError(f"{by} opens nothing.")
