"""What browsers and players are answered while nothing may be changed."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.services.shell import beside
from tests.web.conftest import browser
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.doors import sign_in
from ttt.services.person import Person
from ttt.services.recorders.players import tokens
from ttt.services.server import maintenance

LISTEN = {
    "listen_type": "single",
    "payload": [
        {
            "listened_at": 1_795_348_000,
            "track_metadata": {"artist_name": "Band", "track_name": "Song"},
        }
    ],
}


@pytest.fixture(autouse=True)
def looks_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maintenance, "SEEN_WITHIN", 0.0)


@pytest.fixture
def token(context: Context, ada: Person) -> str:
    return tokens.make(context, ada, "player").token


@pytest.fixture
def ticket(context: Context, ada: Person) -> str:
    return sign_in.issue_ticket(context, ada, "/")


@pytest.fixture
def shell(context: Context) -> Iterator[Context]:
    """The process of a command, with connections of its own."""
    with beside(context) as found:
        yield found


@pytest.fixture
def resting(context: Context, shell: Context, token: str, ticket: str) -> Iterator[TestClient]:
    """The app in maintenance, which began after a token and a ticket were made."""
    maintenance.begin(shell, accounts.operator(shell), "Back at noon.")
    with maintenance.kept(context):
        yield browser(context)


def test_health_says_so_and_people_can_still_be_sent_there(resting: TestClient) -> None:
    answer = resting.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "maintenance"})
    assert resting.get("/readyz").status_code == 200


def test_a_player_is_told_to_come_again_and_then_succeeds(
    resting: TestClient, shell: Context, token: str
) -> None:
    headers = {"authorization": f"Token {token}"}
    path = "/apis/listenbrainz/1/submit-listens"
    answer = resting.post(path, json=LISTEN, headers=headers)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert answer.text.startswith("This server is being worked on")
    assert "x-request-id" in answer.headers
    maintenance.end(shell, accounts.operator(shell))
    assert resting.post(path, json=LISTEN, headers=headers).json() == {"status": "ok"}


def test_a_sign_in_on_its_way_is_not_lost(
    resting: TestClient, context: Context, shell: Context, ticket: str
) -> None:
    assert resting.post("/auth/finish", data={"ticket": ticket}).status_code == 503
    maintenance.end(shell, accounts.operator(shell))
    answer = resting.post("/auth/finish", data={"ticket": ticket})
    assert context.settings.cookie_name in answer.cookies
