import re
from collections.abc import Mapping
from dataclasses import replace
from http.cookies import Morsel, SimpleCookie

import httpx
import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from tests.services.conftest import Clock
from tests.web.conftest import browser
from ttt.models import AuditEvent, UserSession
from ttt.services.context import Context
from ttt.services.doors import sign_in
from ttt.services.person import Person

HERE = {"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1:8501"}
FOREIGN = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"origin": "https://evil.example"},
    {"origin": "http://127.0.0.1.evil.example"},
    {"origin": "http://127.0.0.1:1"},
    {"origin": "https://127.0.0.1:8501"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "http://["},
    HERE | {"origin": "https://evil.example"},
    HERE | {"sec-fetch-site": "cross-site"},
]


@pytest.fixture
def client(context: Context) -> TestClient:
    at_8501 = context.settings.model_copy(update={"port": 8501})
    return browser(replace(context, settings=at_8501))


@pytest.fixture
def ticket(context: Context, ada: Person) -> str:
    return sign_in.issue_ticket(context, ada, "/trending?whose=Mine")


def finish(
    client: TestClient, ticket: str, headers: Mapping[str, str] | None = None
) -> httpx.Response:
    answer: httpx.Response = client.post("/auth/finish", data={"ticket": ticket}, headers=headers)
    return answer


def cookies(answer: httpx.Response) -> dict[str, Morsel[str]]:
    return {
        name: morsel
        for line in answer.headers.get_list("set-cookie")
        for name, morsel in SimpleCookie(line).items()
    }


def over_https(context: Context) -> Context:
    public = {"public_url": "https://music.example.org"}
    return replace(context, settings=context.settings.model_copy(update=public))


def assert_refused(answer: httpx.Response) -> None:
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "set-cookie" not in answer.headers


def test_a_ticket_becomes_a_session_and_leads_to_the_page_asked_for(
    context: Context, client: TestClient, ada: Person, ticket: str
) -> None:
    answer = finish(client, ticket)
    assert (answer.status_code, answer.headers["location"]) == (303, "/trending?whose=Mine")
    assert sign_in.current_person(context, answer.cookies["ttt_session"]) == ada


def test_the_cookies_are_for_this_app_alone(client: TestClient, ticket: str) -> None:
    given = cookies(finish(client, ticket))
    assert {
        name: {key: value for key, value in cookie.items() if value}
        for name, cookie in given.items()
    } == {
        name: {"httponly": True, "samesite": "lax", "path": "/", "max-age": str(days * 24 * 3600)}
        for name, days in {"ttt_session": 180, "ttt_browser": 365}.items()
    }


def test_over_https_the_cookies_are_secure_and_tied_to_the_host(
    context: Context, ticket: str
) -> None:
    given = cookies(finish(browser(over_https(context)), ticket))
    assert set(given) == {"__Host-ttt_session", "__Host-ttt_browser"}
    for cookie in given.values():
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["path"] == "/"
        assert not cookie["domain"]


def test_a_ticket_is_good_once(client: TestClient, ticket: str) -> None:
    finish(client, ticket)
    assert_refused(finish(client, ticket))


def test_a_ticket_is_good_for_a_minute(client: TestClient, ticket: str, clock: Clock) -> None:
    clock.forward(minutes=1)
    assert_refused(finish(client, ticket))


@pytest.mark.parametrize("wrong", ["", "a guess", "\0", "ä" * 1000])
def test_a_wrong_ticket_leads_home_signed_out(client: TestClient, wrong: str) -> None:
    assert_refused(finish(client, wrong))


def test_a_proof_of_a_password_opens_no_session(
    context: Context, client: TestClient, ada: Person
) -> None:
    proof = sign_in.issue_proof(context, ada)
    assert_refused(finish(client, proof))
    assert sign_in.burn_proof(context, proof) == ada.id
    assert sign_in.burn_proof(context, proof) is None


def test_no_ticket_leads_home_signed_out(client: TestClient) -> None:
    assert_refused(client.post("/auth/finish"))


def test_a_ticket_in_an_address_is_worth_nothing(client: TestClient, ticket: str) -> None:
    assert_refused(client.get("/auth/finish", params={"ticket": ticket}))
    assert_refused(client.post("/auth/finish", params={"ticket": ticket}))
    assert "ttt_session" in finish(client, ticket).cookies


def test_a_body_longer_than_any_ticket_is_not_read(client: TestClient, ticket: str) -> None:
    body = f"ticket={ticket}&more={'a' * 5000}".encode()
    assert_refused(client.post("/auth/finish", content=body))
    assert "ttt_session" in finish(client, ticket).cookies


