"""What people do on a page that may be redrawn while they do it.

A button may move away under the mouse, and pickers, popovers and folds may be closed again.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from time import monotonic

from playwright.sync_api import Locator, Page, TimeoutError, expect

from tests.browser import quiet

_TRIES = 10
_SHORTLY = 10_000  # milliseconds
_LATER = 20_000
_PATIENCE = 120.0  # seconds
_POPOVER = "stPopoverBody"
# Figures are drawn when they come near what is seen; all of them are on paper.
_DRAWN = """() => dispatchEvent(new Event('beforeprint'))
  && [...document.querySelectorAll('.ttt-figure')]
    .every(figure => !figure.offsetWidth || figure.querySelector('.main-svg'))"""
_ONE_BY_ONE = """(() => {
  const APART = 20
  let last = %s
  const later = (tell, event) => {
    last = last.then(() => new Promise(done => setTimeout(done, APART))).then(() => tell(event))
  }
  window.WebSocket = class extends WebSocket {
    set onmessage(tell) { super.onmessage = event => later(tell, event) }
    addEventListener(kind, tell, ...rest) {
      super.addEventListener(kind, kind === "message" ? event => later(tell, event) : tell, ...rest)
    }
  }
})()"""
# Hands a page's messages on one by one, as far apart as on a slow line: each part of it is painted
# before the next one comes.
SLOWLY = _ONE_BY_ONE % "Promise.resolve()"
# The same, once Streamlit has waited so long for the first that it shows grey boxes, and a test has
# said `window.goOn = true`.
LATE = (
    _ONE_BY_ONE
    % """new Promise(done => {
    const look = () =>
      window.goOn && document.querySelector('[data-testid="stAppSkeleton"]')
        ? done() : setTimeout(look, 20)
    look()
  })"""
)


def settled(page: Page) -> None:
    """Wait until a page is made, and until it has followed whatever was done on it."""
    # Not by its role: an open picker hides all but itself from screen readers.
    expect(page.locator("h1")).to_be_visible()
    quiet.wait(page)


def drawn(page: Page) -> None:
    """Wait until a page is made with all its figures, those too that nobody has scrolled to."""
    settled(page)
    page.wait_for_function(_DRAWN)


def press(page: Page, name: str) -> None:
    """Press a button when nothing moves any more."""
    button = page.get_by_role("button", name=seen(name))
    expect(button).to_be_visible()
    settled(page)
    button.click()


def seen(name: str) -> re.Pattern[str]:
    """What is called just so for the eye, whatever of it is read aloud beside."""
    return re.compile(rf"^{re.escape(name)}( “.*”)?$")


def fill(field: Locator, text: str) -> None:
    """Fill a field in when nothing is on its way that would put back what it held."""
    expect(field).to_be_visible()
    settled(field.page)
    field.fill(text)


def choose_file(field: Locator, path: Path) -> None:
    """Choose a file, and wait until the page has it: a form that is sent before goes without."""
    page = field.page
    settled(page)
    field.set_input_files(path)
    expect(page.get_by_role("button", name=f"Remove {path.name}", exact=True)).to_be_visible()


def shown_link(page: Page) -> str:
    """The link that is shown this once."""
    link = page.locator(".ttt-copy code")
    expect(link).to_contain_text("http://")
    settled(page)
    return link.inner_text().strip()


def downloaded(page: Page, name: str, *, exact: bool = True) -> Path:
    """What a button gives, as a file."""
    button = page.get_by_role("button", name=name, exact=exact)
    expect(button).to_be_visible()
    settled(page)  # a run that ends meanwhile may take the file away
    with page.expect_download() as started:
        button.click()
    return started.value.path()


def expect_so(page: Page, is_so: Callable[[], bool]) -> None:
    """Wait until something is so for which Playwright has no words, as of places and sizes."""
    deadline = monotonic() + _PATIENCE
    while not is_so():
        assert monotonic() < deadline
        page.wait_for_timeout(50)


def until(page: Page, act: Callable[[], object], come: Callable[[int], object]) -> None:
    """Do something by places until it has come, as a redrawn page loses what is done meanwhile.

    What came is asked with a time in milliseconds, and fails when it did not.
    """
    for left in range(_TRIES, 0, -1):
        settled(page)
        act()
        with suppress(AssertionError, TimeoutError) if left > 1 else nullcontext():
            come(_LATER)
            return


def popover(page: Page, name: str) -> None:
    """Open what a button opens beside it."""
    _open(page, page.get_by_role("button", name=seen(name)), page.get_by_test_id(_POPOVER))


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
        try:
            page.get_by_role("option", name=option, exact=exact).click(timeout=_SHORTLY)
        except TimeoutError:
            continue
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
        if what.is_visible():  # it came late, and another click would close it
            return
        by.click()
        with suppress(TimeoutError):
            what.wait_for(timeout=_SHORTLY)
            return
    raise AssertionError(f"{by} opens nothing.")
