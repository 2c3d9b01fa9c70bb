"""Listens that are passed on to ListenBrainz: what is sent, and what its answers mean."""

import json

import pytest

from tests.providers.scripted import Reply, Server
from ttt.errors import ProviderBlocked, ProviderError, ProviderNonsense, ProviderUnavailable
from ttt.providers.http import Client
from ttt.providers.relayed.listenbrainz import ListenBrainz, Sent

LISTEN = b'{"listened_at":1700000000,"track_metadata":{"track_name":"S\xc3\xb6ng"}}'


@pytest.fixture
def listenbrainz(client: Client, server: Server) -> ListenBrainz:
    return ListenBrainz(client, server.url)


def valid(**changes: object) -> Reply:
    said = {"code": 200, "message": "Token valid.", "valid": True, "user_name": "ada_lb"}
    return Reply(body=said | changes)


def test_a_token_tells_its_account(listenbrainz: ListenBrainz, server: Server) -> None:
    server.will(valid())

    assert listenbrainz.account("t-SECRET") == "ada_lb"
    (asked,) = server.asked
    assert (asked.method, asked.path, asked.query) == ("GET", "/1/validate-token", {})
    assert asked.headers["Authorization"] == "Token t-SECRET"


@pytest.mark.parametrize(
    "answer",
    [
        Reply(body={"code": 200, "message": "Token invalid.", "valid": False}),
        *(valid(valid="true"), valid(user_name=""), valid(user_name=7), valid(user_name=None)),
        *(Reply(401, {"error": "no"}), Reply(403, ""), Reply(400, {"code": 400})),
    ],
)
def test_a_token_that_is_nobodys_has_no_account(
    listenbrainz: ListenBrainz, server: Server, answer: Reply
) -> None:
    server.will(answer)
    assert listenbrainz.account("t-SECRET") is None


@pytest.mark.parametrize(("count", "kind"), [(1, "single"), (2, "import")])
def test_listens_go_in_one_request_as_they_are(
    listenbrainz: ListenBrainz, server: Server, count: int, kind: str
) -> None:
    server.will(Reply(body={"status": "ok"}))

    assert listenbrainz.send("t-SECRET", [LISTEN] * count) is Sent.TAKEN
    (asked,) = server.asked
    assert (asked.method, asked.path) == ("POST", "/1/submit-listens")
    assert asked.headers["Authorization"] == "Token t-SECRET"
    assert asked.headers["Content-Type"] == "application/json"
    assert json.loads(asked.body) == {"listen_type": kind, "payload": [json.loads(LISTEN)] * count}


@pytest.mark.parametrize(
    ("status", "sent"),
    [
        *((400, Sent.REFUSED), (413, Sent.REFUSED)),
        *((401, Sent.NO_TOKEN), (403, Sent.NO_TOKEN)),
    ],
)
def test_what_is_wrong_with_a_token_or_a_listen_is_no_fault_of_the_service(
    listenbrainz: ListenBrainz, server: Server, status: int, sent: Sent
) -> None:
    server.will(Reply(status, {"code": status, "error": "no"}))
    assert listenbrainz.send("t-SECRET", [LISTEN]) is sent


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Reply(429, headers={"Retry-After": "30"}), ProviderBlocked),
        *((Reply(500), ProviderUnavailable), (Reply(502), ProviderUnavailable)),
        (Reply(fault="cut"), ProviderUnavailable),
        *((Reply(404), ProviderNonsense), (Reply(302), ProviderNonsense)),
        *((Reply(body="<html>"), ProviderNonsense), (Reply(body=[]), ProviderNonsense)),
        (Reply(body={"status": "queued"}), ProviderNonsense),
    ],
)
def test_a_fault_is_an_error_after_one_request(
    listenbrainz: ListenBrainz, server: Server, answer: Reply, error: type[ProviderError]
) -> None:
    server.will(answer)
    with pytest.raises(error) as raised:
        listenbrainz.send("t-SECRET", [LISTEN])

    assert "SECRET" not in f"{raised.value!r}"
    assert len(server.asked) == 1
