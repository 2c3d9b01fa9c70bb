import pyotp
import pytest
from playwright.sync_api import expect

from tests.browser import acting
from tests.browser.conftest import Browse
from tests.browser.people import PASSWORD, People
from tests.browser.server import Server
from tests.browser.visiting import sign_in
from ttt.services.doors import second_factor
from ttt.services.person import Person

pytestmark = pytest.mark.without_charts


def test_it_is_set_up_and_then_asked_for(
    browse: Browse, server: Server, people: People, person: Person
) -> None:
    page = browse(server, people.session(person))
    page.goto("/account?section=Sign-in+and+security")
    page.get_by_label("Your password, to set it up").fill(PASSWORD)
    acting.press(page, "Set up")
    expect(page.get_by_role("img", name="QR code of the key")).to_be_visible()
    acting.settled(page)
    key = "".join(page.locator(".ttt-copy code").first.inner_text().split())
    page.get_by_label("Code", exact=True).fill(pyotp.TOTP(key).at(people.context.now()))
    acting.press(page, "Turn on")
    expect(page.get_by_role("button", name="I have kept them")).to_be_visible()
    acting.settled(page)  # until then the key may stand where the codes will
    first = page.locator(".ttt-copy code").first.inner_text().split()[0]

    fresh = browse(server)
    fresh.goto("/trending")
    sign_in(fresh, person.username)
    code = fresh.get_by_label("Code", exact=True)
    expect(code).to_have_attribute("autocomplete", "one-time-code")
    code.fill(first)
    acting.press(fresh, "Sign in")
    expect(fresh.get_by_role("heading", name="9 recovery codes left")).to_be_visible()
    acting.press(fresh, "Continue")
    expect(fresh.get_by_role("heading", name="Trending")).to_be_visible()
    assert second_factor.standing(people.context, person).codes_left == 9
