from collections.abc import Mapping
from dataclasses import replace
from http.cookies import SimpleCookie

import httpx
import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from tests.services.conftest import Clock
from tests.web.conftest import browser
from ttt.models import AuditEvent
from ttt.services import sign_in
from ttt.services.context import Context
from ttt.services.person import Person


@pytest.fixture
def ticket(context: Context, ada: Person) -> str:
    return sign_in.issue_ticket(context, ada, "/trending?whose=Mine")


def finish(
    client: TestClient, ticket: str, headers: Mapping[str, str] | None = None
) -> httpx.Response:
    answer: httpx.Response = client.get("/auth/finish", params={"t": ticket}, headers=headers)
    return answer


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


def test_the_cookie_is_for_this_app_alone(client: TestClient, ticket: str) -> None:
    (cookie,) = SimpleCookie(finish(client, ticket).headers["set-cookie"]).values()
    attributes = {name: value for name, value in cookie.items() if value}
    assert cookie.key == "ttt_session"
    assert attributes == {
        "httponly": True,
        "samesite": "lax",
        "path": "/",
        "max-age": str(30 * 24 * 3600),
    }


def test_over_https_the_cookie_is_secure_and_tied_to_the_host(
    context: Context, ticket: str
) -> None:
    answer = finish(browser(over_https(context)), ticket)
    (cookie,) = SimpleCookie(answer.headers["set-cookie"]).values()
    assert cookie.key == "__Host-ttt_session"
    assert cookie["secure"]
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


def test_no_ticket_leads_home_signed_out(client: TestClient) -> None:
    assert_refused(client.get("/auth/finish"))


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_another_site_can_sign_nobody_in_and_burns_no_ticket(
    client: TestClient, ticket: str, site: str
) -> None:
    assert_refused(finish(client, ticket, {"sec-fetch-site": site}))
    answer = finish(client, ticket, {"sec-fetch-site": "same-origin"})
    assert "ttt_session" in answer.cookies


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


def test_who_has_signed_out_loses_the_cookie(
    context: Context, client: TestClient, ticket: str
) -> None:
    token = finish(client, ticket).cookies["ttt_session"]
    sign_in.sign_out(context, token)
    answer = client.get("/auth/left")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    (cookie,) = SimpleCookie(answer.headers["set-cookie"]).values()
    assert (cookie.key, cookie.value, cookie["max-age"]) == ("ttt_session", "", "0")


def test_nobody_is_signed_out_by_a_link(client: TestClient, ticket: str) -> None:
    finish(client, ticket)
    assert_refused(client.get("/auth/left"))
