"""The demo beside a real Spotify: looked at by who is not connected yet, and gone again."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.security.test_ownership import dump
from tests.services.conftest import add_person
from tests.services.demo_spotify import DemoSpotify, agree, agreed, connect_demo
from tests.services.spotify.several import FIRST, OWN, SECRETS, Server, account_of, server, set_up
from ttt.errors import CallbackRejected, NotAllowed, NotConnected, NotSetUp
from ttt.music import Period
from ttt.services.accounts import decisions
from ttt.services.accounts.decisions import Decisions, LookAround
from ttt.services.context import Context
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.playlists import playlists
from ttt.services.recorders import recording, state
from ttt.services.spotify import clients, connecting, keeping, looking, seats, spotify
from ttt.services.top import top_tracks
from ttt.settings import DEMO_CLIENT_ID

URI = f"spotify:track:{'1' * 22}"
PUBLIC = "https://music.example.org"
# What says that somebody was here, and counts what changed.
TRACES = {"audit_event", "user_account"}


@pytest.fixture
def here(anywhere: Context) -> Iterator[Server]:
    """A server with a client ID, and Spotify; the demo is where the real one is."""
    with server(anywhere, {}) as found:
        set_up(found.one, FIRST)
        yield found


@pytest.fixture
def ann(anywhere: Context) -> Person:
    """Somebody who is not connected."""
    return add_person(anywhere, "ann")


def reached_by_others(context: Context) -> Context:
    """The same server at an address that others reach."""
    settings = context.settings.model_copy(update={"public_url": PUBLIC})
    return replace(context, settings=settings)


def look(context: Context, person: Person, listener: str = "ben") -> dict[str, str]:
    """Go to the demo's consent page and agree; return what the redirect carries."""
    return agreed(connecting.begin(context, person, "/", look_around=True), listener)


def test_who_is_not_connected_looks_at_demo_data_in_every_process(
    here: Server, ann: Person
) -> None:
    assert looking.offered(here.one)
    connecting.finish(here.one, ann, look(here.one, ann))
    top_tracks.refresh(here.two, ann)
    connection = spotify.connection(here.two, ann)
    assert connection is not None
    assert connection.demo
    assert connection.usable
    assert looking.around(here.two, ann)
    assert top_tracks.kept(here.one, ann).count == len(Period)


def test_leaving_leaves_nothing_of_it_and_what_is_ones_own(here: Server, ann: Person) -> None:
    entries.add_uris(here.one, ann, [URI])
    before = {name: rows for name, rows in dump(here.one).items() if name not in TRACES}
    connecting.finish(here.one, ann, look(here.one, ann))
    top_tracks.refresh(here.one, ann)
    playlists.send(here.one, ann, [URI], "Made up")
    looking.leave(here.two, ann)
    after = {name: rows for name, rows in dump(here.one).items() if name not in TRACES}
    assert after == before
    assert not looking.around(here.one, ann)
    with pytest.raises(NotConnected):
        spotify.call(here.one, ann, lambda client: client.me())


def test_connecting_ones_own_ends_it(here: Server, ann: Person) -> None:
    connecting.finish(here.one, ann, look(here.one, ann))
    top_tracks.refresh(here.one, ann)
    playlists.send(here.one, ann, [URI], "Made up")
    connect_demo(here.two, ann, "ben")  # the same listener's name, at the real one
    account = account_of(here.one, ann)
    assert account is not None
    assert account.client_id == FIRST
    assert top_tracks.kept(here.one, ann).count == 0
    assert playlists.history(here.one, ann) == []
    assert not looking.around(here.one, ann)


def test_nothing_of_it_is_recorded_or_fetched_by_the_server(here: Server, ann: Person) -> None:
    connecting.finish(here.one, ann, look(here.one, ann))
    assert recording.look(here.one, recording.of(here.one, ann), at_once=True) is None
    assert recording.due(here.one) == []
    assert top_tracks.people_due(here.two) == []
    assert state.demo_history_url(here.one, ann) is None
    with here.one.session() as session:
        assert clients.connected(here.one, session) == []


def test_it_takes_no_seat(here: Server, ann: Person) -> None:
    boss = add_person(here.one, "boss", admin=True)
    connecting.finish(here.one, ann, look(here.one, ann))
    (bench,) = seats.benches(here.two, boss)
    assert bench.seats == ()


@pytest.mark.parametrize(
    ("rule", "public", "may"),
    [
        ("private", False, True),
        ("private", True, False),
        ("yes", True, True),
        ("no", False, False),
    ],
)
def test_on_a_public_address_it_is_off_unless_it_is_switched_on(
    context: Context, rule: LookAround, public: bool, may: bool
) -> None:
    boss = add_person(context, "boss", admin=True)
    changes = {"public_url": PUBLIC} if public else {}
    with server(context, {}, **changes) as here:
        set_up(here.one, FIRST)
        decisions.decide(here.one, boss, Decisions(look_around=rule))
        assert looking.offered(here.two) is may
        assert clients.demo_in_use(here.two) is may
        if may:
            assert f"client_id={DEMO_CLIENT_ID}" in connecting.begin(
                here.two, boss, "/", look_around=True
            )
        else:
            with pytest.raises(NotAllowed):
                connecting.begin(here.two, boss, "/", look_around=True)


def test_where_others_reach_a_server_without_spotify_nobody_meets_the_demo(
    context: Context, ada: Person, demo: DemoSpotify
) -> None:
    boss = add_person(context, "boss", admin=True)
    connect_demo(context, ada)
    on_its_way = agree(context, boss)
    public = reached_by_others(context)
    connection = spotify.connection(public, ada)
    assert connection is not None
    assert not connection.usable
    for refused in (
        lambda: connecting.begin(public, boss, "/"),
        lambda: connecting.finish(public, boss, on_its_way),
        lambda: top_tracks.refresh(public, ada),
    ):
        with pytest.raises(NotSetUp):
            refused()
    assert not clients.demo_in_use(public)
    assert top_tracks.people_due(public) == []


def test_there_an_admin_can_switch_it_on(context: Context, ada: Person, demo: DemoSpotify) -> None:
    boss, public = add_person(context, "boss", admin=True), reached_by_others(context)
    connect_demo(context, ada)
    decisions.decide(context, boss, Decisions(look_around="yes"))
    assert clients.demo_in_use(public)
    assert connecting.begin(public, boss, "/").startswith(f"{PUBLIC}/demo-spotify/authorize?")
    connection = spotify.connection(public, ada)
    assert connection is not None
    assert connection.usable


def test_where_it_is_switched_off_meanwhile_it_is_over(here: Server, ann: Person) -> None:
    boss = add_person(here.one, "boss", admin=True)
    on_its_way = look(here.one, ann)
    connecting.finish(here.one, boss, look(here.one, boss))
    decisions.decide(here.one, boss, Decisions(look_around="no"))
    with pytest.raises(CallbackRejected):
        connecting.finish(here.two, ann, on_its_way)
    connection = spotify.connection(here.two, boss)
    assert connection is not None
    assert not connection.usable


def test_bringing_ones_own_client_id_ends_it(here: Server, ann: Person) -> None:
    connecting.finish(here.one, ann, look(here.one, ann))
    keeping.bring_for(here.one, ann, ann, OWN, SECRETS[OWN])
    assert account_of(here.one, ann) is None
    assert not looking.around(here.one, ann)
