from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting
from tests.browser.conftest import Browse
from tests.browser.people import PASSWORD, People
from tests.browser.server import Server
from tests.surroundings.openid_provider import CLIENT_ID, CLIENT_SECRET, OpenIdServer
from ttt.providers.clock import utc_now

pytestmark = pytest.mark.without_charts


@pytest.fixture(scope="module")
def provider() -> Iterator[OpenIdServer]:
    with OpenIdServer(now=lambda: utc_now().timestamp()).running() as provider:
        yield provider


@pytest.fixture(scope="module")
def server(provider: OpenIdServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server where people may sign in by the provider as well."""
    environment = {
        "TTT_OPENID_ISSUER": provider.issuer,
        "TTT_OPENID_CLIENT_ID": CLIENT_ID,
        "TTT_OPENID_CLIENT_SECRET": CLIENT_SECRET,
        "TTT_OPENID_NAME": "Example ID",
    }
    with Server(tmp_path_factory.mktemp("server"), **environment) as server:
        yield server


def agree(page: Page) -> None:
    expect(page.get_by_role("heading", name="Provider")).to_be_visible()
    page.get_by_role("link", name="Agree").click()


def test_an_identity_is_bound_on_the_account_page_and_signs_in_by_a_button(
    browse: Browse, server: Server, people: People, provider: OpenIdServer
) -> None:
    person = people.add("ada")
    page = browse(server, people.session(person), elsewhere=provider.issuer)
    page.goto("/account?section=Sign-in+and+security")
    page.get_by_label("Your password, to link it").fill(PASSWORD)
    acting.press(page, "Link")
    agree(page)
    expect(page.get_by_text("ada@example.org")).to_be_visible()
    expect(page.get_by_role("button", name="Unlink")).to_be_visible()

    fresh = browse(server, elsewhere=provider.issuer)
    fresh.goto("/trending?whose=Mine")
    acting.press(fresh, "Sign in with Example ID")
    agree(fresh)
    expect(fresh.get_by_role("heading", name="Trending")).to_be_visible()
    expect(fresh).to_have_url(f"{server.url}/trending?whose=Mine")
    cookies = {cookie["name"]: cookie for cookie in fresh.context.cookies()}
    assert cookies[server.settings.cookie_name]["httpOnly"]
    assert "ttt_openid" not in cookies


def test_who_is_not_bound_reads_why_on_the_sign_in_page(
    browse: Browse, server: Server, provider: OpenIdServer
) -> None:
    provider.says = {"sub": "somebody else"}
    page = browse(server, elsewhere=provider.issuer)
    page.goto("/account?section=Sign-in+and+security")
    acting.press(page, "Sign in with Example ID")
    agree(page)
    expect(page.get_by_text("No account here is linked to yours there.")).to_be_visible()
    expect(page.get_by_label("Username")).to_be_visible()
    provider.says = {}  # no sooner: the server asks the provider after the browser came back
