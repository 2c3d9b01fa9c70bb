from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from tests.services.conftest import add_person
from ttt.models import SpotifyClient
from ttt.services.accounts import decisions
from ttt.services.accounts.decisions import Decisions
from ttt.services.context import Context
from ttt.services.doors import sign_in
from ttt.services.person import Person
from ttt.web.guards.gate import FILES, WhileInUse


@pytest.mark.parametrize(("look_around", "there"), [("yes", 200), ("no", 404)])
def test_beside_a_real_client_id_the_demo_answers_only_where_people_may_look_around(
    context: Context, look_around: decisions.LookAround, there: int
) -> None:
    boss = add_person(context, "boss", admin=True)
    decisions.decide(context, boss, Decisions(look_around=look_around))
    demo = TestClient(WhileInUse(PlainTextResponse("the demo"), context))
    assert demo.get("/authorize").text == "the demo"
    client = SpotifyClient(name="Family", client_id="a" * 32, created_at=context.now())
    with context.session() as session:
        session.add(client)
        session.commit()
        assert demo.get("/authorize").status_code == there
        session.delete(client)
        session.commit()
    assert demo.get("/authorize").text == "the demo"


@pytest.mark.parametrize(
    ("url", "look_around", "there"),
    [
        ("", "private", 200),
        ("http://127.0.0.1:8501", "private", 200),
        ("http://127.0.0.1:8501", "no", 200),
        ("https://music.example.org", "private", 404),
        ("http://192.0.2.1:8501", "private", 404),
        ("https://music.example.org", "yes", 200),
    ],
)
def test_without_any_client_id_it_answers_where_nobody_else_reaches_it_or_it_is_switched_on(
    context: Context, url: str, look_around: decisions.LookAround, there: int
) -> None:
    boss = add_person(context, "boss", admin=True)
    decisions.decide(context, boss, Decisions(look_around=look_around))
    settings = context.settings.model_copy(update={"public_url": url})
    gate = WhileInUse(PlainTextResponse("the demo"), replace(context, settings=settings))
    assert TestClient(gate).get("/authorize").status_code == there


def test_only_who_is_signed_in_brings_a_file_to_a_page(
    context: Context, ada: Person, client: TestClient
) -> None:
    there = f"{FILES}{'a' * 36}/1"

    def unread() -> Iterator[bytes]:
        raise AssertionError("the file was read")
        yield b""

    for method in ("PUT", "DELETE"):
        answer = client.request(method, there, content=unread())
        assert (answer.status_code, answer.text) == (401, "Sign in first.")
    client.cookies.set(context.settings.cookie_name, "forged")
    assert client.put(there, content=b"file").status_code == 401
    ticket = sign_in.issue_ticket(context, ada, "/")
    token, _ = sign_in.redeem_ticket(context, ticket, None) or ("", "")
    client.cookies.set(context.settings.cookie_name, token)
    assert client.put(there, content=b"file").status_code == 404  # Streamlit is not here
    sign_in.sign_out(context, token)
    assert client.put(there, content=b"file").status_code == 401


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(f"{len(body)}")(scope, receive, send)


def test_the_demo_gets_what_is_sent_up_to_a_megabyte(context: Context) -> None:
    demo = TestClient(WhileInUse(echo, context))
    assert demo.post("/api/token", content=b"x" * 1024**2).text == "1048576"
    assert demo.get("/authorize").text == "0"
    assert demo.post("/api/token", content=b"x" * (1024**2 + 1)).status_code == 413
