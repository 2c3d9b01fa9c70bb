from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting
from tests.browser.conftest import Browse
from tests.browser.people import PASSWORD, People
from tests.browser.server import Server
from tests.surroundings.loopback import client
from ttt.roles import Role
from ttt.services import context as services
from ttt.services.lists import entries

pytestmark = pytest.mark.without_charts

SAVED = "4h9wh7iOZ0GGn8QVp4RAOB"
SAVED_TITLE = "I Ain't Worried"
# Each page, its heading and something that it shows only to people who are signed in.
PAGES = {
    "/top-tracks": ("Top tracks", "see what you play most"),
    "/trending": ("Trending", "Paste links"),
    "/discover": ("Discover", "bundled catalogue"),
    "/builder": ("Builder", "Tick those that should stay"),
    "/imports": ("Imports & recording", "Let a player send what it plays"),
    "/spotify": ("Spotify", "Connect your Spotify to see"),
    "/account": ("Account", "Name and mail"),
    "/admin": ("Admin", "Choose a row to change an account."),
}
deep_links = pytest.mark.parametrize("path", PAGES)


@pytest.fixture
def unvisited(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    """A server that just started, with the admin "quilliam" who saved a track."""
    # One is started as for people: nothing that pages import is there yet.
    path = getattr(request.node, "callspec", None) and request.node.callspec.params.get("path")
    server = Server(tmp_path, alone=path == "/top-tracks")
    with People(server) as people:
        services.prepare(people.context)
        admin = people.add("quilliam", role=Role.ADMIN)
        entries.add(people.context, admin, [SAVED])
    with server:
        yield server


def heard(page: Page) -> list[str]:
    """What a page's socket received so far, frame by frame."""
    frames: list[str] = []

    def hear(frame: str | bytes) -> None:
        frames.append(frame if isinstance(frame, str) else frame.decode("utf-8", "replace"))

    page.on("websocket", lambda socket: socket.on("framereceived", hear))
    return frames


@deep_links
def test_the_first_visitor_of_a_deep_link_gets_the_form_and_then_the_page(
    browse: Browse, unvisited: Server, path: str
) -> None:
    heading, inside = PAGES[path]
    page = browse(unvisited)
    frames = heard(page)
    page.goto(path)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_role("link", name="Home")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    received = "".join(frames)
    assert "Sign in" in received
    assert [secret for secret in (inside, "Quilliam", SAVED_TITLE) if secret in received] == []

    page.get_by_label("Username").fill("quilliam")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    acting.press(page, "Sign in")
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    expect(page).to_have_url(f"{unvisited.url}{path}")
    who = page.get_by_test_id("stSidebar").get_by_text("Quilliam", exact=True)
    expect(who).to_be_visible()
    expect(page.get_by_text(inside).first).to_be_visible()
    assert inside in "".join(frames)


def test_plain_http_gives_nobody_more_than_the_empty_shell(unvisited: Server) -> None:
    with client(base_url=unvisited.url) as visitor:
        shell = visitor.get("/").text
        assert [told for told in ("Quilliam", SAVED_TITLE) if told in shell] == []
        assert {path for path in PAGES if visitor.get(path).text != shell} == set()


def test_the_query_of_a_deep_link_survives_signing_in(browse: Browse, unvisited: Server) -> None:
    page = browse(unvisited)
    page.goto("/top-tracks?period=Last+year")
    page.get_by_label("Username").fill("quilliam")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    acting.press(page, "Sign in")
    expect(page.get_by_role("heading", name="Top tracks")).to_be_visible()
    expect(page).to_have_url(f"{unvisited.url}/top-tracks?period=Last+year")


def test_a_member_is_told_that_admin_is_not_for_them(browse: Browse, unvisited: Server) -> None:
    with People(unvisited) as people:
        page = browse(unvisited, people.session(people.add()))
    page.goto("/admin")
    expect(page.get_by_role("heading", name="Admin", exact=True)).to_be_visible()
    expect(page.get_by_text("You may not do this. Ask an admin of this server.")).to_be_visible()
    expect(page.get_by_role("heading", name="Accounts")).to_have_count(0)
    expect(page.get_by_role("link", name="Trending")).to_be_visible()
    expect(page.get_by_role("link", name="Admin")).to_have_count(0)


def test_a_page_waits_for_no_answer_to_where_the_server_is(
    browse: Browse, unvisited: Server
) -> None:
    page = browse(unvisited)
    asked: list[str] = []
    page.route("**/_stcore/h*", lambda route: asked.append(route.request.url))
    page.goto("/top-tracks")
    expect(page.get_by_label("Username")).to_be_visible()
    at_home = f"{unvisited.url}/_stcore/"
    assert [url.removeprefix(at_home) for url in sorted(asked)] == ["health", "host-config"]