@pytest.mark.parametrize("body", [b"\xff\xfe", b"%ff=%00", b"{}", b"&&&=", b"--x\r\n"])
def test_a_body_that_is_no_form_leads_home(client: TestClient, body: bytes) -> None:
    assert_refused(client.post("/auth/finish", content=body))


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_site_can_sign_nobody_in_and_burns_no_ticket(
    client: TestClient, ticket: str, headers: dict[str, str]
) -> None:
    assert_refused(finish(client, ticket, headers))
    assert "ttt_session" in finish(client, ticket, HERE).cookies


def test_over_https_a_page_of_this_host_without_it_is_another_site(
    context: Context, ticket: str
) -> None:
    client = browser(over_https(context))
    assert_refused(finish(client, ticket, {"origin": "http://music.example.org"}))
    answer = finish(client, ticket, {"origin": "https://music.example.org"})
    assert "__Host-ttt_session" in answer.cookies


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\n/evil.example",
        "/\r\nset-cookie: a=b",
        "evil.example",
        "",
    ],
)
def test_no_ticket_leads_to_another_site(
    context: Context, client: TestClient, ada: Person, elsewhere: str
) -> None:
    answer = finish(client, sign_in.issue_ticket(context, ada, elsewhere))
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize(
    ("proxies", "address"), [(0, "testclient"), (1, "203.0.113.7"), (2, "198.51.100.1")]
)
def test_the_address_comes_from_the_proxies_that_are_trusted(
    context: Context, ticket: str, proxies: int, address: str
) -> None:
    behind = context.settings.model_copy(update={"trusted_proxies": proxies})
    headers = {"x-forwarded-for": "10.0.0.1, 198.51.100.1, 203.0.113.7"}
    finish(browser(replace(context, settings=behind)), ticket, headers)
    with context.session() as session:
        event = session.exec(select(AuditEvent).where(AuditEvent.action == "signed in")).one()
    assert event.address == address


def test_the_nearest_of_several_lines_of_proxies_counts(context: Context, ticket: str) -> None:
    behind = context.settings.model_copy(update={"trusted_proxies": 1})
    lines = [("x-forwarded-for", "10.0.0.1"), ("x-forwarded-for", "203.0.113.7")]
    client = browser(replace(context, settings=behind))
    client.post("/auth/finish", data={"ticket": ticket}, headers=lines)
    with context.session() as session:
        assert session.exec(select(UserSession.address)).one() == "203.0.113.7"


def test_a_session_knows_its_browser_and_its_place(
    context: Context, client: TestClient, ada: Person
) -> None:
    ticket = sign_in.issue_ticket(context, ada, "/", "Europe/Berlin")
    finish(client, ticket, {"user-agent": "Mozilla/5.0 " + "x" * 400})
    with context.session() as session:
        kept = session.exec(select(UserSession)).one()
    assert kept.user_agent == "Mozilla/5.0 " + "x" * 288
    assert (kept.zone, kept.address) == ("Europe/Berlin", "testclient")


def test_who_signs_out_loses_session_and_cookie_but_stays_a_known_browser(
    context: Context, client: TestClient, ticket: str
) -> None:
    given = finish(client, ticket).cookies
    answer = client.post("/auth/sign-out", headers=HERE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    ((name, cookie),) = cookies(answer).items()
    assert (name, cookie.value, cookie["max-age"]) == ("ttt_session", "", "0")
    assert sign_in.current_person(context, given["ttt_session"]) is None
    assert client.cookies["ttt_browser"] == given["ttt_browser"]


def test_who_is_not_signed_in_can_sign_out(client: TestClient) -> None:
    assert client.post("/auth/sign-out").status_code == 303


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_site_signs_nobody_out(
    context: Context, client: TestClient, ticket: str, headers: dict[str, str]
) -> None:
    token = finish(client, ticket).cookies["ttt_session"]
    assert_refused(client.post("/auth/sign-out", headers=headers))
    assert sign_in.current_person(context, token) is not None


def test_nobody_is_signed_out_by_a_link(context: Context, client: TestClient, ticket: str) -> None:
    token = finish(client, ticket).cookies["ttt_session"]
    assert_refused(client.get("/auth/sign-out"))
    assert sign_in.current_person(context, token) is not None


def test_a_browser_keeps_its_cookie_when_somebody_signs_in_again(
    context: Context, client: TestClient, ada: Person, bob: Person
) -> None:
    first = finish(client, sign_in.issue_ticket(context, ada, "/")).cookies["ttt_browser"]
    again = finish(client, sign_in.issue_ticket(context, bob, "/")).cookies["ttt_browser"]
    assert first == again


@pytest.mark.parametrize("forged", ["", "x", "a b" * 20, "x" * 5000])
def test_a_browser_cookie_that_is_not_ours_is_replaced(
    client: TestClient, ticket: str, forged: str
) -> None:
    given = finish(client, ticket, {"cookie": f"ttt_browser={forged}"}).cookies["ttt_browser"]
    assert re.fullmatch(r"[\w-]{43}", given)
