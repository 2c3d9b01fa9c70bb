from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import bcrypt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import select

from tests.services.conftest import PASSWORD, Clock, add_person
from ttt.errors import TooManyTries
from ttt.models import AuditEvent, FailedTry, KnownBrowser, SignInTicket, User, UserSession
from ttt.services.accounts import accounts, own_account, passwords
from ttt.services.accounts.throttle import FREE_BY_ADDRESS, FREE_BY_NAME
from ttt.services.context import Context
from ttt.services.doors import sign_in
from ttt.services.doors.sign_in import check_password, local_path
from ttt.services.keys.vault import fingerprint
from ttt.services.person import Person
from ttt.settings import Settings

HERE = "192.0.2.1"


KNOWN = "k" * 43


def fail(context: Context, username: str = "ada", address: str | None = HERE) -> None:
    assert check_password(context, username, "wrong", address) is None


def hashes_checked(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Hashes that passwords are compared with from now on; none matches."""
    checked: list[bytes] = []

    def check(_password: bytes, hash_: bytes) -> bool:
        checked.append(hash_)
        return False

    monkeypatch.setattr(bcrypt, "checkpw", check)
    return checked


def hash_of(context: Context) -> str:
    with context.session() as session:
        return session.exec(select(User.password_hash).where(User.username == "ada")).one()


def set_hash(context: Context, password_hash: str) -> None:
    with context.session() as session:
        session.exec(select(User).where(User.username == "ada")).one().password_hash = password_hash
        session.commit()


def refusals(context: Context, *, forget: bool = False) -> list[tuple[str, str, str | None]]:
    with context.session() as session:
        query = select(AuditEvent).where(AuditEvent.action == "sign-in refused")
        rows = session.exec(query.order_by(AuditEvent.id)).all()
        found = [(row.actor, row.subject, row.address) for row in rows]
        for row in rows if forget else ():
            session.delete(row)
        session.commit()
    return found


def sign_in_with(context: Context, person: Person, known_as: str = "") -> str:
    """What the session cookie holds of somebody who signs in in a browser."""
    ticket = sign_in.issue_ticket(context, person, "/")
    redeemed = sign_in.redeem_ticket(context, ticket, HERE, known_as=known_as)
    assert redeemed is not None
    return redeemed[0]


def test_the_right_password_opens(context: Context, ada: Person) -> None:
    assert check_password(context, " ADA ", f"{PASSWORD} ", HERE) == ada


@pytest.mark.parametrize(
    ("username", "password"),
    [("ada", "wrong"), ("ada", ""), ("bob", PASSWORD), ("", ""), ("a\0da", PASSWORD)],
)
def test_anything_else_does_not(anywhere: Context, username: str, password: str) -> None:
    add_person(anywhere, "ada")
    assert check_password(anywhere, username, password, HERE) is None


def test_an_unknown_or_disabled_name_costs_one_hash_as_well(
    context: Context, ada: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.set_disabled(context, accounts.operator(context), "bob", True)
    checked = hashes_checked(monkeypatch)
    for username in ("ada", "bob", "nobody"):
        assert check_password(context, username, PASSWORD, None) is None
    assert [hash_[:7] for hash_ in checked] == [b"$2b$04$"] * 3
    assert len(set(checked)) == 3


def test_a_hash_of_lower_cost_is_made_up_for(
    context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "ROUNDS", 7)
    checked = hashes_checked(monkeypatch)
    assert check_password(context, "ada", PASSWORD, None) is None
    rounds = [int(hash_[4:6]) for hash_ in checked]
    assert sum(2**n for n in rounds) == 2**7


def test_a_person_without_a_password_cannot_sign_in_by_one(context: Context, ada: Person) -> None:
    set_hash(context, "")
    for password in ("", PASSWORD, ".", "x"):
        assert check_password(context, "ada", password, None) is None


def test_signing_in_hashes_anew_when_hashes_cost_more(
    context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "ROUNDS", 5)
    assert check_password(context, "ada", "wrong", None) is None
    assert hash_of(context).startswith("$2b$04$")
    assert check_password(context, "ada", PASSWORD, None) == ada
    renewed = hash_of(context)
    assert renewed.startswith("$2b$05$")
    assert check_password(context, "ada", f" {PASSWORD}", None) == ada
    assert hash_of(context) == renewed


def test_only_the_name_of_an_account_is_written_down_when_a_wait_begins(
    context: Context, ada: Person
) -> None:
    for name in ("ada", "my password, typed by mistake"):
        for _ in range(FREE_BY_NAME):
            fail(context, name)
        assert refusals(context) == []
        fail(context, name)
        for _ in range(3):
            with pytest.raises(TooManyTries):
                check_password(context, name, PASSWORD, HERE)
        ((actor, subject, address),) = refusals(context, forget=True)
        assert (actor, address) == ("", HERE)
        assert subject == ("ada" if name == "ada" else "")


def test_one_event_is_written_for_each_growing_wait(
    context: Context, ada: Person, clock: Clock
) -> None:
    for _ in range(FREE_BY_NAME + 4):
        fail(context)
        clock.forward(minutes=15)
    assert refusals(context) == [("", "ada", HERE)] * 4


def test_the_wait_is_over_for_the_right_password_too(
    context: Context, ada: Person, clock: Clock
) -> None:
    for _ in range(FREE_BY_NAME + 1):
        fail(context)
    with pytest.raises(TooManyTries) as caught:
        check_password(context, "Ada", PASSWORD, "198.51.100.1")
    clock.time = caught.value.until
    assert check_password(context, "ada", PASSWORD, HERE) == ada


def test_while_waiting_no_password_is_looked_at(
    context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(FREE_BY_NAME + 1):
        fail(context)
    checked = hashes_checked(monkeypatch)
    with pytest.raises(TooManyTries):
        check_password(context, "ada", PASSWORD, HERE)
    assert checked == []


def test_a_stranger_who_hammers_a_name_does_not_lock_its_owner_out(
    context: Context, ada: Person, clock: Clock
) -> None:
    sign_in_with(context, ada, KNOWN)
    for number in range(FREE_BY_NAME + 1):
        fail(context, address=f"192.0.2.{number}")
    for known_as in ("", "x" * 43, KNOWN.upper()):
        with pytest.raises(TooManyTries):
            check_password(context, "ada", PASSWORD, HERE, known_as)
    assert check_password(context, "ADA", PASSWORD, HERE, KNOWN) == ada


def test_a_known_browser_has_to_wait_after_tries_of_its_own(context: Context, ada: Person) -> None:
    sign_in_with(context, ada, KNOWN)
    for _ in range(FREE_BY_NAME + 1):
        assert check_password(context, "ada", "wrong", None, KNOWN) is None
    with pytest.raises(TooManyTries):
        check_password(context, "ada", PASSWORD, None, KNOWN)
    assert check_password(context, "ada", PASSWORD, None) == ada


def test_a_known_browser_counts_by_its_address_as_well(context: Context, ada: Person) -> None:
    sign_in_with(context, ada, KNOWN)
    for number in range(FREE_BY_ADDRESS + 1):
        fail(context, f"name{number}")
    with pytest.raises(TooManyTries):
        check_password(context, "ada", PASSWORD, HERE, KNOWN)


def test_a_browser_is_known_for_its_own_people_only(
    context: Context, ada: Person, bob: Person
) -> None:
    sign_in_with(context, bob, KNOWN)
    for _ in range(FREE_BY_NAME + 1):
        fail(context, address=None)
    with pytest.raises(TooManyTries):
        check_password(context, "ada", PASSWORD, None, KNOWN)


def test_what_people_type_as_a_name_is_not_kept(context: Context) -> None:
    fail(context, "my password, typed by mistake")
    with context.session() as session:
        (failure,) = session.exec(select(FailedTry))
    assert "my password" not in repr(failure)


def test_a_ticket_becomes_a_session_once(context: Context, ada: Person) -> None:
    ticket = sign_in.issue_ticket(context, ada, "/trending?mine=1")
    redeemed = sign_in.redeem_ticket(context, ticket, HERE)
    assert redeemed is not None
    token, next_path = redeemed
    assert next_path == "/trending?mine=1"
    assert sign_in.current_person(context, token) == ada
    assert sign_in.redeem_ticket(context, ticket, HERE) is None
    with context.session() as session:
        found = session.exec(select(AuditEvent).where(AuditEvent.action == "signed in")).one()
    assert (found.actor, found.address) == ("ada", HERE)


@pytest.mark.parametrize(("seconds", "good"), [(59, True), (60, False)])
def test_a_ticket_lasts_a_minute(
    context: Context, ada: Person, clock: Clock, seconds: int, good: bool
) -> None:
    ticket = sign_in.issue_ticket(context, ada, "/")
    clock.forward(seconds=seconds)
    assert (sign_in.redeem_ticket(context, ticket, None) is not None) is good


def test_an_invented_ticket_or_session_is_worth_nothing(context: Context, ada: Person) -> None:
    assert sign_in.redeem_ticket(context, "invented", None) is None
    for token in ("invented", "", None):
        assert sign_in.current_person(context, token) is None


def test_neither_tickets_nor_sessions_are_stored_in_the_clear(
    context: Context, ada: Person
) -> None:
    tickets = [sign_in.issue_ticket(context, ada, "/") for _ in range(2)]
    redeemed = sign_in.redeem_ticket(context, tickets[0], None)
    assert redeemed is not None
    with context.session() as session:
        assert session.exec(select(SignInTicket.token_hash)).all() == [fingerprint(tickets[1])]
        assert session.exec(select(UserSession.token_hash)).all() == [fingerprint(redeemed[0])]


def test_a_session_ends_after_30_days_without_a_visit(
    context: Context, ada: Person, clock: Clock
) -> None:
    token = sign_in_with(context, ada)
    for _ in range(2):
        clock.forward(days=30, seconds=-1)
        assert sign_in.current_person(context, token)
    clock.forward(days=30)
    assert sign_in.current_person(context, token) is None


def test_no_visit_keeps_a_session_beyond_180_days(
    context: Context, ada: Person, clock: Clock
) -> None:
    token = sign_in_with(context, ada)
    ends_at = clock.time + timedelta(days=180)
    while clock.time + timedelta(days=10) < ends_at:
        clock.forward(days=10)
        assert sign_in.current_person(context, token)
    clock.time = ends_at - timedelta(seconds=1)
    assert sign_in.current_person(context, token)
    clock.forward(seconds=1)
    assert sign_in.current_person(context, token) is None


def test_visits_are_written_down_every_five_minutes_at_most(
    anywhere: Context, clock: Clock
) -> None:
    token = sign_in_with(anywhere, add_person(anywhere, "ada"))
    writes: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("UPDATE"):
            writes.append(statement)

    event.listen(anywhere.engine, "before_cursor_execute", note)
    started = clock.time
    for _ in range(12):
        clock.forward(minutes=1)
        assert sign_in.current_person(anywhere, token)
    assert len(writes) == 2
    with anywhere.session() as session:
        kept = session.exec(select(UserSession)).one()
    assert kept.last_seen_at == started + timedelta(minutes=10)
    assert kept.expires_at == kept.last_seen_at + timedelta(days=30)
    assert (kept.created_at, kept.ends_at) == (started, started + timedelta(days=180))


def test_signing_out_is_written_down_once(context: Context, ada: Person) -> None:
    token = sign_in_with(context, ada)
    for _ in range(2):
        sign_in.sign_out(context, token, HERE)
    with context.session() as session:
        found = session.exec(select(AuditEvent).where(AuditEvent.action == "signed out")).one()
    assert (found.actor, found.address) == ("ada", HERE)


def test_signing_in_forgets_what_has_expired(context: Context, ada: Person, clock: Clock) -> None:
    sign_in_with(context, ada, KNOWN)
    sign_in.issue_ticket(context, ada, "/")
    fail(context, "bob")
    clock.forward(days=366)
    assert check_password(context, "ada", PASSWORD, None) is not None
    sign_in_with(context, ada)
    with context.session() as session:
        assert len(session.exec(select(UserSession)).all()) == 1
        for table in (SignInTicket, FailedTry, KnownBrowser):
            assert session.exec(select(table)).all() == []


def test_a_session_that_was_signed_out_is_worth_nothing(context: Context, ada: Person) -> None:
    redeemed = [
        sign_in.redeem_ticket(context, sign_in.issue_ticket(context, ada, "/"), None)
        for _ in range(2)
    ]
    here, elsewhere = (answer[0] for answer in redeemed if answer is not None)
    sign_in.sign_out(context, here)
    sign_in.sign_out(context, here)
    assert sign_in.current_person(context, here) is None
    assert sign_in.current_person(context, elsewhere) == ada


def test_a_session_shows_a_person_as_they_are_now(context: Context, ada: Person) -> None:
    redeemed = sign_in.redeem_ticket(context, sign_in.issue_ticket(context, ada, "/"), None)
    assert redeemed is not None
    changed = own_account.change_details(context, ada, "Another", "")
    assert sign_in.current_person(context, redeemed[0]) == changed


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/trending", "/top-tracks?period=short_term#x", "/a/b", "/ä ö"),
        "/" + "x" * 3_999,
        f"/spotify?code={'A' * 430}&state={'b' * 86}",
        f"/spotify?code={'A' * 3_000}&state={'b' * 86}",
    ],
)
def test_a_path_of_this_app_is_followed(path: str) -> None:
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "trending",
        "//example.org",
        "///example.org",
        "/\\example.org",
        "\\\\example.org",
        "/a\\b",
        "https://example.org",
        "javascript:alert(1)",
        "/\t/example.org",
        "/\n/example.org",
        " //example.org",
        "/" + "x" * 4_000,
    ],
)
def test_any_other_address_leads_home(path: str) -> None:
    assert local_path(path) == "/"


@given(st.text() | st.text("/\\.@:?#\t\n abc").map(lambda text: f"/{text}"))
def test_no_path_leads_to_another_site(path: str) -> None:
    followed = local_path(path)
    # Browsers take a backslash for a slash and leave out tabs and line ends.
    as_browsers_read = followed.replace("\\", "/").translate(dict.fromkeys(map(ord, "\t\r\n")))
    target = urlsplit(urljoin("https://here.example/", as_browsers_read))
    assert (target.scheme, target.netloc) == ("https", "here.example")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, None, "peer"),
        (0, "1.1.1.1", "peer"),
        (1, "1.1.1.1, 2.2.2.2", "2.2.2.2"),
        (2, "1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (3, "1.1.1.1, 2.2.2.2", "peer"),
        (1, None, "peer"),
        (1, " , ", "peer"),
        (1, "1.1.1.1, nonsense", "peer"),
        (1, "9" * 500, "peer"),
        (1, "1.1.1.1:80", "peer"),
        (1, "2001:DB8:0::1", "2001:db8::1"),
    ],
)
def test_only_what_trusted_proxies_say_is_believed(
    proxies: int, forwarded: str | None, expected: str
) -> None:
    settings = Settings(trusted_proxies=proxies)
    assert sign_in.client_address(settings, forwarded, "peer") == expected


def test_a_long_answer_of_spotifys_survives_a_sign_in(context: Context, ada: Person) -> None:
    path = f"/spotify?code={'c' * 2_000}&state={'s' * 43}"
    ticket = sign_in.issue_ticket(context, ada, path)
    redeemed = sign_in.redeem_ticket(context, ticket, None)
    assert redeemed is not None
    assert redeemed[1] == path
