"""There and back again, over real HTTP to a provider that can fail in every way."""

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from joserfc import jwt
from sqlmodel import select
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.testclient import TestClient

from tests.services.conftest import PASSWORD, Clock, add_person
from tests.surroundings.openid_provider import OpenIdServer, new_key, unsigned
from tests.web.conftest import browser
from ttt.errors import InvalidInput
from ttt.models import AuditEvent, OpenIdState, User, UserSession
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.doors import openid, sign_in
from ttt.services.person import Person


@pytest.fixture
def provider(clock: Clock) -> Iterator[OpenIdServer]:
    with OpenIdServer(now=lambda: clock().timestamp()).running() as provider:
        yield provider


@pytest.fixture
def there(context: Context, provider: OpenIdServer) -> Context:
    """Services of a server that knows the provider."""
    settings = context.settings.model_copy(update=provider.environment())
    # Made anew, as values that are copied in are not validated.
    return replace(context, settings=type(settings).model_validate(settings.model_dump()))


@pytest.fixture
def client(there: Context) -> TestClient:
    return browser(there)


def creating(there: Context, domains: str = "") -> Context:
    rule = {"openid_accounts": "create", "openid_domains": domains}
    return replace(there, settings=there.settings.model_copy(update=rule))


def leave(client: TestClient, **fields: str) -> str:
    """Press the button; the address of the provider's page."""
    answer = client.post("/auth/openid/start", data={"next": "/trending?whose=Mine", **fields})
    assert answer.status_code == 200, answer.headers
    found = re.search(r'content="0;url=([^"]*)"', answer.text)
    assert found
    return unescape(found[1])


def come_back(client: TestClient, provider: OpenIdServer, **fields: str) -> httpx.Response:
    """The whole way, agreeing at the provider."""
    query = dict(parse_qsl(urlsplit(leave(client, **fields)).query))
    answer: httpx.Response = client.get(provider.agree(query))
    return answer


def reason(answer: httpx.Response) -> str | None:
    """Why it came to nothing, by the address that it leads to."""
    assert answer.status_code == 303
    assert "ttt_session" not in answer.cookies
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query)).get("openid")


def sign_in_here(client: TestClient, there: Context, person: Person) -> None:
    ticket = sign_in.issue_ticket(there, person, "/")
    redeemed = sign_in.redeem_ticket(there, ticket, None)
    assert redeemed is not None
    client.cookies.set("ttt_session", redeemed[0])


def bind(client: TestClient, there: Context, provider: OpenIdServer, person: Person) -> None:
    sign_in_here(client, there, person)
    proof = openid.allow_binding(there, person, PASSWORD)
    answer = come_back(client, provider, bind=proof, next="/account")
    assert answer.headers["location"] == "/account"
    client.cookies.clear()


def test_without_a_provider_there_are_no_routes(context: Context) -> None:
    assert browser(context).post("/auth/openid/start").status_code == 404


def test_who_is_bound_signs_in_and_lands_on_the_page_asked_for(
    client: TestClient, there: Context, provider: OpenIdServer, ada: Person
) -> None:
    bind(client, there, provider, ada)
    answer = come_back(client, provider, zone="Europe/Berlin")
    assert (answer.status_code, answer.headers["location"]) == (303, "/trending?whose=Mine")
    assert sign_in.current_person(there, answer.cookies["ttt_session"]) == ada
    with there.session() as session:
        zones = session.exec(select(UserSession.zone)).all()
        actions = session.exec(select(AuditEvent.action)).all()
    assert "Europe/Berlin" in zones
    assert {"openid bound", "signed in"} <= set(actions)


def test_who_is_not_bound_stays_out_even_with_the_same_mail_address(
    client: TestClient, there: Context, provider: OpenIdServer
) -> None:
    operator = accounts.operator(there)
    accounts.add(there, operator, "ada", PASSWORD, email="ada@example.org")
    assert reason(come_back(client, provider)) == "unbound"
    opened = browser(creating(there))
    answer = come_back(opened, provider)
    newcomer = sign_in.current_person(there, answer.cookies["ttt_session"])
    assert newcomer is not None
    assert newcomer.username == "ada.l"


