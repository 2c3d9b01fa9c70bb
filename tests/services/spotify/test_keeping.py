"""Setting client IDs: what is tried, what is kept, what goes with them."""

from collections.abc import Iterator

import pytest
from sqlmodel import select

from tests.services.conftest import Clock, add_person
from tests.services.demo_spotify import connect_demo
from tests.services.spotify.several import (
    ELSEWHERE,
    FIRST,
    OWN,
    SECOND,
    SECRETS,
    UNKNOWN,
    Server,
    account_of,
    at_spotify,
    events,
    given,
    server,
    set_up,
    token_of,
)
from ttt.errors import (
    ClientRefused,
    InvalidInput,
    NotAllowed,
    NotConnected,
    NotFound,
    RateLimited,
    RedirectRefused,
    SpotifyUnavailable,
)
from ttt.found import Kind
from ttt.models import SpotifyClient
from ttt.music import Period
from ttt.services.accounts import accounts, decisions
from ttt.services.accounts.decisions import Decisions
from ttt.services.context import Context
from ttt.services.discover import discover
from ttt.services.person import Person
from ttt.services.server import rotation
from ttt.services.server.watching import at_spotify as health
from ttt.services.spotify import clients, connecting, keeping, seats, spotify, standing
from ttt.services.top import top_tracks
from ttt.services.values import sources
from ttt.services.values import standing as standing_of_values


@pytest.fixture
def here(context: Context) -> Iterator[Server]:
    """A server without any client ID yet, and Spotify."""
    with server(context, {}) as found:
        yield found


@pytest.fixture
def boss(context: Context) -> Person:
    """An admin."""
    return add_person(context, "boss", admin=True)


def rows(context: Context) -> list[SpotifyClient]:
    with context.session() as session:
        return list(session.exec(select(SpotifyClient)))


