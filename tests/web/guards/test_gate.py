from dataclasses import replace

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from tests.services.conftest import add_person
from ttt.models import SpotifyClient
from ttt.services.accounts import decisions
from ttt.services.accounts.decisions import Decisions
from ttt.services.context import Context
from ttt.web.guards.gate import WhileInUse


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
