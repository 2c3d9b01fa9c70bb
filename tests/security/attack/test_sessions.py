import random
import re
from collections.abc import Iterable
from typing import Any

import httpx
import pytest
from sqlmodel import select

from tests.browser.people import PASSWORD, People
from tests.browser.server import Server
from tests.security.attack.raw import get, raw, status
from tests.security.attack.tab import Tab
from tests.surroundings.loopback import client
from ttt.models import UserSession
from ttt.services.doors import sign_in
from ttt.services.person import Person

SEED = 20261123
HERE = {"sec-fetch-site": "same-origin"}


def visitor(server: Server, **options: Any) -> httpx.Client:
    return client(base_url=server.url, **options)


def is_let_in(server: Server, cookie: str) -> bool:
    """Whether a page shows itself to somebody with this cookie; the answer is never an error."""
    name = server.settings.cookie_name
    assert status(get(server.url, "/account", "", f"Cookie: {name}={cookie}")) in (200, 400)
    try:
        with Tab(server.url, "/account", cookie=f"{name}={cookie}") as tab:
            return "Sign out" in tab.buttons
    except ValueError:  # no header can hold it
        return False


def forged(chance: random.Random, token: str) -> Iterable[str]:
    yield from (
        "",
        " ",
        "null",
        "0",
        "1",
        "admin",
        "%00",
        "../secret.key",
        "' OR 1=1 --",
        "a" * 4000,
    )
    yield from (token[:-1], token[1:], token + "A", token.swapcase(), token[::-1], f'"{token}x"')
    yield from (token[: chance.randrange(1, len(token) - 1)] for _ in range(10))
    for _ in range(24):
        place = chance.randrange(len(token))
        other = chance.choice([c for c in "abcXYZ019-_" if c != token[place]])
        yield token[:place] + other + token[place + 1 :]


def test_no_forged_or_truncated_cookie_lets_anybody_in(server: Server, people: People) -> None:
    token = people.session(people.add())
    assert is_let_in(server, token)
    let_in = [c for c in forged(random.Random(SEED), token) if is_let_in(server, c)]
    assert let_in == []


def test_what_the_database_holds_of_a_session_is_no_cookie(server: Server, people: People) -> None:
    people.session(people.add())
    with people.context.session() as session:
        kept = session.exec(select(UserSession.token_hash)).all()
    assert kept
    assert not any(is_let_in(server, token_hash) for token_hash in kept[-2:])


def test_a_planted_cookie_never_becomes_a_session(server: Server, people: People) -> None:
    person = people.add()
    planted = "p" * 43
    with visitor(server, cookies={server.settings.cookie_name: planted}) as client:
        ticket = sign_in.issue_ticket(people.context, person, "/")
        answer = client.post("/auth/finish", data={"ticket": ticket}, headers=HERE)
        given = answer.cookies[server.settings.cookie_name]
    assert given != planted
    assert is_let_in(server, given)
    assert not is_let_in(server, planted)


def test_a_ticket_and_a_signed_out_cookie_are_worth_nothing_again(
    server: Server, people: People
) -> None:
    ticket = sign_in.issue_ticket(people.context, people.add(), "/")
    name = server.settings.cookie_name
    with visitor(server) as client:
        first = client.post("/auth/finish", data={"ticket": ticket}, headers=HERE)
        again = client.post("/auth/finish", data={"ticket": ticket}, headers=HERE)
        assert name not in again.cookies
        client.post("/auth/sign-out", headers=HERE)
    assert not is_let_in(server, first.cookies[name])


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site", "origin": "null"},
    ],
)
def test_another_site_signs_nobody_in_or_out(
    server: Server, people: People, headers: dict[str, str]
) -> None:
    person = people.add()
    token, name = people.session(person), server.settings.cookie_name
    ticket = sign_in.issue_ticket(people.context, person, "/")
    with visitor(server, cookies={name: token}, headers=headers) as client:
        for path in ("/auth/sign-out", "/auth/finish"):
            answer = client.post(path, data={"ticket": ticket})
            assert answer.status_code in (303, 403)
            assert "set-cookie" not in answer.headers
    assert is_let_in(server, token)


@pytest.mark.parametrize(
    "says",
    [
        "{url}//evil.example/",
        "{url}/\\evil.example",
        "https://evil.example/trending",
        "{url}/%2f%2fevil.example",
        "{url}/\t/evil.example",
        "javascript:alert(1)//",
        "{url}/trending?next=//evil.example",
    ],
)
def test_after_signing_in_nobody_is_sent_to_another_site(
    server: Server, people: People, says: str
) -> None:
    person: Person = people.add()
    with Tab(server.url, "/", says=says.format(url=server.url)) as tab:
        tab.run({"Username": person.username, "Password": PASSWORD}, "Sign in")
        ticket = ticket_in(tab)
    with visitor(server) as client:
        answer = client.post("/auth/finish", data={"ticket": ticket}, headers=HERE)
        answer = answer if answer.is_redirect else answer.history[0]
    target = httpx.URL(server.url).join(answer.headers["location"])
    assert str(target).startswith(f"{server.url}/")


def test_a_session_that_is_revoked_ends_in_the_open_tab(server: Server, people: People) -> None:
    person = people.add()
    token, name = people.session(person), server.settings.cookie_name
    with Tab(server.url, "/account", cookie=f"{name}={token}") as tab:
        assert "Sign out" in tab.buttons
        sign_in.sign_out(people.context, token)
        tab.forget()
        tab.run()
        assert tab.buttons == {"Sign in"}


def test_a_request_for_another_method_changes_nothing(server: Server, people: People) -> None:
    token = people.session(people.add())
    line = f"Cookie: {server.settings.cookie_name}={token}"
    for method in ("GET", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "HEAD"):
        head = f"{method} /auth/sign-out HTTP/1.1\r\nHost: {server.url[7:]}\r\n{line}\r\n"
        answer = raw(server.url, f"{head}Connection: close\r\n\r\n".encode())
        assert status(answer) in (200, 303, 405)
    assert is_let_in(server, token)


def ticket_in(tab: Tab) -> str:
    """Ticket that the page hands to the browser."""
    found = [t for html in tab.html for t in re.findall(r'"ticket": "([\w-]+)"', html)]
    assert len(found) == 1, tab.html[-1:]
    return found[0]
