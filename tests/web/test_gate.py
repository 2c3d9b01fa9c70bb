import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from tests.services.conftest import add_person
from ttt.models import SpotifyClient
from ttt.services.accounts import decisions
from ttt.services.accounts.decisions import Decisions
from ttt.services.context import Context
from ttt.web.gate import WhileInUse


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