def test_a_newcomer_gets_an_account_without_a_password(
    there: Context, provider: OpenIdServer
) -> None:
    add_person(there, "ada.l")
    client = browser(creating(there, "example.net,example.org"))
    answer = come_back(client, provider)
    newcomer = sign_in.current_person(there, answer.cookies["ttt_session"])
    assert newcomer is not None
    assert (newcomer.username, newcomer.name) == ("ada.l2", "Ada Lovelace")
    assert newcomer.email == "ada@example.org"
    assert not newcomer.is_admin
    for guess in ("", " ", "ada.l2"):
        assert sign_in.check_password(there, "ada.l2", guess, None) is None
    client.cookies.clear()
    again = come_back(client, provider)
    assert sign_in.current_person(there, again.cookies["ttt_session"]) == newcomer


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"email_verified": False}, "unverified"),
        ({"email_verified": "true"}, "unverified"),
        ({"email_verified": None}, "unverified"),
        ({"email": None}, "unverified"),
        ({"email": 7}, "unverified"),
        ({"email": "ada@example.com"}, "domain"),
        ({"email": "ada@example.org.example.com"}, "domain"),
    ],
)
def test_the_rule_for_newcomers_holds(
    there: Context, provider: OpenIdServer, claims: dict[str, object], expected: str
) -> None:
    provider.says = claims
    assert reason(come_back(browser(creating(there, "example.org")), provider)) == expected
    with there.session() as session:
        assert session.exec(select(User)).all() == []


@pytest.mark.parametrize(
    ("claims", "username"),
    [
        ({"preferred_username": "Ädä Lövelace!"}, "d-l-velace"),
        ({"preferred_username": None}, "ada"),
        ({"preferred_username": "x"}, "personx"),
        ({"preferred_username": "--"}, "person"),
        ({"preferred_username": "a" * 500}, "a" * 60),
        ({"preferred_username": "root@evil", "name": "\u202e<b>\0"}, "root"),
    ],
)
def test_any_name_becomes_a_valid_username(
    there: Context, provider: OpenIdServer, claims: dict[str, object], username: str
) -> None:
    provider.says = claims
    answer = come_back(browser(creating(there)), provider)
    newcomer = sign_in.current_person(there, answer.cookies["ttt_session"])
    assert newcomer is not None
    assert newcomer.username == username


def test_a_disabled_account_stays_out(
    client: TestClient, there: Context, provider: OpenIdServer, ada: Person
) -> None:
    bind(client, there, provider, ada)
    accounts.set_disabled(there, accounts.operator(there), "ada", True)
    assert reason(come_back(client, provider)) == "disabled"


def test_an_identity_is_bound_to_one_account(
    client: TestClient, there: Context, provider: OpenIdServer, ada: Person
) -> None:
    bind(client, there, provider, ada)
    bob = add_person(there, "bob")
    sign_in_here(client, there, bob)
    proof = openid.allow_binding(there, bob, PASSWORD)
    assert reason(come_back(client, provider, bind=proof, next="/account")) == "taken"
    assert [b.name for b in openid.bound(there, ada)] == ["ada@example.org"]


def test_who_signed_out_or_changed_meanwhile_binds_nothing(
    client: TestClient, there: Context, provider: OpenIdServer, ada: Person
) -> None:
    bob = add_person(there, "bob")
    for now in (None, bob):
        sign_in_here(client, there, ada)
        proof = openid.allow_binding(there, ada, PASSWORD)
        query = dict(parse_qsl(urlsplit(leave(client, bind=proof, next="/account")).query))
        del client.cookies["ttt_session"]
        if now is not None:
            sign_in_here(client, there, now)
        assert reason(client.get(provider.agree(query))) == "left"
    assert openid.bound(there, ada) == openid.bound(there, bob) == []


def test_nobody_binds_without_being_signed_in(
    client: TestClient, there: Context, provider: OpenIdServer, ada: Person
) -> None:
    proof = openid.allow_binding(there, ada, PASSWORD)
    answer = client.post("/auth/openid/start", data={"bind": proof})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_session_alone_binds_nothing(
    client: TestClient, there: Context, provider: OpenIdServer, ada: Person
) -> None:
    sign_in_here(client, there, ada)
    with pytest.raises(InvalidInput):
        openid.allow_binding(there, ada, "wrong")
    bobs = openid.allow_binding(there, add_person(there, "bob"), PASSWORD)
    for proof in ("1", bobs, sign_in.issue_ticket(there, ada, "/account")):
        answer = client.post("/auth/openid/start", data={"bind": proof})
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
    with there.session() as session:
        assert session.exec(select(OpenIdState)).all() == []


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_another_site_starts_nothing(client: TestClient, there: Context, site: str) -> None:
    answer = client.post("/auth/openid/start", headers={"sec-fetch-site": site})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert client.get("/auth/openid/start").headers["location"] == "/"
    with there.session() as session:
        assert session.exec(select(OpenIdState)).all() == []


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil"])
def test_the_way_back_never_leads_to_another_site(
    client: TestClient, provider: OpenIdServer, elsewhere: str
) -> None:
    answer = come_back(client, provider, next=elsewhere)
    assert answer.headers["location"] == "/?openid=unbound"