@pytest.mark.parametrize(
    ("client", "secret", "said"),
    [
        ("", "", "Paste the client ID"),
        ("   ", SECRETS[FIRST], "Paste the client ID"),
        ("your-client-id", "", "The client ID is a placeholder"),
        (f'"{FIRST}"', "", "The client ID has quotation marks"),
        (FIRST[:31], "", "The client ID is not as Spotify gives them"),
        (f"{FIRST} {FIRST}", "", "The client ID holds more than letters and digits"),
        (FIRST, "<secret>", "The client secret is a placeholder"),
        (FIRST, "abc", "The client secret is not as Spotify gives them"),
    ],
)
def test_what_cannot_be_one_is_refused_before_spotify_is_asked(
    here: Server, boss: Person, client: str, secret: str, said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        keeping.add(here.one, boss, "Family", client, secret)
    with pytest.raises(InvalidInput, match=said):
        keeping.bring_for(here.one, boss, boss, client, secret)
    assert here.spotify.asked == []
    assert rows(here.one) == []


@pytest.mark.parametrize(
    ("client", "secret"), [(UNKNOWN, ""), (UNKNOWN, given("any")), (FIRST, SECRETS[SECOND])]
)
def test_a_client_id_or_secret_that_spotify_does_not_know_is_not_kept(
    here: Server, boss: Person, client: str, secret: str
) -> None:
    with pytest.raises(ClientRefused) as refused:
        keeping.add(here.one, boss, "Family", client, secret)
    assert refused.value == ClientRefused(admin=True, place="check")
    assert rows(here.one) == []


def test_a_redirect_uri_that_is_not_registered_is_told_with_the_one_to_add(
    here: Server, boss: Person
) -> None:
    with pytest.raises(RedirectRefused) as refused:
        keeping.add(here.one, boss, "Family", ELSEWHERE, "")
    assert refused.value.uri == here.one.settings.redirect_uri
    assert rows(here.one) == []


def test_what_is_tried_connects_nobody(here: Server, boss: Person) -> None:
    keeping.add(here.one, boss, "Family", FIRST, SECRETS[FIRST])
    assert here.spotify.asked == ["/api/token", "/authorize"]
    assert account_of(here.one, boss) is None


def test_while_spotify_is_away_nothing_is_kept(context: Context, boss: Person) -> None:
    nowhere = at_spotify(context, spotify_accounts_url="http://127.0.0.1:1")
    with pytest.raises(SpotifyUnavailable):
        keeping.add(nowhere, boss, "Family", FIRST, "")
    assert rows(context) == []


def test_a_wait_that_spotify_asked_for_holds_while_it_is_tried(
    here: Server, boss: Person, clock: Clock
) -> None:
    set_up(here.one, FIRST)
    connect_demo(here.one, boss)
    here.spotify.spoil("rate_limited", times=1)
    with pytest.raises(RateLimited):
        top_tracks.refresh(here.one, boss)
    here.spotify.asked.clear()
    with pytest.raises(RateLimited):
        keeping.add(here.two, boss, "Family", FIRST, SECRETS[FIRST])
    assert here.spotify.asked == []
    clock.forward(minutes=1)
    keeping.add(here.two, boss, "Family", FIRST, SECRETS[FIRST])


def test_every_process_uses_it_from_the_next_request_on(
    here: Server, boss: Person, ada: Person
) -> None:
    assert not clients.real(here.two)
    keeping.add(here.one, boss, "Family", FIRST, SECRETS[FIRST])
    assert clients.real(here.two)
    assert f"client_id={FIRST}" in connecting.begin(here.two, ada, "/")


def test_the_secret_is_kept_encrypted_and_put_under_another_key_with_the_rest(
    here: Server, boss: Person
) -> None:
    keeping.add(here.one, boss, "Family", FIRST, SECRETS[FIRST])
    (row,) = rows(here.one)
    before = row.secret_encrypted
    assert before
    assert SECRETS[FIRST] not in before
    rotation.rotate(here.one, settle=lambda: None)
    (row,) = rows(here.one)
    assert row.secret_encrypted != before
    assert here.one.vault.decrypt(row.secret_encrypted or "") == SECRETS[FIRST]


def test_no_secret_is_shown_by_what_services_return(here: Server, boss: Person) -> None:
    keeping.add(here.one, boss, "Family", FIRST, SECRETS[FIRST])
    keeping.bring_for(here.one, boss, boss, OWN, SECRETS[OWN])
    told = repr(
        (
            seats.benches(here.one, boss),
            keeping.of(here.one, boss),
            standing.standings(here.one),
            health.findings(here.one, ready=True),
            events(here.one),
        )
    )
    assert not [secret for secret in SECRETS.values() if secret in told]


def test_the_same_client_id_again_gets_name_and_secret_anew_and_keeps_its_people(
    here: Server, boss: Person
) -> None:
    keeping.add(here.one, boss, "Family", FIRST, "")
    connect_demo(here.one, boss)
    keeping.add(here.two, boss, "House", FIRST, SECRETS[FIRST])
    (row,) = rows(here.one)
    assert (row.name, here.one.vault.decrypt(row.secret_encrypted or "")) == (
        "House",
        SECRETS[FIRST],
    )
    top_tracks.refresh(here.one, boss)


def test_a_name_is_given_once(here: Server, boss: Person) -> None:
    keeping.add(here.one, boss, "Family", FIRST, "")
    for name in ("Family", "environment", " ", "x" * 61, "a\x00b"):
        with pytest.raises(InvalidInput):
            keeping.add(here.one, boss, name, SECOND, "")
    assert len(rows(here.one)) == 1
    keeping.add(here.one, boss, "x" * 60, SECOND, SECRETS[SECOND])
    assert [row.name for row in rows(here.one)] == ["Family", "x" * 60]


def test_what_the_environment_sets_wins_and_says_so(context: Context, boss: Person) -> None:
    with server(context, {}, spotify_client_id=FIRST) as here:
        with pytest.raises(InvalidInput, match="SPOTIFY_CLIENT_ID sets this client ID already"):
            keeping.add(here.one, boss, "Family", FIRST, "")
        keeping.add(here.one, boss, "Second", SECOND, "")
        with here.one.session() as session:
            first, _ = clients.shared(here.one, session)
        assert (first.client_id, first.source) == (FIRST, "environment")
        # As when it was set on the page before, with a secret that is wrong by now.
        with here.one.session() as session:
            wrong = SpotifyClient(
                name="Old",
                client_id=FIRST,
                secret_encrypted=here.one.vault.encrypt("wrong"),
                created_at=here.one.now(),
            )
            session.add(wrong)
            session.commit()
        connect_demo(here.one, boss)
        keeping.remove(here.one, boss, "Old")
        assert token_of(here.one, boss) is not None


def test_removing_one_of_the_servers_ends_its_connections_and_no_others(
    here: Server, boss: Person, ada: Person
) -> None:
    set_up(here.one, FIRST)
    connect_demo(here.one, ada)
    top_tracks.refresh(here.one, ada)
    keeping.bring_for(here.one, boss, boss, OWN, SECRETS[OWN])
    connect_demo(here.one, boss)
    keeping.remove(here.two, boss, "App a")
    assert token_of(here.one, ada) is None
    assert token_of(here.one, boss) is not None
    assert top_tracks.kept(here.one, ada).count == len(Period)
    assert not clients.real(here.one)
    with pytest.raises(NotFound):
        keeping.remove(here.two, boss, "App a")


def test_people_may_bring_their_own_where_there_are_several_or_as_the_admin_says(
    here: Server, ada: Person
) -> None:
    assert not keeping.may_bring(here.one)
    with pytest.raises(NotAllowed):
        keeping.bring(here.one, ada, OWN, "")
    boss = add_person(here.one, "boss", admin=True)
    keeping.bring(here.two, ada, OWN, SECRETS[OWN])
    decisions.decide(here.one, boss, Decisions(own_spotify="no"))
    with pytest.raises(NotAllowed):
        keeping.bring(here.two, boss, FIRST, "")
    found = keeping.of(here.two, ada)  # what is there stays
    assert found is not None
    assert found.client_id == OWN


def test_ones_own_serves_oneself_alone(here: Server, ada: Person, bob: Person) -> None:
    set_up(here.one, FIRST)
    keeping.bring(here.one, ada, OWN, SECRETS[OWN])
    assert f"client_id={OWN}" in connecting.begin(here.two, ada, "/")
    assert f"client_id={FIRST}" in connecting.begin(here.two, bob, "/")
    assert keeping.of(here.two, bob) is None
    assert seats.mine(here.two, ada) is None


def test_bringing_ones_own_gives_the_seat_up_and_keeps_the_lists_of_the_same_account(
    here: Server, ada: Person, boss: Person
) -> None:
    set_up(here.one, FIRST)
    connect_demo(here.one, ada)
    top_tracks.refresh(here.one, ada)
    keeping.bring(here.two, ada, OWN, SECRETS[OWN])
    assert token_of(here.one, ada) is None
    (bench,) = seats.benches(here.one, boss)
    assert bench.seats == ()
    connect_demo(here.one, ada)
    assert top_tracks.kept(here.one, ada).count == len(Period)


@pytest.mark.usefixtures("boss")
def test_another_one_of_ones_own_disconnects_and_the_same_one_does_not(
    here: Server, ada: Person
) -> None:
    keeping.bring(here.one, ada, OWN, "")
    connect_demo(here.one, ada)
    top_tracks.refresh(here.one, ada)
    keeping.bring(here.one, ada, OWN, SECRETS[OWN])
    top_tracks.refresh(here.two, ada)
    keeping.bring(here.one, ada, SECOND, "")
    assert account_of(here.two, ada) is None
    assert top_tracks.kept(here.two, ada).count == 0


@pytest.mark.usefixtures("boss")
def test_giving_ones_own_up_disconnects_and_leaves_the_demo_or_the_servers(
    here: Server, ada: Person
) -> None:
    keeping.bring(here.one, ada, OWN, "")
    connect_demo(here.one, ada)
    keeping.give_up(here.two, ada)
    assert account_of(here.one, ada) is None
    with pytest.raises(NotConnected):
        spotify.call(here.one, ada, lambda client: client.me())
    connect_demo(here.one, ada)
    connection = spotify.connection(here.one, ada)
    assert connection is not None
    assert connection.demo


def test_what_was_seen_of_the_demo_is_not_taken_for_the_real_one(
    here: Server, ada: Person, boss: Person
) -> None:
    decisions.decide(here.one, boss, Decisions(look_around="no"))
    connect_demo(here.one, ada)
    top_tracks.refresh(here.one, ada)
    keeping.add(here.one, boss, "Family", FIRST, SECRETS[FIRST])
    connection = spotify.connection(here.two, ada)
    assert connection is not None
    assert connection.demo
    assert not connection.usable
    connect_demo(here.two, ada, "ben")
    assert top_tracks.kept(here.two, ada).count == 0


def test_who_did_what_is_in_the_trail(here: Server, ada: Person, boss: Person) -> None:
    keeping.add(here.one, boss, "Family", FIRST, "")
    connect_demo(here.one, ada)
    seats.free(here.one, boss, "ada")
    keeping.bring(here.one, ada, OWN, "")
    keeping.give_up(here.one, ada)
    keeping.remove(here.one, boss, "Family")
    found = [event for event in events(here.one) if event[0] in {"ada", "boss"}]
    assert found == [
        ("boss", "spotify client set", "Family"),
        ("ada", "spotify seat taken", "Family"),
        ("ada", "spotify connected", ""),
        ("boss", "spotify seat freed", "ada"),
        ("ada", "own spotify client set", "ada"),
        ("ada", "own spotify client removed", "ada"),
        ("boss", "spotify client removed", "Family"),
    ]


@pytest.mark.usefixtures("boss")
def test_the_doctor_looks_at_each(here: Server, ada: Person) -> None:
    set_up(here.one, FIRST)
    keeping.bring(here.one, ada, OWN, SECRETS[OWN])
    wrong = here.one.vault.encrypt("f" * 32)
    with here.one.session() as session:
        for row in session.exec(select(SpotifyClient).where(SpotifyClient.client_id == OWN)):
            row.secret_encrypted = wrong
        session.commit()
    found = {f.words.split(":")[0]: f.ok for f in health.findings(here.two, ready=True)}
    first = "The client ID App a (of this server, page) is taken by Spotify, with this server's "
    assert found[f"{first}redirect URI."]
    assert not found["The client ID ada (its owner's own, page)"]


def test_the_operator_sees_all_of_them(here: Server, ada: Person, boss: Person) -> None:
    set_up(here.one, FIRST)
    connect_demo(here.one, boss)
    operator = accounts.operator(here.one)
    keeping.bring_for(here.one, operator, ada, OWN, SECRETS[OWN], "Ada's app")
    found = standing.standings(here.two)
    assert [(s.name, s.owner, s.seats_used, s.seats) for s in found] == [
        ("App a", "everybody", 1, 5),
        ("Ada's app", "ada", 0, 1),
    ]


def test_with_a_client_id_from_the_page_others_are_asked_as_with_the_environments(
    here: Server, boss: Person
) -> None:
    def asked(context: Context) -> tuple[object, ...]:
        return sources.order(context, Kind.FEATURES), discover.shown(context)

    demo = asked(here.two)
    keeping.add(here.one, boss, "Family", FIRST, "")
    assert not standing_of_values.only_catalogue(here.two)
    real = at_spotify(here.two, spotify_client_id=FIRST)
    assert demo != asked(here.two) == asked(real)
