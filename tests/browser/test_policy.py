"""The security policy against everything that the app shows: the browser has nothing to refuse."""

import pytest
from playwright.sync_api import Browser

from tests.bench.stage import settle
from tests.browser.acting import settled
from tests.browser.conftest import Browse
from tests.browser.people import People
from tests.browser.server import Server
from ttt.roles import Role

PATHS = ("", "top-tracks", "trending", "discover", "builder", "spotify", "account", "admin")
COUNT = """
window.violations = [];
document.addEventListener('securitypolicyviolation', event =>
  window.violations.push(event.violatedDirective + ' ' + event.blockedURI));
"""


@pytest.fixture(scope="module")
def visitors(people: People) -> dict[str, str]:
    """Cookies of a member and an admin who have everything that pages can show."""
    cookies = {}
    for role in Role:
        somebody = people.add(role=role)
        settle(people, somebody)
        cookies[role.value] = people.session(somebody)
    return cookies


@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("role", list(Role))
def test_no_page_asks_for_what_the_policy_forbids(
    browse: Browse, server: Server, visitors: dict[str, str], role: Role, scheme: str
) -> None:
    page = browse(server, visitors[role.value], script=COUNT, color_scheme=scheme)
    for path in PATHS if role is Role.ADMIN else PATHS[:-1]:
        page.goto(f"/{path}")
        settled(page)
        assert page.evaluate("window.violations") == [], path


def test_a_page_refuses_to_speak_to_others(chromium: Browser, server: Server) -> None:
    page = chromium.new_page()
    page.goto(f"{server.url}/healthz")
    page.evaluate(COUNT)
    # What was refused is told some time after it was.
    refused = page.evaluate(
        """async () => {
          try { await fetch('http://127.0.0.1:9/'); } catch { }
          try { new WebSocket('ws://127.0.0.1:9/'); } catch { }
          while (window.violations.length < 2) await new Promise(done => setTimeout(done, 5));
          return window.violations.map(one => one.split(' ')[0]);
        }"""
    )
    page.close()
    assert refused == ["connect-src", "connect-src"]
