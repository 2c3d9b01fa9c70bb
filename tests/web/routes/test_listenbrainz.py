"""The ListenBrainz-compatible address, over real HTTP: what players may send, and what not."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import liblistenbrainz
import pytest
from liblistenbrainz.errors import InvalidAuthTokenException, ListenBrainzAPIException
from sqlmodel import select
from starlette.applications import Starlette

from tests.services.conftest import Clock
from tests.surroundings.loopback import ask, client, served
from ttt.models import Play, SubmitToken, Track
from ttt.plays import PlaySource
from ttt.services.accounts import accounts
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.recorders.players import listens, tokens
from ttt.web import app as web
from ttt.web.routes import listenbrainz

SUBMIT = "/apis/listenbrainz/1/submit-listens"
VALIDATE = "/apis/listenbrainz/1/validate-token"
NOW = 1_795_348_800  # 2026-11-22 12:00 UTC, where the clock of the tests stands


@dataclass
class Address:
    """The app as a player reaches it, and what was asked to be derived."""

    url: str
    derived: list[int] = field(default_factory=list)

    def post(
        self, token: str | None, body: Any, path: str = SUBMIT, **headers: str
    ) -> httpx.Response:
        if token is not None:
            headers["Authorization"] = f"Token {token}".strip()
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return ask("POST", self.url + path, content=content, headers=headers)

    def get(self, path: str, token: str | None = None, **params: str) -> httpx.Response:
        headers = {} if token is None else {"Authorization": f"Token {token}"}
        return ask("GET", self.url + path, params=params, headers=headers)


@pytest.fixture
def address(context: Context) -> Iterator[Address]:
    address = Address(context.settings.base_url)

    def derive(_context: Context, user_id: int) -> None:
        address.derived.append(user_id)

    app = Starlette(
        routes=listenbrainz.routes(context, derive),
        middleware=web.middleware(context),
        exception_handlers=web.exception_handlers(),
    )
    with served(app, context.settings.port):
        yield address


@pytest.fixture
def token(context: Context, ada: Person) -> str:
    return tokens.make(context, ada, "Navidrome").token


def listen(at: int | None = NOW - 60, title: str = "Song", **info: Any) -> dict[str, Any]:
    metadata = {"artist_name": "Band", "track_name": title, "release_name": "Album"}
    said: dict[str, Any] = {"track_metadata": metadata | {"additional_info": info}}
    return said if at is None else said | {"listened_at": at}


def single(*args: Any, **info: Any) -> dict[str, Any]:
    return {"listen_type": "single", "payload": [listen(*args, **info)]}


def imported(*listens: dict[str, Any]) -> dict[str, Any]:
    return {"listen_type": "import", "payload": list(listens)}


def kept(context: Context) -> list[tuple[int, str, str]]:
    with context.session() as session:
        query = select(Play, Track).join(Track).order_by(Play.told_at, Track.title)
        found = session.exec(query).all()
    return [
        (int(play.told_at.timestamp()), track.title or "", play.source.name)
        for play, track in found
    ]


def test_a_single_listen_is_kept_and_derived(
    context: Context, address: Address, token: str, ada: Person
) -> None:
    response = address.post(token, single(duration_ms=180_000, isrc="GBAYE0601498"))

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert kept(context) == [(NOW - 60, "Song", "SUBMITTED")]
    assert address.derived == [ada.id]


def test_a_thousand_listens_come_at_once_in_any_order(
    context: Context, address: Address, token: str
) -> None:
    sent = [listen(NOW - 200 * number, f"Song {number % 40}") for number in range(1_000)]

    assert address.post(token, imported(*sent[::-1])).status_code == 200
    assert len(kept(context)) == 1_000
    assert len(address.derived) == 1


def test_one_more_than_a_thousand_is_refused_whole(
    context: Context, address: Address, token: str
) -> None:
    response = address.post(token, imported(*[listen(NOW - number) for number in range(1_001)]))

    assert response.status_code == 400
    assert response.json()["code"] == 400
    assert "1000" in response.json()["error"]
    assert kept(context) == []


def test_what_comes_again_is_there_already(context: Context, address: Address, token: str) -> None:
    sent = imported(*[listen(NOW - 300 * number) for number in range(20)])
    for _ in range(3):
        assert address.post(token, sent).json() == {"status": "ok"}
    assert address.post(token, single(NOW - 300)).json() == {"status": "ok"}

    assert len(kept(context)) == 20
    assert len(address.derived) == 1


def test_a_spotify_link_names_the_track(context: Context, address: Address, token: str) -> None:
    link = "https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC?si=1"
    address.post(token, single(spotify_id=link))

    with context.session() as session:
        assert session.exec(select(Track.spotify_id)).all() == ["4uLU6hMCjMI75M1A2tKUQC"]
        assert session.exec(select(Play.source)).all() == [PlaySource.SUBMITTED]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (single(NOW + 3_600), "too high"),
        (single(1_000_000_000), "too low"),
        (single(None), "must contain the key listened_at"),
        (single("soon"), "no number of seconds"),
        (single(True), "not as it should be"),
        (imported(), "does not contain any listens"),
        ({"listen_type": "single", "payload": [listen(), listen()]}, "one listen only"),
        ({"listen_type": "playing_now", "payload": [listen()]}, "must not contain listened_at"),
        ({"listen_type": "scrobble", "payload": [listen()]}, "valid listen_type"),
        ({"payload": [listen()]}, "not as it should be"),
        ({"listen_type": "single", "payload": listen()}, "not as it should be"),
        ([1, 2], "not as it should be"),
        (b"{", "Cannot parse"),
        (b"\xff\xfe", "Cannot parse"),
        (b'{"listen_type": "single", "payload": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", ""),
        (single(title=""), "must contain track_name"),
        (single(title="\0\x1b"), "must contain track_name"),
        (single(tags=["x" * 12_000]), "too large"),
    ],
)
def test_what_is_not_as_documented_is_refused_and_nothing_kept(
    context: Context, address: Address, token: str, body: Any, words: str
) -> None:
    response = address.post(token, body)

    assert response.status_code == 400
    assert response.json()["code"] == 400
    assert words in response.json()["error"]
    assert kept(context) == []


def test_one_bad_listen_among_good_ones_refuses_all(
    context: Context, address: Address, token: str
) -> None:
    assert address.post(token, imported(listen(), listen(NOW + 3_600))).status_code == 400
    assert kept(context) == []


def test_odd_additional_information_is_passed_over(
    context: Context, address: Address, token: str
) -> None:
    odd = {"duration_ms": "long", "isrc": 5, "spotify_id": ["x"], "recording_mbid": "no", "tags": 1}

    assert address.post(token, single(**odd)).status_code == 200
    assert kept(context) == [(NOW - 60, "Song", "SUBMITTED")]


def test_a_body_that_never_ends_is_cut_off(
    monkeypatch: pytest.MonkeyPatch, context: Context, address: Address, token: str
) -> None:
    monkeypatch.setattr(listens, "LARGEST_BODY", 50_000)

    response = address.post(token, b" " * 60_000)

    assert response.status_code == 400
    assert "too large" in response.json()["error"]


@pytest.mark.parametrize("given", [None, "", "made-up", "Token", "x" * 5_000])
def test_without_a_right_token_nothing_is_taken(
    context: Context, address: Address, token: str, given: str | None
) -> None:
    response = address.post(given, single())

    assert response.status_code == 401
    assert response.json()["code"] == 401
    assert kept(context) == []


def test_a_token_opens_its_owners_plays_only(
    context: Context, address: Address, token: str, bob: Person
) -> None:
    other = tokens.make(context, bob, "Phone").token
    address.post(other, single())

    with context.session() as session:
        assert session.exec(select(Play.user_id)).all() == [bob.id]


def test_a_revoked_token_and_one_of_a_disabled_account_are_refused(
    context: Context, address: Address, token: str, ada: Person
) -> None:
    second = tokens.make(context, ada, "Second").token
    tokens.revoke(context, ada, tokens.listed(context, ada)[0].id)
    assert address.post(token, single()).status_code == 401

    accounts.set_disabled(context, accounts.operator(context), "ada", True)
    assert address.post(second, single()).status_code == 401
    assert address.get(VALIDATE, second).json()["valid"] is False
    assert kept(context) == []


def test_whoever_tries_wrong_tokens_has_to_wait_and_right_ones_still_pass(
    address: Address, token: str
) -> None:
    answers = [address.post(f"wrong {number}", single()).status_code for number in range(25)]
    last = address.post("wrong again", single())

    assert answers[:20] == [401] * 20
    assert last.status_code == 429
    assert int(last.headers["retry-after"]) > 0
    assert address.post(token, single()).status_code == 200


@pytest.fixture
def three_in_ten_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listenbrainz, "_A_WINDOW", 3)
    monkeypatch.setattr(listenbrainz, "_WINDOW", 600.0)


def test_too_many_requests_are_told_to_slow_down(
    three_in_ten_minutes: None, address: Address, token: str
) -> None:
    answers = [address.post(token, single()) for _ in range(5)]

    assert [answer.status_code for answer in answers][-1] == 429
    assert answers[0].headers["x-ratelimit-limit"] == "3"
    assert answers[-1].headers["x-ratelimit-remaining"] == "0"
    assert int(answers[-1].headers["retry-after"]) == int(
        answers[-1].headers["x-ratelimit-reset-in"]
    )


def test_a_token_is_validated(address: Address, token: str) -> None:
    right = {"code": 200, "message": "Token valid.", "valid": True, "user_name": "ada"}
    wrong = {"code": 200, "message": "Token invalid.", "valid": False}

    assert address.get(VALIDATE, token).json() == right
    assert address.get(VALIDATE, token=None).status_code == 400
    assert ask("GET", f"{address.url}{VALIDATE}?token={token}").json() == right
    assert address.get(VALIDATE, "made-up").json() == wrong


def test_what_plays_now_is_kept_for_as_long_as_it_may_play(
    context: Context, address: Address, token: str, ada: Person, clock: Clock
) -> None:
    body = {"listen_type": "playing_now", "payload": [listen(None, duration_ms=180_000)]}
    assert address.post(token, body).json() == {"status": "ok"}

    playing = tokens.playing(context, ada)
    assert playing is not None
    assert (playing.title, playing.artist, playing.by) == ("Song", "Band", "Navidrome")
    assert kept(context) == []
    clock.forward(minutes=2)
    assert tokens.playing(context, ada) is not None
    clock.forward(minutes=2)
    assert tokens.playing(context, ada) is None


@pytest.mark.parametrize("base", ["/apis/listenbrainz", "/listenbrainz", ""])
def test_players_find_it_under_the_bases_that_they_make(
    address: Address, token: str, base: str
) -> None:
    assert address.post(token, single(), f"{base}/1/submit-listens").status_code == 200
    assert address.get(f"{base}/1/validate-token", token).json()["valid"] is True


def test_pages_of_other_sites_may_send_with_a_token(address: Address, token: str) -> None:
    asked = {"Origin": "https://player.example", "Access-Control-Request-Method": "POST"}
    before = ask("OPTIONS", address.url + SUBMIT, headers=asked)

    assert before.status_code == 204
    assert before.headers["access-control-allow-origin"] == "*"
    assert "Authorization" in before.headers["access-control-allow-headers"]
    sent = address.post(token, single(), Origin="https://player.example")
    assert sent.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in sent.headers


def test_the_cookie_of_a_session_opens_nothing(context: Context, address: Address) -> None:
    cookies = {context.settings.cookie_name: "whatever"}
    with client(address.url, cookies=cookies) as visitor:
        response = visitor.post(SUBMIT, json=single())

    assert response.status_code == 401


def test_the_token_is_kept_as_a_hash_and_its_use_noted(
    context: Context, address: Address, token: str, ada: Person, clock: Clock
) -> None:
    clock.forward(hours=1)
    address.post(token, single())

    with context.session() as session:
        stored = session.exec(select(SubmitToken)).one()
    assert token not in stored.model_dump_json()
    [shown] = tokens.listed(context, ada)
    assert (shown.name, shown.begins, shown.used_at) == ("Navidrome", token[:8], clock.time)


def test_a_client_that_was_written_elsewhere_can_send(
    context: Context, address: Address, token: str
) -> None:
    client = liblistenbrainz.ListenBrainz(address.url)
    client.set_auth_token(token)

    one = liblistenbrainz.Listen("One", "Band", listened_at=NOW - 500)
    client.submit_single_listen(one)
    many = [liblistenbrainz.Listen(f"Song {n}", "Band", listened_at=NOW - n) for n in range(10)]
    client.submit_multiple_listens(many)
    client.submit_playing_now(liblistenbrainz.Listen("Now", "Band"))

    assert len(kept(context)) == 11
    with pytest.raises(ListenBrainzAPIException) as refused:
        client.submit_single_listen(liblistenbrainz.Listen("X", "Band", listened_at=NOW + 99_999))
    assert refused.value.status_code == 400
    with pytest.raises(InvalidAuthTokenException):
        client.set_auth_token("made-up")