def test_a_state_and_a_code_are_good_once(
    client: TestClient, there: Context, provider: OpenIdServer, ada: Person
) -> None:
    bind(client, there, provider, ada)
    query = dict(parse_qsl(urlsplit(leave(client)).query))
    address, cookies = provider.agree(query), dict(client.cookies)
    assert "ttt_session" in client.get(address).cookies
    client.cookies.clear()
    client.cookies.update(cookies)
    assert reason(client.get(address)) == "stale"
    fresh = dict(parse_qsl(urlsplit(leave(client)).query))
    used = address.replace(query["state"], fresh["state"])
    assert reason(client.get(used)) == "nonsense"


def test_verifiers_have_a_length_that_pkce_allows_and_never_repeat(
    client: TestClient, there: Context
) -> None:
    for _ in range(3):
        leave(client)
    with there.session() as session:
        states = session.exec(select(OpenIdState)).all()
    verifiers = {there.vault.decrypt(state.verifier_encrypted) for state in states}
    assert len(verifiers) == len(states) == 3
    assert all(verifier and 43 <= len(verifier) <= 128 for verifier in verifiers)


def test_a_state_is_over_after_ten_minutes(
    client: TestClient, provider: OpenIdServer, clock: Clock
) -> None:
    query = dict(parse_qsl(urlsplit(leave(client)).query))
    clock.forward(minutes=10)
    assert reason(client.get(provider.agree(query))) == "stale"


@pytest.mark.parametrize("cookie", [None, "invented"])
def test_the_state_of_another_browser_is_worth_nothing(
    client: TestClient, there: Context, provider: OpenIdServer, ada: Person, cookie: str | None
) -> None:
    bind(client, there, provider, ada)
    query = dict(parse_qsl(urlsplit(leave(client)).query))
    victim = browser(there)
    if cookie is not None:
        victim.cookies.set("ttt_openid", cookie)
    assert reason(victim.get(provider.agree(query))) == "browser"
    assert reason(client.get(provider.agree(query))) == "stale"


@pytest.mark.parametrize("query", ["", "state=", "state=invented&code=x", "state=%00&error=x"])
def test_an_invented_answer_is_worth_nothing(client: TestClient, query: str) -> None:
    assert reason(client.get(f"/auth/openid/callback?{query}")) == "stale"


@pytest.mark.parametrize(
    ("error", "expected"), [("access_denied", "denied"), ("<script>", "nonsense")]
)
def test_a_refusal_of_the_provider_is_a_word_of_ours(
    client: TestClient, provider: OpenIdServer, error: str, expected: str
) -> None:
    state = dict(parse_qsl(urlsplit(leave(client)).query))["state"]
    answer = client.get("/auth/openid/callback", params={"state": state, "error": error})
    assert reason(answer) == expected
    assert error not in answer.headers["location"] or error == expected


def foreign_key(claims: dict[str, object]) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, new_key("one", "a stranger's"))


def no_signature(claims: dict[str, object]) -> str:
    return unsigned(claims, {"alg": "none"})


def torn(claims: dict[str, object]) -> str:
    return unsigned(claims, {"alg": "RS256", "kid": "one"}, "AAAA")


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another-client"},
        {"aud": None},
        {"aud": ["ttt-client", "another-client"]},
        {"azp": "another-client"},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"exp": None},
        {"exp": "never"},
        {"iat": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 256},
    ],
)
def test_a_token_for_anything_else_opens_nothing(
    there: Context, provider: OpenIdServer, claims: dict[str, object]
) -> None:
    provider.says = claims
    assert reason(come_back(browser(creating(there)), provider)) == "token"


@pytest.mark.parametrize("off", [{"exp": -61}, {"iat": 61}, {"nbf": 61}])
def test_a_token_of_another_time_opens_nothing(
    there: Context, provider: OpenIdServer, clock: Clock, off: dict[str, int]
) -> None:
    provider.says = {name: int(clock.time.timestamp()) + by for name, by in off.items()}
    assert reason(come_back(browser(creating(there)), provider)) == "token"


