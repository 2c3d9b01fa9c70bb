"""Two client IDs and three people, in two processes, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.services.conftest import Clock, add_person, connect
from tests.services.demo_spotify import agree, connect_demo
from tests.services.spotify.several import (
    FIRST,
    OWN,
    SECOND,
    SECRETS,
    Server,
    account_of,
    by_first,
    events,
    keep,
    server,
    set_up,
    token_of,
)
from ttt.errors import (
    CallbackRejected,
    NoSeatLeft,
    NotConnected,
    NotOnAllowList,
    PremiumNeeded,
    RateLimited,
    ReconnectNeeded,
)
from ttt.models import ServiceBlock, SpotifyAccount
from ttt.music import Period
from ttt.providers.spotify import Spotify
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import clients, connecting, keeping, looking, seats, spotify
from ttt.services.top import top_tracks
from ttt.services.values import spotify_features

ONE_SEAT = {"spotify_seats": 1}


def ask(client: Spotify) -> object:
    return client.top_tracks(Period.SHORT_TERM)


@pytest.fixture
def here(anywhere: Context) -> Iterator[Server]:
    """A server with two client IDs of one seat each."""
    with server(anywhere, {}, **ONE_SEAT) as found:
        set_up(found.one, FIRST, SECOND)
        yield found


@pytest.fixture
def people(anywhere: Context) -> tuple[Person, Person, Person]:
    """Three people."""
    return tuple(add_person(anywhere, name) for name in ("ann", "ben", "cem"))  # type: ignore[return-value]


def of_client(context: Context, person: Person) -> str | None:
    account = account_of(context, person)
    return None if account is None else account.client_id


def test_each_person_connects_by_the_client_id_on_which_a_seat_is_free(
    here: Server, people: tuple[Person, Person, Person]
) -> None:
    ann, ben, cem = people
    connect_demo(here.one, ann, "ada")
    connect_demo(here.two, ben, "ben")
    assert [of_client(here.two, ann), of_client(here.one, ben)] == [FIRST, SECOND]
    with pytest.raises(NoSeatLeft) as full:
        connecting.begin(here.one, cem, "/")
    assert full.value.seats == 1
    assert account_of(here.two, cem) is None


def test_everybody_is_asked_for_with_their_own_client_id_in_every_process(
    here: Server, people: tuple[Person, Person, Person]
) -> None:
    ann, ben, cem = people
    connect_demo(here.one, ann, "ada")
    connect_demo(here.one, ben, "ben")
    operator = accounts.operator(here.one)
    keeping.bring_for(here.one, operator, cem, OWN, SECRETS[OWN])
    connect_demo(here.one, cem, "chiara")
    for context in (here.one, here.two):
        for person in people:
            spotify.call(context, person, ask)
    assert [of_client(here.two, person) for person in people] == [FIRST, SECOND, OWN]


def test_a_token_is_renewed_with_the_secret_of_its_own_client_id(
    here: Server, people: tuple[Person, Person, Person], clock: Clock
) -> None:
    ann, ben, cem = people
    connect_demo(here.one, ann)
    connect_demo(here.one, ben)
    keeping.bring_for(here.one, accounts.operator(here.one), cem, OWN, SECRETS[OWN])
    connect_demo(here.one, cem)
    before = [token_of(here.one, person) for person in people]
    clock.forward(hours=2)
    for person in people:
        spotify.call(here.two, person, ask)
    after = [token_of(here.one, person) for person in people]
    assert all(
        a and b and a.access_token != b.access_token for a, b in zip(before, after, strict=True)
    )


def test_a_token_is_never_sent_with_another_client_id(
    here: Server, people: tuple[Person, Person, Person]
) -> None:
    ann, *_ = people
    connect_demo(here.one, ann)
    with here.one.session() as session:
        session.get_one(SpotifyAccount, ann.id).client_id = SECOND
        session.commit()
    here.spotify.asked.clear()
    with pytest.raises(ReconnectNeeded):
        spotify.call(here.two, ann, ask)
    assert here.spotify.asked == []


def test_a_code_that_was_asked_for_by_a_client_id_that_serves_no_longer_is_not_exchanged(
    here: Server, people: tuple[Person, Person, Person]
) -> None:
    ann, *_ = people
    answer = agree(here.one, ann)
    keeping.bring_for(here.two, accounts.operator(here.two), ann, OWN, SECRETS[OWN])
    here.spotify.asked.clear()
    with pytest.raises(CallbackRejected) as refused:
        connecting.finish(here.one, ann, answer)
    assert refused.value.reason == "client"
    assert here.spotify.asked == []
    assert account_of(here.one, ann) is None


def test_a_wait_of_one_client_id_is_no_wait_of_another(
    here: Server, people: tuple[Person, Person, Person], clock: Clock
) -> None:
    ann, ben, _ = people
    connect_demo(here.one, ann)
    connect_demo(here.one, ben)
    here.spotify.spoil("quota_exceeded", times=1)
    with pytest.raises(RateLimited) as told:
        spotify.call(here.one, ann, ask)
    here.spotify.asked.clear()
    with pytest.raises(RateLimited) as still:
        spotify.call(here.two, ann, ask)
    assert here.spotify.asked == []
    assert still.value.until == told.value.until == clock() + timedelta(hours=12)
    spotify.call(here.two, ben, ask)
    with here.one.session() as session:
        assert list(session.exec(select(ServiceBlock.service))) == [f"spotify:{FIRST}"]


def test_features_that_are_closed_to_one_client_id_are_asked_for_by_another(
    here: Server, people: tuple[Person, Person, Person], clock: Clock
) -> None:
    ann, ben, _ = people
    connect_demo(here.one, ann)
    connect_demo(here.one, ben)
    assert spotify_features.service(here.one) == f"spotify features:{FIRST}"
    with here.one.session() as session:
        until = clock() + timedelta(days=7)
        session.add(ServiceBlock(service=f"spotify features:{FIRST}", until=until))
        session.commit()
    assert spotify_features.service(here.two) == f"spotify features:{SECOND}"
    assert spotify_features.service(here.two, ann.id) == f"spotify features:{SECOND}"


def test_a_client_id_of_ones_own_is_asked_for_features_on_nobodys_behalf(
    here: Server, people: tuple[Person, Person, Person]
) -> None:
    *_, cem = people
    keeping.bring_for(here.one, accounts.operator(here.one), cem, OWN, SECRETS[OWN])
    connect_demo(here.one, cem)
    assert not spotify_features.can_ask(here.one)
    assert spotify_features.service(here.one, cem.id) == f"spotify features:{FIRST}"


def test_whoever_records_plays_or_keeps_daily_lists_reaches_the_people_of_every_client_id(
    here: Server, people: tuple[Person, Person, Person]
) -> None:
    ann, ben, cem = people
    connect_demo(here.one, ann)
    connect_demo(here.one, ben)
    keeping.bring_for(here.one, accounts.operator(here.one), cem, OWN, SECRETS[OWN])
    connect_demo(here.one, cem)
    with here.two.session() as session:
        found = clients.connected(here.two, session)
    assert found == [(ann.id, FIRST), (ben.id, SECOND), (cem.id, OWN)]
    assert top_tracks.people_due(here.two) == [person.id for person in people]


@pytest.mark.parametrize("plain", [False, True])
def test_whom_spotify_does_not_list_is_told_so_and_the_admin_sees_whom_to_add(
    anywhere: Context, people: tuple[Person, Person, Person], plain: bool
) -> None:
    listed = ("ada", "ben", "chiara", "emi", "owner")
    boss = add_person(anywhere, "boss", admin=True)
    with server(anywhere, {"listed": listed, "plain": plain}) as here:
        set_up(here.one, FIRST)
        seats.take(here.one, people[0])
        seats.tell(here.one, people[0], "Deniz D.", "deniz@example.org")
        answer = agree(here.one, people[0], "deniz")
        with pytest.raises(NotOnAllowList) as refused:
            connecting.finish(here.two, people[0], answer)
        assert refused.value == NotOnAllowList("Deniz D.", "deniz@example.org")
        (bench,) = seats.benches(here.two, boss)
        (seat,) = bench.seats
        assert (seat.username, seat.name, seat.email) == ("ann", "Deniz D.", "deniz@example.org")
        assert seat.refused_at is not None
        assert seat.waiting
        connect_demo(here.two, people[0], "ada")
        (bench,) = seats.benches(here.one, boss)
        assert not bench.seats[0].waiting


def test_an_owner_who_lost_premium_is_told_as_that_to_those_of_that_client_id_alone(
    anywhere: Context, people: tuple[Person, Person, Person]
) -> None:
    ann, ben, _ = people
    with server(anywhere, {"premium": False}, **ONE_SEAT) as here:
        set_up(here.one, FIRST, SECOND)
        with pytest.raises(PremiumNeeded):
            connect_demo(here.one, ann)
        connect_demo(here.one, ben)
        spotify.call(here.two, ben, ask)


def test_the_environments_client_id_is_first_and_the_pages_come_after(
    anywhere: Context, people: tuple[Person, Person, Person]
) -> None:
    ann, ben, _ = people
    with server(anywhere, {}, spotify_client_id=FIRST, **ONE_SEAT) as here:
        set_up(here.one, SECOND)
        connect_demo(here.one, ann)
        connect_demo(here.two, ben)
        assert [of_client(here.one, ann), of_client(here.one, ben)] == [FIRST, SECOND]
        with here.one.session() as session:
            shared = clients.shared(here.one, session)
        found = [(c.client_id, c.source) for c in shared]
        assert found == [(FIRST, "environment"), (SECOND, "page")]


def test_who_is_connected_without_a_seat_stays_connected_and_takes_room(
    anywhere: Context, people: tuple[Person, Person, Person]
) -> None:
    ann, ben, _ = people
    with server(anywhere, {}, spotify_client_id=FIRST, **ONE_SEAT) as here:
        connect_demo(here.one, ann)
        with here.one.session() as session:  # as the version before leaves it
            seats.kept.leave(session, ann.id)
            session.commit()
        spotify.call(here.two, ann, ask)
        with pytest.raises(NoSeatLeft):
            connecting.begin(here.two, ben, "/")
        assert connecting.begin(here.one, ann, "/")


def test_a_freed_seat_ends_the_connection_and_is_there_for_somebody_else(
    here: Server, people: tuple[Person, Person, Person]
) -> None:
    ann, ben, cem = people
    boss = add_person(here.one, "boss", admin=True)
    connect_demo(here.one, ann)
    top_tracks.refresh(here.one, ann)
    connect_demo(here.one, ben)
    seats.free(here.one, boss, "ann")
    assert token_of(here.two, ann) is None
    connection = spotify.connection(here.two, ann)
    assert connection is not None
    assert not connection.usable
    assert top_tracks.kept(here.two, ann).count == len(Period)
    connect_demo(here.two, cem)
    assert of_client(here.one, cem) == FIRST


def test_disconnecting_gives_the_seat_up(
    here: Server, people: tuple[Person, Person, Person]
) -> None:
    ann, *_ = people
    connect_demo(here.one, ann)
    spotify.disconnect(here.two, ann)
    assert seats.mine(here.one, ann) is None
    with pytest.raises(NotConnected):
        spotify.call(here.one, ann, ask)


def test_of_many_who_press_at_once_as_many_sit_as_there_are_seats(anywhere: Context) -> None:
    everybody = [add_person(anywhere, f"person{number}") for number in range(6)]
    with server(anywhere, {}, spotify_seats=2) as here, ThreadPoolExecutor(6) as pool:
        set_up(here.one, FIRST)
        two = (here.one, here.two)
        tries = [
            pool.submit(connecting.begin, two[number % 2], person, "/")
            for number, person in enumerate(everybody)
        ]
        refused = [one for one in tries if isinstance(one.exception(), NoSeatLeft)]
        boss = add_person(here.one, "boss", admin=True)
        (bench,) = seats.benches(here.two, boss)
    assert (len(bench.seats), bench.free, len(refused)) == (2, 0, 4)


def test_a_client_id_from_wherever_makes_a_server_real_and_the_first_is_gone_by(
    context: Context,
) -> None:
    assert not clients.real(context)
    assert clients.settings(context).demo
    assert clients.real(by_first(context))
    assert clients.settings(by_first(context)).client_id == FIRST
    keep(context, SECOND)
    keep(context, OWN)
    assert clients.real(context)
    assert clients.settings(context).client_id == SECOND


def test_only_the_demo_can_be_off(context: Context) -> None:
    public = by_first(context, public_url="https://music.example.org")
    with public.session() as session:
        (first,) = clients.shared(public, session)
        assert not clients.is_off(public, session, first)
        assert clients.is_off(public, session, clients.demo(public))


def test_whoever_is_connected_to_the_demo_looks_around_while_that_can_be_used(
    context: Context, ada: Person, bob: Person
) -> None:
    connect(context, ada)
    connect(context, bob, usable=False)
    here = by_first(context)
    with here.session() as session:
        found = [clients.of(here, session, person.id) for person in (ada, bob)]
    assert [client and client.name for client in found] == ["demo", None]
    assert [looking.around(here, person) for person in (ada, bob)] == [True, False]


def test_whoever_does_not_look_around_leaves_nothing(
    context: Context, ada: Person, bob: Person
) -> None:
    here = by_first(context)
    connect(here, ada)
    for person in (ada, bob):
        looking.leave(here, person)
    assert of_client(here, ada) == FIRST
    assert "demo left" not in [action for _, action, _ in events(here)]
