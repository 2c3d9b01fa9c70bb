from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting, visiting
from tests.browser.conftest import Browse
from tests.browser.people import People
from tests.browser.server import Server
from tests.browser.visiting import sign_in
from tests.surroundings.loopback import ask
from ttt.services.accounts.throttle import FREE_BY_NAME
from ttt.services.doors import sign_in as sign_in_service
from ttt.services.doors.sign_in import check_password
from ttt.services.person import Person

pytestmark = pytest.mark.without_charts


def test_the_first_admin_signs_in_with_the_password_on_the_console(
    browse: Browse, fresh_server: Server
) -> None:
    visiting.enter(browse(fresh_server), fresh_server.admin_password)


def test_a_first_visit_ends_with_a_track_that_is_saved(
    browse: Browse, fresh_server: Server
) -> None:
    page = browse(fresh_server)
    visiting.enter(page, fresh_server.admin_password)
    visiting.connect(page)
    visiting.look_at_top_tracks(page)
    visiting.save_the_first(page)
    visiting.leave(page)


def test_a_name_is_taken_however_it_is_capitalised(
    browse: Browse, server: Server, person: Person
) -> None:
    page = browse(server)
    page.goto("/")
    sign_in(page, person.username.upper())
    expect(page.get_by_role("heading", name=f"Hello, {person.name}")).to_be_visible()


def test_a_wrong_password_is_refused_in_words(
    browse: Browse, server: Server, person: Person
) -> None:
    page = browse(server)
    page.set_viewport_size({"width": 768, "height": 900})
    page.goto("/")
    acting.settled(page)
    form = page.get_by_test_id("stForm").bounding_box()
    assert form
    assert form["width"] == 480  # as on a desk
    sign_in(page, person.username, "wrong")
    expect(page.get_by_text("Wrong username or password.")).to_be_visible()
    sign_in(page, person.username)
    expect(page.get_by_role("heading", name=f"Hello, {person.name}")).to_be_visible()


def test_after_too_many_wrong_tries_even_the_right_password_has_to_wait(
    browse: Browse, server: Server, people: People, person: Person
) -> None:
    for _ in range(FREE_BY_NAME):
        assert check_password(people.context, person.username, "wrong", None) is None
    page = browse(server)
    page.goto("/")
    sign_in(page, person.username, "wrong")
    expect(page.get_by_text("Wrong username or password.")).to_be_visible()
    sign_in(page, person.username)
    expect(page.get_by_text("Too many failed tries. Try again after")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_an_owner_gets_in_while_a_stranger_hammers_their_name(
    browse: Browse, server: Server, people: People, person: Person
) -> None:
    page = browse(server)
    page.goto("/")
    sign_in(page, person.username)
    acting.press(page, "Sign out")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    for _ in range(FREE_BY_NAME + 1):
        assert check_password(people.context, person.username, "wrong", None) is None
    sign_in(page, person.username)
    expect(page.get_by_role("heading", name=f"Hello, {person.name}")).to_be_visible()


def test_a_page_of_another_site_signs_nobody_in_or_out(
    browse: Browse, server: Server, people: People, person: Person
) -> None:
    ticket = sign_in_service.issue_ticket(people.context, people.add(), "/")
    page = browse(server, people.session(person))
    for route, field in {"/auth/finish": ticket, "/auth/sign-out": ""}.items():
        form = f"<form method=post action='{server.url}{route}'><input name=ticket value={field}>"
        # Where it comes from is no place of this app's.
        page.goto(f"data:text/html,{form}<button>Go</button></form>")
        page.get_by_role("button", name="Go").click()
        expect(page.get_by_role("heading", name=f"Hello, {person.name}")).to_be_visible()


def test_behind_https_cookies_are_secure_and_tied_to_the_host(tmp_path: Path) -> None:
    public = "https://music.example.org"
    with Server(tmp_path, TTT_PUBLIC_URL=public) as server, People(server) as people:
        answer = ask(
            "POST",
            f"{server.url}/auth/finish",
            data={"ticket": sign_in_service.issue_ticket(people.context, people.add(), "/")},
            headers={"host": "music.example.org", "origin": public},
        )
    cookies = answer.headers.get_list("set-cookie")
    assert [cookie.partition("=")[0] for cookie in cookies] == [
        "__Host-ttt_session",
        "__Host-ttt_browser",
    ]
    for cookie in cookies:
        assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(
    browse: Browse, server: Server, person: Person
) -> None:
    page = browse(server)
    page.goto("/")
    sign_in(page, person.username)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    session = cookies[server.settings.cookie_name]
    assert session["httpOnly"]
    assert session["sameSite"] == "Lax"
    assert session["value"] not in page.evaluate("document.cookie")


def test_a_signed_out_cookie_is_worth_nothing(browse: Browse, server: Server, page: Page) -> None:
    page.goto("/")
    name = server.settings.cookie_name
    cookie = next(c["value"] for c in page.context.cookies() if c["name"] == name)
    acting.press(page, "Sign out")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert name not in {cookie["name"] for cookie in page.context.cookies()}
    replayed = browse(server, cookie)
    replayed.goto("/trending")
    expect(replayed.get_by_role("button", name="Sign in")).to_be_visible()
    expect(replayed.get_by_role("heading", name="Trending")).to_have_count(0)


def test_signing_out_here_leaves_the_other_browser_signed_in(
    browse: Browse, server: Server, people: People, person: Person, page: Page
) -> None:
    other = browse(server, people.session(person))
    page.goto("/")
    acting.press(page, "Sign out")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    other.goto("/")
    expect(other.get_by_role("heading", name=f"Hello, {person.name}")).to_be_visible()