@pytest.mark.parametrize("sign", [foreign_key, no_signature, torn, lambda _claims: "no.token"])
def test_a_token_that_the_provider_did_not_sign_opens_nothing(
    there: Context, provider: OpenIdServer, sign: Callable[[dict[str, object]], str]
) -> None:
    provider.sign = sign
    assert reason(come_back(browser(creating(there)), provider)) == "token"


def test_the_public_key_signs_nothing(there: Context, provider: OpenIdServer) -> None:
    def with_public_key(claims: dict[str, object]) -> str:
        text = unsigned(claims, {"alg": "HS256", "kid": "one"}).rstrip(".")
        mac = hmac.digest(provider.key.as_pem(private=False), text.encode(), hashlib.sha256)
        return f"{text}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"

    provider.sign = with_public_key
    assert reason(come_back(browser(creating(there)), provider)) == "token"


def test_new_keys_of_the_provider_are_fetched_once(there: Context, provider: OpenIdServer) -> None:
    client = browser(creating(there))
    come_back(client, provider)
    assert provider.asked.count("keys") == 1
    come_back(client, provider)
    assert provider.asked.count("keys") == 1
    provider.key = new_key("two")
    assert "ttt_session" in come_back(client, provider).cookies
    assert provider.asked.count("keys") == 2
    provider.sign = lambda claims: jwt.encode({"alg": "RS256", "kid": "x"}, claims, provider.key)
    assert reason(come_back(client, provider)) == "token"
    assert provider.asked.count("keys") == 3


def test_what_the_provider_publishes_is_kept_for_an_hour(
    client: TestClient, provider: OpenIdServer, clock: Clock
) -> None:
    for minutes, times in ((0, 1), (59, 1), (1, 2)):
        clock.forward(minutes=minutes)
        leave(client)
        assert provider.asked.count("metadata") == times


FAULTS: list[tuple[Callable[[], Response], str]] = [
    (lambda: PlainTextResponse("oh", 500), "unavailable"),
    (lambda: PlainTextResponse("wait", 503), "unavailable"),
    (lambda: PlainTextResponse("no", 401), "refused"),
    (lambda: PlainTextResponse("<html>"), "nonsense"),
    (lambda: JSONResponse([]), "nonsense"),
    (lambda: JSONResponse({"id_token": 7, "keys": 7}), "nonsense"),
    (lambda: RedirectResponse("http://192.0.2.1/"), "nonsense"),
    (lambda: PlainTextResponse("x" * 3_000_000), "nonsense"),
]


@pytest.mark.parametrize("end", ["token", "keys"])
@pytest.mark.parametrize(("fault", "expected"), FAULTS)
def test_a_fault_of_the_provider_is_said_in_words(
    there: Context, provider: OpenIdServer, end: str, fault: Callable[[], Response], expected: str
) -> None:
    provider.instead[end] = fault
    assert reason(come_back(browser(creating(there)), provider)) == expected


@pytest.mark.parametrize(("fault", "expected"), FAULTS)
def test_a_fault_at_the_start_is_said_in_words(
    client: TestClient, provider: OpenIdServer, fault: Callable[[], Response], expected: str
) -> None:
    provider.instead["metadata"] = fault
    answer = client.post("/auth/openid/start", data={"next": "/trending"})
    assert reason(answer) == expected
    assert answer.headers["location"].startswith("/trending?")


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "ftp://evil.example"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
    ],
)
def test_a_provider_that_says_it_is_another_is_not_believed(
    client: TestClient, provider: OpenIdServer, metadata: dict[str, object]
) -> None:
    ends = dict.fromkeys(("authorization_endpoint", "token_endpoint", "jwks_uri"), provider.issuer)
    told = {"issuer": provider.issuer, **ends, **metadata}
    provider.instead["metadata"] = lambda: JSONResponse(told)
    assert reason(client.post("/auth/openid/start")) == "nonsense"


def test_the_cookie_of_a_sign_in_on_its_way_is_short_and_for_this_app_alone(
    client: TestClient, there: Context, provider: OpenIdServer
) -> None:
    answer = client.post("/auth/openid/start")
    set_cookie = answer.headers["set-cookie"].lower()
    assert set_cookie.startswith("ttt_openid=")
    for attribute in ("httponly", "samesite=lax", "path=/", "max-age=600"):
        assert attribute in set_cookie
    with there.session() as session:
        kept = repr(session.exec(select(OpenIdState)).all())
    assert answer.cookies["ttt_openid"] not in kept
    assert dict(parse_qsl(urlsplit(leave(client)).query))["state"] not in kept
