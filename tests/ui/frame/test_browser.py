from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from tests.ui.conftest import play
from ttt.ui.frame import browser


def said(question: Callable[[], object], **context: str) -> object:
    """What a function says of a browser."""
    answers: list[object] = []
    app = play(lambda: answers.append(question()), **context)
    assert not app.exception
    return answers[-1]


def led(leave: Callable[[], None]) -> tuple[str, list[str]]:
    """The HTML that leads elsewhere, and what the page did after it."""
    after: list[str] = []

    def page() -> None:
        leave()
        after.append("something")

    (element,) = play(page).get("html")
    return element.proto.body, after


def test_the_zone_is_the_browsers() -> None:
    assert said(browser.zone, timezone="Asia/Tokyo") == ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize("nonsense", ["Nowhere/Land", "../../etc/passwd", "\0"])
def test_a_zone_that_is_none_is_not_known(nonsense: str) -> None:
    assert said(browser.zone, timezone=nonsense) is None


def test_a_browser_need_not_say_where_it_is() -> None:
    assert said(browser.zone) is None


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_is_the_one_that_is_shown(theme: str) -> None:
    assert said(browser.theme, theme=theme) == theme


def test_dark_is_the_theme_where_none_is_named() -> None:
    assert said(browser.theme) == "dark"


def test_the_path_carries_the_query() -> None:
    paths: list[str] = []
    app = play(lambda: paths.append(browser.path()))
    app.query_params["period"], app.query_params["a"] = "Last year", "ä&="
    app.run()
    assert paths == ["/", "/?period=Last+year&a=%C3%A4%26%3D"]


def test_going_elsewhere_ends_the_run() -> None:
    html, after = led(lambda: browser.go("https://accounts.spotify.com/authorize?a=b&c=d"))
    assert 'location.replace("https://accounts.spotify.com/authorize?a=b&c=d")' in html
    assert after == []


def test_posting_ends_the_run() -> None:
    html, after = led(lambda: browser.post("/auth/finish", {"ticket": "abc"}))
    assert 'action: "/auth/finish"' in html
    assert 'Object.entries({"ticket": "abc"})' in html
    assert after == []


ESCAPE = '/"</script><script>alert(1)</script><!--'


@pytest.mark.parametrize(
    "leave",
    [
        lambda: browser.go(ESCAPE),
        lambda: browser.post(ESCAPE, {}),
        lambda: browser.post("/", {ESCAPE: ""}),
        lambda: browser.post("/", {"a": ESCAPE}),
    ],
)
def test_nothing_breaks_out_of_the_script(leave: Callable[[], None]) -> None:
    html, _ = led(leave)
    assert html.count("<script>") == html.count("</script>") == 1
    assert "<!--" not in html
