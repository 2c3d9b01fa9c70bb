"""Setting client IDs and giving seats, as people and admins see it."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from tests.services.conftest import add_person
from tests.services.demo_spotify import agreed, connect_demo
from tests.services.spotify.several import (
    FIRST,
    OWN,
    SECRETS,
    UNKNOWN,
    Server,
    given,
    server,
    set_up,
)
from tests.ui.conftest import Open, Visitor, click, fill, labels, signed_in, to_copy, words
from ttt.services.accounts import decisions
from ttt.services.accounts.decisions import Decisions
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import clients, connecting, keeping, seats, spotify
from ttt.settings import DEMO_CLIENT_ID
from ttt.ui.frame import process


@pytest.fixture
def here(context: Context, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server without a client ID, as the pages see it, and Spotify."""
    assert visitor
    with server(context, {}) as found:
        monkeypatch.setattr(process, "context", lambda: found.one)
        yield found


@pytest.fixture
def boss(context: Context) -> Person:
    return add_person(context, "boss", admin=True)


def as_admin(app: AppTest, context: Context, boss: Person, visitor: Visitor, page: str) -> AppTest:
    visitor.cookie = signed_in(context, boss)
    app.run()
    app.session_state["section"] = "Spotify"
    opened = app.switch_page(f"../../pages/{page}.py").run()
    assert not opened.exception
    return opened


def test_an_admin_is_shown_the_steps_where_the_demo_stands_in_and_members_are_not(
    here: Server, app: AppTest, boss: Person, visitor: Visitor, ada: Person
) -> None:
    shown = as_admin(app, here.one, boss, visitor, "spotify")
    assert "Set up the real Spotify" in [fold.label for fold in shown.expander]
    assert here.one.settings.redirect_uri in to_copy(shown)
    other = as_admin(app, here.one, ada, visitor, "spotify")
    assert "Set up the real Spotify" not in [fold.label for fold in other.expander]


def test_what_was_typed_stays_until_spotify_takes_it(
    here: Server, app: AppTest, boss: Person, visitor: Visitor
) -> None:
    shown = as_admin(app, here.one, boss, visitor, "admin")
    fill(shown, {"Name": "Family", "Client ID": UNKNOWN, "Client secret": given("any")})
    shown = click(shown, "Check and save")
    assert "Spotify does not know this client ID, or the secret does not belong to it." in words(
        shown
    )
    assert [field.value for field in shown.text_input] == ["Family", UNKNOWN, given("any")]
    fill(shown, {"Client ID": FIRST, "Client secret": SECRETS[FIRST]})
    shown = click(shown, "Check and save")
    assert clients.real(here.two)
    assert [field.value for field in shown.text_input] == ["", "", ""]
    assert f"{FIRST} · 0 here, 5 seats are free" in words(shown).replace("`", "")
    assert SECRETS[FIRST] not in words(shown)


