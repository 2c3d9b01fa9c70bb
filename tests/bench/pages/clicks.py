"""From a click on the name of a page until all of it is there, in Chromium."""

from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from tests.bench.plays import heard
from tests.bench.stage import settle
from tests.browser import acting, quiet
from tests.browser.chromium import FLAGS, executable
from tests.browser.people import People
from tests.browser.server import Server
from ttt.roles import Role

PLAYS, ROUNDS, WARM_UP = 50_000, 9, 2
_SIZE = {"width": 1440, "height": 900}
# Each page is come to from one that has little on it; that one from another.
_FROM, _OTHER = "Account", "Admin"
_NAMES = "links => links.map(link => link.innerText.split('\\n').at(-1).trim())"
_CLICK = """link => new Promise(done => {
  const clicked = performance.now()
  const look = () => document.querySelector("[data-test-script-state='notRunning']")
    && document.querySelector("h1") && isQuiet()
    ? done(performance.now() - clicked) : requestAnimationFrame(look)
  link.click()
  requestAnimationFrame(look)
})"""


def measure(folder: Path) -> dict[str, float]:
    """Milliseconds by name of a page, the middle of some rounds through all of them in turns.

    All were open before. The person has tracks, plays and everything that only an admin sees.
    """
    with Server(folder) as server, People(server) as people:
        person = people.add(role=Role.ADMIN)
        settle(people, person)
        heard.much(people.context, person, PLAYS)
        cookie = {"name": server.settings.cookie_name, "value": people.session(person)}
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
            context = chromium.new_context(base_url=server.url, viewport=_SIZE)
            quiet.listen(context)
            context.add_cookies([{**cookie, "url": server.url}])
            return _rounds(context.new_page())


def _rounds(page: Page) -> dict[str, float]:
    page.goto("/account")
    acting.settled(page)
    names = page.get_by_test_id("stSidebarNavLink").evaluate_all(_NAMES)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(WARM_UP + ROUNDS):
        for name, found in taken.items():
            _click(page, _OTHER if name == _FROM else _FROM)
            acting.settled(page)
            milliseconds = _click(page, name)
            if turn >= WARM_UP:
                found.append(milliseconds)
    return {name: median(found) for name, found in taken.items()}


def _click(page: Page, name: str) -> float:
    link = page.get_by_test_id("stSidebarNav").get_by_role("link", name=name, exact=True)
    return float(link.evaluate(_CLICK))
