import pytest
from sqlmodel import select

from tests.services.conftest import Clock
from ttt.errors import NotFound
from ttt.models import AuditEvent
from ttt.services.context import Context
from ttt.services.doors import own_sessions, sign_in
from ttt.services.keys.vault import fingerprint
from ttt.services.person import Person

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.1 Mobile/15E148 Safari/604.1"
)


def signed_in(context: Context, person: Person, agent: str = "", zone: str = "") -> str:
    ticket = sign_in.issue_ticket(context, person, "/", zone)
    redeemed = sign_in.redeem_ticket(context, ticket, "192.0.2.1", agent)
    assert redeemed is not None
    return redeemed[0]


def recorded(context: Context) -> list[tuple[str, str]]:
    with context.session() as session:
        query = select(AuditEvent.actor, AuditEvent.action).order_by(AuditEvent.id)
        return [(actor, action) for actor, action in session.exec(query) if "revoked" in action]


def test_this_browser_comes_first_and_then_the_one_seen_last(
    context: Context, ada: Person, bob: Person, clock: Clock
) -> None:
    here = signed_in(context, ada, FIREFOX, "Europe/Berlin")
    signed_in(context, bob)
    started = clock.time
    old = signed_in(context, ada, IPHONE, "America/Argentina/Buenos_Aires")
    clock.forward(hours=1)
    signed_in(context, ada)
    clock.forward(hours=1)
    assert sign_in.current_person(context, old)
    first, second, third = own_sessions.listed(context, ada, here)
    assert (first.this, first.device, first.place) == (
        True,
        "Firefox on Linux",
        "Berlin (Europe/Berlin)",
    )
    assert (first.first_seen_at, first.last_seen_at, first.address) == (
        started,
        started,
        "192.0.2.1",
    )
    assert (second.this, second.device, second.place) == (
        False,
        "Mobile Safari on iOS",
        "Buenos Aires (America/Argentina/Buenos_Aires)",
    )
    assert (second.first_seen_at, second.last_seen_at) == (started, clock.time)
    assert (third.this, third.device, third.place) == (False, "a browser", None)


@pytest.mark.parametrize("agent", ["", "curl", "<script>alert(1)</script>", "é" * 300, "\0\n"])
def test_an_unknown_device_is_a_browser(context: Context, ada: Person, agent: str) -> None:
    token = signed_in(context, ada, agent)
    (shown,) = own_sessions.listed(context, ada, token)
    assert shown.device in {"a browser", "curl"}


@pytest.mark.parametrize(
    ("zone", "place"), [("UTC", "UTC"), ("Etc/GMT+3", "GMT+3 (Etc/GMT+3)"), ("", None)]
)
def test_a_zone_without_a_city_is_shown_as_it_is(
    context: Context, ada: Person, zone: str, place: str | None
) -> None:
    token = signed_in(context, ada, zone=zone)
    assert own_sessions.listed(context, ada, token)[0].place == place


def test_an_id_signs_nobody_in(context: Context, ada: Person) -> None:
    token = signed_in(context, ada)
    (shown,) = own_sessions.listed(context, ada, token)
    assert shown.id not in token
    for guess in (shown.id, fingerprint(token)):
        assert sign_in.current_person(context, guess) is None


def test_a_session_that_is_revoked_is_worth_nothing(context: Context, ada: Person) -> None:
    here, there = signed_in(context, ada), signed_in(context, ada)
    other = next(s for s in own_sessions.listed(context, ada, here) if not s.this)
    own_sessions.revoke(context, ada, other.id)
    assert sign_in.current_person(context, there) is None
    assert sign_in.current_person(context, here) == ada
    assert recorded(context) == [("ada", "session revoked")]


def test_nobody_revokes_sessions_of_others(context: Context, ada: Person, bob: Person) -> None:
    token = signed_in(context, ada)
    (shown,) = own_sessions.listed(context, ada, token)
    for id_ in (shown.id, "", "%", fingerprint(token)):
        with pytest.raises(NotFound):
            own_sessions.revoke(context, bob, id_)
    assert sign_in.current_person(context, token) == ada
    assert recorded(context) == []


def test_revoking_the_others_spares_this_browser_and_other_people(
    context: Context, ada: Person, bob: Person
) -> None:
    here, there, bobs = (signed_in(context, person) for person in (ada, ada, bob))
    on_its_way = sign_in.issue_ticket(context, ada, "/")
    own_sessions.revoke_others(context, ada, here)
    assert sign_in.current_person(context, here) == ada
    assert sign_in.current_person(context, bobs) == bob
    assert sign_in.current_person(context, there) is None
    assert sign_in.redeem_ticket(context, on_its_way, None) is None
    assert recorded(context) == [("ada", "other sessions revoked")]


def test_sessions_that_ended_are_not_listed(context: Context, ada: Person, clock: Clock) -> None:
    signed_in(context, ada)
    clock.forward(days=31)
    assert own_sessions.listed(context, ada, "") == []
