from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin, urlsplit

import bcrypt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from tests.databases import Postgres, opened
from tests.services.conftest import PASSWORD, Clock, add_person
from ttt.errors import TooManyTries
from ttt.models import AuditEvent, FailedTry, SignInTicket, UserSession
from ttt.services import accounts, own_account, sign_in
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.sign_in import check_password, local_path
from ttt.services.throttle import TRIES, WINDOW
from ttt.services.vault import fingerprint
from ttt.settings import Settings

HERE = "192.0.2.1"


def fail(context: Context, username: str = "ada", address: str | None = HERE) -> None:
    assert check_password(context, username, "wrong", address) is None


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request: pytest.FixtureRequest, context: Context) -> Iterator[Context]:
    """Services on either database."""
    if request.param == "sqlite":
        yield context
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.database() as url, opened(url) as engine:
        yield Context(context.settings, engine, context.vault, context.now)


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
    checked: list[bytes] = []

    def count(password: bytes, hash_: bytes) -> bool:
        checked.append(hash_)
        return False

    monkeypatch.setattr(bcrypt, "checkpw", count)
    for username in ("ada", "bob", "nobody"):
        assert check_password(context, username, PASSWORD, None) is None
    assert [hash_[:7] for hash_ in checked] == [b"$2b$04$"] * 3
    assert len(set(checked)) == 2


def test_ten_tries_for_a_name_are_followed_by_a_wait(context: Context, ada: Person) -> None:
    for number in range(TRIES):
        fail(context, address=f"192.0.2.{number}")
    with pytest.raises(TooManyTries) as caught:
        check_password(context, "Ada", PASSWORD, "198.51.100.1")
    assert caught.value.until == context.now() + WINDOW


def test_ten_tries_from_an_address_are_followed_by_a_wait(context: Context, ada: Person) -> None:
    for number in range(TRIES):
        fail(context, f"name{number}")
    with pytest.raises(TooManyTries):
        check_password(context, "ada", PASSWORD, HERE)
    assert check_password(context, "ada", PASSWORD, "198.51.100.1") == ada


def test_an_unknown_address_is_not_counted(context: Context, ada: Person) -> None:
    for number in range(TRIES):
        fail(context, f"name{number}", None)
    assert check_password(context, "ada", PASSWORD, None) == ada


def test_unknown_names_wait_as_well(context: Context) -> None:
    for _ in range(TRIES):
        fail(context, "nobody", None)
    with pytest.raises(TooManyTries):
        check_password(context, "nobody", "wrong", None)


def test_the_wait_ends_when_the_oldest_try_is_five_minutes_old(
    context: Context, ada: Person, clock: Clock
) -> None:
    started = clock.time
    for _ in range(TRIES):
        fail(context)
        clock.forward(seconds=10)
    with pytest.raises(TooManyTries) as caught:
        check_password(context, "ada", PASSWORD, HERE)
    assert caught.value.until == started + WINDOW
    clock.time = caught.value.until
    assert check_password(context, "ada", PASSWORD, HERE) == ada


def test_a_wait_does_not_grow_by_knocking(context: Context, ada: Person, clock: Clock) -> None:
    for _ in range(TRIES):
        fail(context)
    until = context.now() + WINDOW
    for _ in range(20):
        clock.forward(seconds=10)
        with pytest.raises(TooManyTries) as caught:
            check_password(context, "ada", PASSWORD, HERE)
        assert caught.value.until == until


def test_while_waiting_no_password_is_looked_at(
    context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(TRIES):
        fail(context)

    def look(*_: object) -> bool:
        raise AssertionError

    monkeypatch.setattr(bcrypt, "checkpw", look)
    with pytest.raises(TooManyTries):
        check_password(context, "ada", PASSWORD, HERE)


def test_signing_in_forgets_the_tries_for_that_name(context: Context, ada: Person) -> None:
    for _ in range(3):
        for _ in range(TRIES - 1):
            fail(context, address=None)
        assert check_password(context, "ada", PASSWORD, None) == ada


def test_signing_in_does_not_forget_tries_for_other_names(context: Context, ada: Person) -> None:
    for number in range(TRIES - 1):
        fail(context, f"name{number}")
    assert check_password(context, "ada", PASSWORD, HERE) == ada
    fail(context, "name")
    with pytest.raises(TooManyTries):
        check_password(context, "ada", PASSWORD, HERE)


def test_tries_side_by_side_do_not_pass_the_limit(anywhere: Context) -> None:
    def knock(_: int) -> bool:
        try:
            fail(anywhere, "ada", None)
        except TooManyTries:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        looked_at = sum(pool.map(knock, range(3 * TRIES)))
    assert 1 <= looked_at <= TRIES


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
        event = session.exec(select(AuditEvent).where(AuditEvent.action == "signed in")).one()
    assert (event.actor, event.address) == ("ada", HERE)


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


def test_a_session_ends_after_the_days_that_are_set(
    context: Context, ada: Person, clock: Clock
) -> None:
    redeemed = sign_in.redeem_ticket(context, sign_in.issue_ticket(context, ada, "/"), None)
    assert redeemed is not None
    clock.forward(days=context.settings.session_days, seconds=-1)
    assert sign_in.current_person(context, redeemed[0])
    clock.forward(seconds=1)
    assert sign_in.current_person(context, redeemed[0]) is None


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
    "path", ["/", "/trending", "/top-tracks?period=short_term#x", "/a/b", "/ä ö"]
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
        "/" + "x" * 500,
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
    ],
)
def test_only_what_trusted_proxies_say_is_believed(
    proxies: int, forwarded: str | None, expected: str
) -> None:
    settings = Settings(trusted_proxies=proxies)
    assert sign_in.client_address(settings, forwarded, "peer") == expected


def test_an_address_without_end_is_cut() -> None:
    address = sign_in.client_address(Settings(trusted_proxies=1), "9" * 500, None)
    assert address == "9" * 64
