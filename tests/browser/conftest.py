"""A real Chromium against a real server; what either complains about fails the test."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.browser import quiet
from tests.browser.chromium import FLAGS, executable
from tests.browser.people import People
from tests.browser.server import Server
from tests.browser.windows import Kind, Window, Windows
from tests.surroundings.loopback import free_port
from ttt.services.accounts import passwords
from ttt.services.person import Person

Browse = Callable[..., Page]

PATIENCE = 120_000  # milliseconds: a busy machine is slow, but the right page comes in the end
# Much of what Chromium does on a page is drawing charts. The library is not asked for at all: where
# requests are answered by a test, Playwright lets Chromium keep no file.
_NO_CHARTS = """(() => {
  window.Plotly = {
    newPlot: async place => {
      place.innerHTML = "<svg class='main-svg'></svg>"
      place.on = () => {}
    },
    purge() {}, Plots: { resize() {} }, Fx: { unhover() {} },
  }
  const source = Object.getOwnPropertyDescriptor(HTMLScriptElement.prototype, "src")
  Object.defineProperty(HTMLScriptElement.prototype, "src", { ...source, set(address) {
    if (address.startsWith("/drawing/")) setTimeout(() => this.dispatchEvent(new Event("load")))
    else source.set.call(this, address)
  }})
})()"""
# What a test opens lives for seconds: to compile anew what runs often takes more than it gives.
SHORT_LIVED = "--js-flags=--no-opt --no-maglev"
# Whatever is not on this machine has no address, so that no request can leave it.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"

expect.set_options(timeout=PATIENCE)


@pytest.fixture(autouse=True, scope="module")
def cheap_bcrypt() -> Iterator[None]:
    """Hashes that are made here cost little; the server goes by what each of them cost."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "ROUNDS", 4)
        yield


# Not for the whole session: while Playwright is there, no other test can run an event loop.
@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    assert executable(), "There is no Chromium; `make test BROWSER=0` leaves the browser tests out."
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The browser that all these tests share, each with windows of its own."""
    flags = [*FLAGS, SHORT_LIVED, ALONE]
    with playwright.chromium.launch(executable_path=executable(), args=flags) as browser:
        yield browser


# What a browser has read and compiled is good for as long as it comes from the same address.
@pytest.fixture(scope="package")
def port() -> int:
    """Where one shared server follows the other."""
    return free_port()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[Server]:
    """A server that the tests of a module share, each with accounts of its own."""
    folder = tmp_path_factory.mktemp("server")
    with Server(folder, port=port, TTT_DEMO_FAULTS="1") as server:
        yield server


@pytest.fixture
def fresh_server(tmp_path: Path) -> Iterator[Server]:
    """A server of this test alone, started as for people, which nobody has visited."""
    with Server(tmp_path, alone=True, TTT_DEMO_FAULTS="1") as server:
        yield server


@pytest.fixture(scope="module")
def people(server: Server) -> Iterator[People]:
    """The accounts of the shared server."""
    with People(server) as people:
        yield people


@pytest.fixture
def person(people: People) -> Person:
    """Somebody who has an account and nothing else."""
    return people.add()


@pytest.fixture
def heard(people: People, person: Person) -> None:
    """A year of two tracks a day, by seven artists."""
    people.hear(person)


@pytest.fixture(scope="package")
def windows(chromium: Browser) -> Iterator[Windows]:
    """What the tests leave to each other."""
    windows = Windows()
    yield windows
    windows.close()


@pytest.fixture
def browse(chromium: Browser, windows: Windows, request: pytest.FixtureRequest) -> Iterator[Browse]:
    """Opens a browser, signed in with `cookie` if there is one, in which nothing may go wrong."""
    charts = request.node.get_closest_marker("without_charts") is None
    new = request.node.get_closest_marker("new_windows") is not None
    opened: list[Window] = []

    def browse(
        server: Server,
        cookie: str | None = None,
        elsewhere: str = "",
        script: str = "",
        **options: Any,
    ) -> Page:
        kind = Kind(server.url, elsewhere, charts, script, options)
        window = (None if new else windows.take(kind)) or open_window(chromium, kind)
        opened.append(window)
        if cookie is not None:
            name = server.settings.cookie_name
            window.context.add_cookies([{"name": name, "value": cookie, "url": server.url}])
        return window.page

    yield browse
    assert [complaint for window in opened for complaint in windows.give_back(window)] == []


@pytest.fixture
def page(browse: Browse, server: Server, people: People, person: Person) -> Page:
    """A browser in which `person` is signed in."""
    return browse(server, people.session(person))


def open_window(chromium: Browser, kind: Kind) -> Window:
    """A window in which whatever goes wrong is noted."""
    url, complaints = kind.url, []
    context = chromium.new_context(base_url=url, **kind.options)
    context.set_default_timeout(PATIENCE)
    quiet.listen(context)
    for script in (kind.script, "" if kind.charts else _NO_CHARTS):
        if script:
            context.add_init_script(script)
    watch(context, (url, kind.elsewhere or url), complaints)
    return Window(context, kind, complaints)


def watch(context: BrowserContext, allowed: tuple[str, str], complaints: list[str]) -> None:
    """Note errors of pages, violations of the security policy and requests to elsewhere."""
    url, elsewhere = allowed
    socket = f"{url}/".replace("http", "ws", 1)
    at_home = (f"{url}/", "data:", "blob:", socket, f"{elsewhere}/")

    def request_to(address: str) -> None:
        if not address.startswith(at_home):
            complaints.append(f"request to {address}")

    def message(text: str) -> None:
        if "Content Security Policy" in text:
            complaints.append(text)

    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda entry: message(entry.text))
    # Elsewhere has no address, so whatever is asked there fails; to hear of each request that is
    # answered as well takes a tenth of the time.
    context.on("requestfailed", lambda request: request_to(request.url))
    context.on("page", lambda page: page.on("websocket", lambda socket: request_to(socket.url)))
