"""Setting Spotify up on the page, seats and a client ID of one's own, at a desk and on a phone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlmodel import select

from tests.browser import acting
from tests.browser.conftest import Browse
from tests.browser.people import People
from tests.browser.server import Server
from tests.services.spotify.several import ELSEWHERE, FIRST, OWN, SECRETS, UNKNOWN, apps
from tests.surroundings.loopback import free_port, served
from ttt.demo.app import create
from ttt.models import SpotifyAccount, SpotifyClient
from ttt.providers.spotify import Token
from ttt.roles import Role
from ttt.services.person import Person
from ttt.services.spotify import clients, seats, spotify

pytestmark = pytest.mark.without_charts

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
LISTED = ("ada", "ben", "chiara", "emi", "owner")
Visit = Callable[..., Page]


@dataclass(frozen=True)
class Place:
    """A server that asks a Spotify beside it, which lists five people for its first app."""

    server: Server
    people: People
    spotify: str


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    there = f"http://127.0.0.1:{free_port()}"
    urls = {"TTT_SPOTIFY_API_URL": there, "TTT_SPOTIFY_ACCOUNTS_URL": there}
    server = Server(tmp_path, TTT_LOG_LEVEL="DEBUG", **urls)
    known = apps(server.settings.redirect_uri, listed=LISTED)
    other = create(server.settings, key=lambda: b"another Spotify's own key", others=known)
    with served(other, int(there.rpartition(":")[2])), server, People(server) as people:
        yield Place(server, people, there)
        secrets = [*SECRETS.values(), *kept_secrets(people)]
    assert not [secret for secret in secrets if secret in server.console]


def kept_secrets(people: People) -> Iterator[str]:
    """Tokens that are kept, as they are and as the database has them, and encrypted secrets."""
    with people.context.session() as session:
        for account in session.exec(select(SpotifyAccount)):
            text = people.context.vault.decrypt(account.token_encrypted or "")
            if text:
                token = Token.from_json(text)
                yield from (token.access_token, token.refresh_token)
                yield account.token_encrypted or ""
        for client in session.exec(select(SpotifyClient)):
            yield client.secret_encrypted or "no secret"


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def visit(request: pytest.FixtureRequest, browse: Browse, place: Place) -> Visit:
    """Opens a browser in which somebody is signed in."""

    def visit(person: Person) -> Page:
        cookie = place.people.session(person)
        return browse(place.server, cookie, place.spotify, viewport=request.param)

    return visit


def fill(page: Page, client: str, secret: str = "", name: str = "") -> None:
    """Fill the form in that is unfolded, and send it off."""
    if name:
        field(page, "Name").fill(name)
    field(page, "Client ID").fill(client)
    field(page, "Client secret").fill(secret)
    acting.press(page, "Check and save")


def field(page: Page, label: str) -> Locator:
    """The field that is not folded away, when no run is on its way that would fill it anew."""
    acting.settled(page)
    return page.get_by_label(label, exact=True).locator("visible=true")


def connect(page: Page, listener: str) -> None:
    acting.press(page, "Connect Spotify")
    page.get_by_label(listener).check()
    page.get_by_role("button", name="Agree").click()


def test_an_admin_sets_spotify_up_and_everybody_connects_without_a_restart(
    place: Place, visit: Visit
) -> None:
    boss, ann = place.people.add(role=Role.ADMIN), place.people.add()
    page = visit(boss)
    page.goto("/spotify")
    acting.fold(page, "Set up the real Spotify")
    shown = page.locator(".ttt-copy code").locator("visible=true")
    expect(shown).to_contain_text(place.server.settings.redirect_uri)
    fill(page, '"your-client-id"', name="Family")
    expect(page.get_by_text("The client ID has quotation marks in it")).to_be_visible()
    fill(page, UNKNOWN)
    expect(page.get_by_text("Spotify does not know this client ID")).to_be_visible()
    fill(page, ELSEWHERE)
    expect(page.get_by_text("Spotify knows this client ID, but not the address")).to_be_visible()
    expect(field(page, "Name")).to_have_value("Family")
    fill(page, FIRST, SECRETS[FIRST])
    expect(page.get_by_text("Spotify accepts it: you can connect now.")).to_be_visible()
    expect(page.get_by_text("Set up the real Spotify")).to_have_count(0)
    other = visit(ann)
    other.goto("/spotify")
    connect(other, "Ben")
    expect(other.get_by_text("Spotify is connected.")).to_be_visible()
    expect(other.get_by_text("Demo data")).to_have_count(0)
    connection = spotify.connection(place.people.context, ann)
    assert connection is not None
    assert not connection.demo
    assert SECRETS[FIRST] not in page.content()


def test_whom_spotify_does_not_list_is_told_and_the_admin_sees_whom_to_add(
    place: Place, visit: Visit
) -> None:
    boss, ann = place.people.add(role=Role.ADMIN), place.people.add()
    page = visit(boss)
    page.goto("/admin?section=Spotify")
    fill(page, FIRST, SECRETS[FIRST], "Family")
    expect(page.get_by_role("heading", name="Family")).to_be_visible()
    other = visit(ann)
    other.goto("/spotify")
    acting.press(other, "Ask an admin first")
    other.get_by_label("Name at Spotify").fill("Deniz D.")
    other.get_by_label("Mail at Spotify").fill("deniz@example.org")
    acting.press(other, "Save for the admin")
    expect(other.get_by_text("lets you in once you are")).to_be_visible()
    connect(other, "Deniz")
    expect(other.get_by_text("not on the allow list of this server's app")).to_be_visible()
    page.goto("/spotify")
    expect(page.get_by_text("1 person waits to be put on Spotify's allow list.")).to_be_visible()
    page.get_by_role("link", name="See whom").click()
    expect(page.get_by_text("Deniz D., deniz")).to_be_visible()
    expect(page.get_by_text("not on the allow list")).to_be_visible()
    acting.popover(page, "Free the seat")
    acting.press(page, "Yes, free it")
    expect(page.get_by_text("0 here, 5 seats are free")).to_be_visible()
    assert seats.mine(place.people.context, ann) is None


def test_a_person_brings_a_client_id_of_their_own_and_gives_it_up(
    place: Place, visit: Visit
) -> None:
    ann, _ = place.people.add(), place.people.add()
    page = visit(ann)
    page.goto("/spotify")
    acting.fold(page, "Bring a client ID of your own")
    fill(page, OWN, SECRETS[OWN])
    expect(page.get_by_text("Spotify accepts it: you can connect now.")).to_be_visible()
    connect(page, "Ada")
    expect(page.get_by_text("Spotify is connected.")).to_be_visible()
    page.goto("/spotify")
    expect(page.get_by_text("Connected as Ada")).to_be_visible()
    assert SECRETS[OWN] not in page.content()
    acting.fold(page, "Your own client ID")
    acting.popover(page, "Remove it")
    expect(page.get_by_text("This deletes the client ID with its secret")).to_be_visible()
    acting.press(page, "Yes, remove it")
    expect(page.get_by_text("Your client ID is removed.")).to_be_visible()
    assert spotify.connection(place.people.context, ann) is None
    assert not clients.real(place.people.context)


def test_a_person_looks_around_first_and_every_page_says_so_until_they_leave(
    place: Place, visit: Visit
) -> None:
    boss, ann = place.people.add(role=Role.ADMIN), place.people.add()
    page = visit(boss)
    page.goto("/admin?section=Spotify")
    fill(page, FIRST, SECRETS[FIRST], "Family")
    expect(page.get_by_role("heading", name="Family")).to_be_visible()
    other = visit(ann)
    other.goto("/spotify")
    acting.press(other, "Look around first")
    other.get_by_role("button", name="Agree").click()
    expect(other.get_by_text("You are looking around")).to_be_visible()
    other.goto("/top-tracks")
    expect(other.get_by_text("You are looking around")).to_be_visible()
    expect(other.locator("[data-track]")).to_have_count(50)
    acting.press(other, "Leave the demo")
    expect(other.get_by_text("You are looking around")).to_have_count(0)
    assert spotify.connection(place.people.context, ann) is None
