"""A window that another test had is as a new one, or is not given out again."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import open_window
from tests.browser.server import Server
from tests.browser.windows import Kind, Window, Windows

pytestmark = pytest.mark.without_charts

LEAVE = """async () => {
  localStorage.left = sessionStorage.left = window.name = document.cookie = "left=1"
  window.left = "left"
  await new Promise(done => indexedDB.open("left").onsuccess = done)
  await caches.open("left")
}"""
FIND = """async () => ({
  kept: [localStorage.length, sessionStorage.length, (await caches.keys()).length],
  databases: (await indexedDB.databases()).length,
  names: [window.name, document.cookie, window.left ?? ""],
  past: history.length,
  size: [innerWidth, innerHeight],
  looks: ["(prefers-color-scheme: dark)", "print", "(prefers-reduced-motion: reduce)",
    "(forced-colors: active)"].map(one => matchMedia(one).matches),
})"""
# What stays for as long as there is a page.
CHANGES: dict[str, Callable[[Page], object]] = {
    "script": lambda page: page.add_init_script("window.left = 1"),
    "script of all pages": lambda page: page.context.add_init_script("window.left = 1"),
    "route": lambda page: page.route("**/*", lambda route: route.abort()),
    "listener": lambda page: page.on("request", lambda _request: None),
    "clock": lambda page: page.clock.set_fixed_time(0),
    "network": lambda page: page.context.set_offline(True),
    "protocol": lambda page: page.context.new_cdp_session(page),
    "end": lambda page: page.close(),
}


@pytest.fixture
def window(chromium: Browser, server: Server) -> Iterator[Window]:
    window = open_window(chromium, Kind(server.url))
    yield window
    window.context.close()


def found(window: Window) -> dict[str, object]:
    """What a page knows of who was there before."""
    window.page.goto("/healthz")
    return dict(window.page.evaluate(FIND))


def test_nothing_stays_in_a_window_that_is_given_out_again(window: Window) -> None:
    new = found(window)
    windows, page = Windows(), window.page
    page.goto("/healthz?once")
    page.evaluate(LEAVE)
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(
        media="print", color_scheme="dark", reduced_motion="reduce", forced_colors="active"
    )
    page.context.new_page()
    used = found(window)
    assert [name for name in new if used[name] == new[name]] == []
    windows.give_back(window)
    assert windows.take(window.kind) is window
    assert found(window) == new | {"past": 1}  # a new one has been at about:blank
    assert page.context.pages == [page]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_window_that_is_changed_for_good_is_not_given_out_again(
    window: Window, change: Callable[[Page], object]
) -> None:
    windows = Windows()
    change(window.page)
    windows.give_back(window)
    assert windows.take(window.kind) is None


def test_a_window_is_given_out_for_what_it_was_made_for_only(
    window: Window, server: Server
) -> None:
    windows = Windows()
    windows.give_back(window)
    for other in ({"options": {"color_scheme": "dark"}}, {"charts": False}, {"script": "1"}):
        assert windows.take(Kind(server.url, **other)) is None
    assert windows.take(Kind(server.url)) is window
    assert windows.take(Kind(server.url)) is None


def test_what_goes_wrong_in_a_window_is_told_of_the_test_that_had_it(window: Window) -> None:
    windows = Windows()
    with window.context.expect_event("weberror"):
        window.page.evaluate("() => { setTimeout(() => { throw new Error('oh') }) }")
    assert windows.give_back(window) == ["oh"]
    assert windows.give_back(window) == []


def test_what_a_page_asks_elsewhere_is_told(window: Window) -> None:
    window.page.goto("/healthz")
    with window.context.expect_event("requestfailed"):
        window.page.evaluate("() => { new Image().src = 'https://i.scdn.co/image/none' }")
    assert Windows().give_back(window) == ["request to https://i.scdn.co/image/none"]
