from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from ttt.models import SpotifyClient
from ttt.services.context import Context
from ttt.web.gate import WhileInUse


def test_the_demo_answers_until_the_server_has_a_client_id_and_again_without(
    context: Context,
) -> None:
    demo = TestClient(WhileInUse(PlainTextResponse("the demo"), context))
    assert demo.get("/authorize").text == "the demo"
    client = SpotifyClient(name="Family", client_id="a" * 32, created_at=context.now())
    with context.session() as session:
        session.add(client)
        session.commit()
        assert demo.get("/authorize").status_code == 404
        session.delete(client)
        session.commit()
    assert demo.get("/authorize").text == "the demo"
