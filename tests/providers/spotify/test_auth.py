"""The way from the consent page to a token."""

import base64
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.providers.scripted import Reply, Server
from tests.providers.spotify.given import settings_for, token_reply
from ttt.errors import (
    ClientRefused,
    CodeRefused,
    ConsentRefused,
    SpotifyUnavailable,
    UnexpectedAnswer,
)
from ttt.providers.spotify import authorize_url, exchange, redirect_error
from ttt.settings import Settings

# The pair of RFC 7636, appendix B.
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"  # pragma: allowlist secret
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"  # pragma: allowlist secret


def test_the_consent_page_is_asked_for_a_code_with_pkce(settings: Settings, server: Server) -> None:
    url = authorize_url(settings, "a state", VERIFIER, ["user-top-read", "playlist-read"])

    assert url.startswith(f"{server.url}/accounts/authorize?")
    assert parse_qs(urlsplit(url).query) == {
        "client_id": ["client"],
        "response_type": ["code"],
        "redirect_uri": ["https://music.example.org/spotify"],
        "state": ["a state"],
        "scope": ["playlist-read user-top-read"],
        "code_challenge": [CHALLENGE],
        "code_challenge_method": ["S256"],
    }
    assert server.asked == []


def test_a_code_is_exchanged_in_one_request(settings: Settings, server: Server) -> None:
    server.will(token_reply(scope="user-top-read"))

    token = exchange(settings, "code-SECRET", "verifier-SECRET")

    assert (token.access_token, token.refresh_token) == ("access-2-SECRET", "refresh-2-SECRET")
    [asked] = server.asked
    assert (asked.method, asked.path) == ("POST", "/accounts/api/token")
    assert "Authorization" not in asked.headers
    assert asked.form == {
        "client_id": "client",
        "grant_type": "authorization_code",
        "code": "code-SECRET",
        "redirect_uri": "https://music.example.org/spotify",
        "code_verifier": "verifier-SECRET",
    }


def test_a_client_secret_is_sent_beside_pkce(server: Server) -> None:
    settings = settings_for(server, SPOTIFY_CLIENT_SECRET="clientSECRET")
    server.will(token_reply())

    exchange(settings, "code-SECRET", "verifier-SECRET")

    [asked] = server.asked
    credentials = base64.b64encode(b"client:clientSECRET").decode()
    assert asked.headers["Authorization"] == f"Basic {credentials}"
    assert asked.form["code_verifier"] == "verifier-SECRET"


def test_the_granted_scope_is_kept_not_the_requested(settings: Settings, server: Server) -> None:
    server.will(token_reply(scope="user-read-private"))
    assert exchange(settings, "code", "verifier").scope == "user-read-private"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(400, {"error": "invalid_grant", "error_description": "Invalid authorization code"}),
        Reply(400, {"error": "invalid_request"}),
    ],
)
def test_a_code_that_is_not_taken_is_refused(
    settings: Settings, server: Server, reply: Reply
) -> None:
    server.will(reply)

    with pytest.raises(CodeRefused):
        exchange(settings, "code", "verifier")
    assert len(server.asked) == 1


def test_an_empty_code_is_refused_without_asking_anybody(
    settings: Settings, server: Server
) -> None:
    with pytest.raises(CodeRefused):
        exchange(settings, "", "verifier")
    assert server.asked == []


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=""),
        Reply(body="<html>Sign in to the hotel's network</html>"),
        Reply(body="null"),
        Reply(body=["access_token"]),
        Reply(204),
        token_reply(access_token=None),
        token_reply(access_token=""),
        token_reply(access_token=7),
        token_reply(refresh_token=None),
        token_reply(refresh_token={}),
        Reply(302, headers={"Location": "/elsewhere"}),
        Reply(307, headers={"Location": "//\x80[/"}),
        Reply(400, "Bad Request"),
        Reply(400, ["error"]),
        Reply(400, {"error": {"status": 400}}),
        Reply(404, {"error": "not_found"}),
    ],
)
def test_nonsense_of_the_accounts_service_is_an_unexpected_answer(
    settings: Settings, server: Server, reply: Reply
) -> None:
    server.will(reply)

    with pytest.raises(UnexpectedAnswer) as caught:
        exchange(settings, "code", "verifier")
    assert caught.value.service == "accounts"
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("life", "seconds"),
    [
        (3600.0, 3600),
        (1800.0, 1800),
        ("1800", 1800),
        (1800.5, 3600),
        (None, 3600),
        ("soon", 3600),
        (0, 3600),
        (-5, 3600),
        (True, 3600),
        (10**30, 3600),
    ],
)
def test_an_odd_life_of_a_token_stops_nobody(
    settings: Settings, server: Server, life: object, seconds: int
) -> None:
    server.will(token_reply(expires_in=life))
    before = datetime.now(UTC)
    token = exchange(settings, "code", "verifier")
    left = (token.expires_at - before).total_seconds()
    assert seconds - 2 < left < seconds + 60


@pytest.mark.parametrize("scope", [None, "", 7, ["user-top-read"]])
def test_who_does_not_say_the_scope_granted_what_was_asked_for(
    settings: Settings, server: Server, scope: object
) -> None:
    server.will(token_reply(scope=scope))
    token = exchange(
        settings, "code", "verifier", scopes=["user-top-read", "playlist-read-private"]
    )
    assert token.scope == "user-top-read playlist-read-private"


@pytest.mark.parametrize("error", ["invalid_client", "unauthorized_client"])
@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_wrong_client_id_or_secret_is_no_refused_code(
    settings: Settings, server: Server, error: str, status: int
) -> None:
    server.will(Reply(status, {"error": error, "error_description": "Invalid client secret"}))
    with pytest.raises(ClientRefused):
        exchange(settings, "code", "verifier")
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        ("access_denied", ConsentRefused),
        ("server_error", SpotifyUnavailable),
        ("temporarily_unavailable", SpotifyUnavailable),
        ("invalid_scope", UnexpectedAnswer),
        ("", UnexpectedAnswer),
    ],
)
def test_an_error_on_the_redirect_has_a_meaning(error: str, meaning: type[Exception]) -> None:
    assert type(redirect_error(error)) is meaning