def test_what_the_environment_sets_is_said_and_has_no_button_to_remove_it(
    context: Context,
    app: AppTest,
    boss: Person,
    visitor: Visitor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with server(context, {}, spotify_client_id=FIRST) as here:
        monkeypatch.setattr(process, "context", lambda: here.one)
        shown = as_admin(app, here.one, boss, visitor, "admin")
    assert "Set by SPOTIFY_CLIENT_ID, which wins" in words(shown)
    assert "Yes, remove" not in labels(shown)


def test_removing_says_what_goes_and_frees_the_server_of_it(
    here: Server, app: AppTest, boss: Person, visitor: Visitor
) -> None:
    set_up(here.one, FIRST)
    connect_demo(here.one, boss)
    shown = as_admin(app, here.one, boss, visitor, "admin")
    assert "1 person has to connect anew" in words(shown)
    click(shown, "Yes, remove")
    assert not clients.real(here.two)


def test_the_admin_reads_whom_to_add_and_frees_a_seat(
    here: Server, app: AppTest, boss: Person, visitor: Visitor, ada: Person
) -> None:
    set_up(here.one, FIRST)
    seats.take(here.one, ada)
    seats.tell(here.one, ada, "Ada *L.*", "ada@example.org")
    shown = as_admin(app, here.one, boss, visitor, "admin")
    assert "To do: add under User Management" in words(shown)
    assert "Ada *L.*, ada" in words(shown)
    assert "1 person waits" in words(as_admin(app, here.one, boss, visitor, "spotify"))
    click(as_admin(app, here.one, boss, visitor, "admin"), "Yes, free it")
    assert seats.mine(here.two, ada) is None


def test_a_person_takes_a_seat_first_and_says_which_account_is_theirs(
    here: Server, open_page: Open, ada: Person
) -> None:
    set_up(here.one, FIRST)
    shown = click(open_page("spotify"), "Ask an admin first")
    assert "lets you in once you are on its allow list" in words(shown)
    fill(shown, {"Name at Spotify": "Ada L.", "Mail at Spotify": "nonsense"})
    shown = click(shown, "Save for the admin")
    assert "That is not a mail address." in words(shown)
    fill(shown, {"Mail at Spotify": "ada@example.org"})
    click(shown, "Save for the admin")
    seat = seats.mine(here.two, ada)
    assert seat is not None
    assert (seat.name, seat.email) == ("Ada L.", "ada@example.org")


def test_where_all_seats_are_taken_the_person_reads_what_to_do(
    context: Context, open_page: Open, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server(context, {}, spotify_seats=1) as here:
        monkeypatch.setattr(process, "context", lambda: here.one)
        set_up(here.one, FIRST)
        seats.take(here.one, bob)
        shown = click(open_page("spotify"), "Connect Spotify")
    assert "All seats of this server are taken" in words(shown)
    assert "bring a client ID of your own" in words(shown)


@pytest.mark.usefixtures("boss")
def test_ones_own_is_brought_and_given_up_after_saying_what_that_deletes(
    here: Server, open_page: Open, ada: Person
) -> None:
    shown = open_page("spotify")
    fill(shown, {"Client ID": OWN, "Client secret": SECRETS[OWN]})
    click(shown, "Check and save")
    assert keeping.of(here.two, ada) is not None
    shown = open_page("spotify")
    assert OWN in words(shown)
    assert "This deletes the client ID with its secret, and the connection" in words(shown)
    click(shown, "Yes, remove it")
    assert keeping.of(here.two, ada) is None


def test_who_may_bring_none_is_not_asked_to(here: Server, open_page: Open, boss: Person) -> None:
    decisions.decide(here.one, boss, Decisions(own_spotify="no"))
    assert "Check and save" not in labels(open_page("spotify"))


def test_who_looked_at_the_demo_reads_that_the_real_one_is_here(
    here: Server, open_page: Open, ada: Person, boss: Person
) -> None:
    decisions.decide(here.one, boss, Decisions(look_around="no"))
    connect_demo(here.one, ada)
    set_up(here.one, FIRST)
    shown = open_page("spotify")
    assert "This server has the real Spotify now." in words(shown)
    assert "Demo data of a made-up listener" in words(shown)
    assert "Connect Spotify" in labels(shown)


def test_who_looks_around_reads_so_on_every_page_and_leaves_with_one_press(
    here: Server, open_page: Open, ada: Person, visitor: Visitor
) -> None:
    set_up(here.one, FIRST)
    click(open_page("spotify"), "Look around first")
    (consent,) = visitor.went_to
    assert f"client_id={DEMO_CLIENT_ID}" in consent
    connecting.finish(here.two, ada, agreed(consent))
    for page in ("home", "trending", "spotify"):
        assert "You are looking around" in words(open_page(page))
    shown = click(open_page("trending"), "Leave the demo")
    assert "You are looking around" not in words(shown)
    assert spotify.connection(here.two, ada) is None
