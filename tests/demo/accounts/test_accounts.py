"""Consent and tokens, in process and through spotipy over HTTP."""

import base64
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import spotipy
from spotipy.cache_handler import MemoryCacheHandler

from ttt.settings import DEMO_CLIENT_ID

HOSTILE = "\"><script>alert(1)</script>&#x22;'\r\nSet-Cookie: a=b"


def refused(response):
    assert response.status_code == 400
    assert response.headers["cache-control"] == "no-store"
    return response.json()


def invalid_grant(description):
    return {"error": "invalid_grant", "error_description": description}


def test_agreeing_gives_a_code_and_the_state_back(browser):
    response = browser.decide("agree", listener="ben")

    assert response.status_code == 303
    assert response.headers["location"].startswith(f"{browser.redirect_uri}?")
    answer = browser.answer(response)
    assert answer.pop("code")
    assert answer == {"state": "a-state"}


@pytest.mark.parametrize("decision", ["cancel", "", "anything"])
def test_anything_but_agreeing_is_a_refusal(browser, decision):
    response = browser.decide(decision)

    assert response.status_code == 303
    assert browser.answer(response) == {"error": "access_denied", "state": "a-state"}


def test_a_missing_state_stays_missing(browser):
    assert browser.answer(browser.decide("cancel", state=None)) == {"error": "access_denied"}


def test_a_hostile_state_comes_back_as_it_was_and_nowhere_else(browser):
    page = browser.open(state=HOSTILE)
    back = browser.decide(state=HOSTILE)

    assert "alert" not in page.text
    assert browser.answer(back)["state"] == HOSTILE
    assert set(back.headers) == {"cache-control", "content-length", "location"}


@pytest.mark.parametrize(
    "redirect_uri",
    [
        "http://evil.example/spotify",
        "http://127.0.0.1:8599/spotify/",
        "http://127.0.0.1:8599/spotify?next=//evil.example",
        "http://localhost:8599/spotify",
        "http://127.0.0.1:8599",
        "",
        None,
    ],
)
@pytest.mark.parametrize("action", ["open", "decide"])
def test_another_redirect_uri_never_redirects(browser, action, redirect_uri):
    response = getattr(browser, action)(redirect_uri=redirect_uri)

    assert response.status_code == 400
    assert response.text == "INVALID_CLIENT: Invalid redirect URI"
    assert "location" not in response.headers


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"client_id": "other"}, "INVALID_CLIENT: Invalid client"),
        ({"client_id": None}, "INVALID_CLIENT: Invalid client"),
        ({"response_type": "token"}, "response_type must be code"),
        ({"code_challenge_method": "plain"}, "code_challenge_method must be S256"),
        ({"code_challenge_method": None}, "code_challenge_method must be S256"),
        ({"code_challenge": None}, "Invalid code_challenge"),
        ({"code_challenge": "too-short"}, "Invalid code_challenge"),
        ({"scope": "user-top-read <b>"}, "INVALID_SCOPE: Invalid scope"),
    ],
)
@pytest.mark.parametrize("action", ["open", "decide"])
def test_a_wrong_request_is_said_in_plain_text(browser, action, changes, reason):
    response = getattr(browser, action)(**changes)

    assert (response.status_code, response.text) == (400, reason)
    assert response.headers["content-type"].startswith("text/plain")


def test_nobody_agrees_for_a_listener_who_is_not_there(browser):
    assert browser.decide(listener="mallory").text == "Unknown listener"


def test_a_code_and_its_verifier_give_tokens(browser):
    response = browser.exchange(browser.code())

    tokens = response.json()
    assert response.headers["cache-control"] == "no-store"
    assert tokens.pop("access_token") != tokens.pop("refresh_token")
    assert tokens == {
        "token_type": "Bearer",
        "expires_in": 3600,
        "scope": "user-top-read user-read-recently-played",
    }


def test_a_used_code_is_refused_and_ends_what_it_gave(browser):
    code = browser.code()
    tokens = browser.exchange(code).json()

    assert refused(browser.exchange(code)) == invalid_grant("Invalid authorization code")
    assert refused(browser.refresh(tokens["refresh_token"])) == invalid_grant(
        "Refresh token revoked"
    )
    assert browser.get("v1/me", tokens["access_token"]).status_code == 401


def test_a_code_expires_after_ten_minutes(browser, clock):
    early, late = browser.code(), browser.code()

    clock.forward(seconds=599)
    assert browser.exchange(early).status_code == 200
    clock.forward(seconds=1)
    assert refused(browser.exchange(late)) == invalid_grant("Authorization code expired")


@pytest.mark.parametrize(
    ("changes", "description"),
    [
        ({"code_verifier": "x" * 64}, "code_verifier was incorrect"),
        ({"code_verifier": ""}, "code_verifier was incorrect"),
        ({"redirect_uri": "http://127.0.0.1:8599/other"}, "Invalid redirect URI"),
        ({"redirect_uri": ""}, "Invalid redirect URI"),
        ({"code": "made-up"}, "Invalid authorization code"),
        ({"code": "ünicode"}, "Invalid authorization code"),
    ],
)
def test_a_code_is_good_with_its_verifier_and_redirect_uri_only(browser, changes, description):
    code = browser.code()

    assert refused(browser.exchange(code, **changes)) == invalid_grant(description)
    assert browser.exchange(code).status_code == 200


def test_a_token_is_no_code_and_a_code_no_token(browser):
    code, tokens = browser.code(), browser.tokens()

    assert browser.exchange(tokens["refresh_token"]).status_code == 400
    assert browser.refresh(tokens["access_token"]).status_code == 400
    assert browser.get("v1/me", tokens["refresh_token"]).status_code == 401
    assert browser.get("v1/me", code).status_code == 401


def test_a_refresh_gives_a_new_access_token_and_keeps_the_refresh_token(browser, clock):
    tokens = browser.tokens()

    clock.forward(seconds=3600)
    answer = browser.refresh(tokens["refresh_token"]).json()

    assert browser.get("v1/me", tokens["access_token"]).status_code == 401
    assert browser.get("v1/me", answer["access_token"]).status_code == 200
    assert answer.keys() == {"access_token", "token_type", "expires_in", "scope"}


def test_an_authorization_ends_after_six_months_however_often_it_was_refreshed(browser, clock):
    refresh_token = browser.tokens()["refresh_token"]

    clock.forward(days=181)
    assert browser.refresh(refresh_token).status_code == 200
    clock.forward(days=1)
    assert refused(browser.refresh(refresh_token)) == invalid_grant("Refresh token expired")


def test_tokens_outlive_a_restart_and_hold_in_other_processes(start, browser):
    code, tokens = browser.code(), browser.tokens()
    other = start()
    other.verifier = browser.verifier

    assert other.exchange(code).status_code == 200
    assert other.get("v1/me", tokens["access_token"]).status_code == 200
    assert other.refresh(tokens["refresh_token"]).status_code == 200


def test_tokens_of_another_key_are_not_taken(start, browser):
    stranger = start(key=b"another key")
    tokens = stranger.tokens()

    assert browser.get("v1/me", tokens["access_token"]).status_code == 401
    assert refused(browser.refresh(tokens["refresh_token"])) == invalid_grant(
        "Invalid refresh token"
    )


@pytest.mark.parametrize(
    ("form", "error", "description"),
    [
        ({}, "unsupported_grant_type", "grant_type parameter is missing"),
        (
            {"grant_type": "password"},
            "unsupported_grant_type",
            "grant_type must be authorization_code or refresh_token",
        ),
        ({"grant_type": "authorization_code"}, "invalid_request", "code must be supplied"),
        ({"grant_type": "refresh_token"}, "invalid_request", "refresh_token must be supplied"),
    ],
)
def test_an_incomplete_token_request_is_refused(browser, form, error, description):
    response = browser.token_request(form | {"client_id": DEMO_CLIENT_ID})

    assert refused(response) == {"error": error, "error_description": description}


def basic(credentials: bytes) -> dict[str, str]:
    return {"authorization": f"Basic {base64.b64encode(credentials).decode()}"}


def test_the_client_may_name_itself_by_basic_authentication(browser):
    form = {"grant_type": "refresh_token", "refresh_token": browser.tokens()["refresh_token"]}

    response = browser.token_request(form, **basic(b"demo-client:secret"))

    assert response.status_code == 200


@pytest.mark.parametrize(
    "headers", [{}, basic(b"other:secret"), basic(b"\xff"), {"authorization": "Basic ?"}]
)
def test_an_unknown_client_is_refused(browser, headers):
    form = {"grant_type": "refresh_token", "refresh_token": browser.tokens()["refresh_token"]}

    response = browser.token_request(form, **headers)

    assert refused(response) == {
        "error": "invalid_client",
        "error_description": "Invalid client",
    }


def spotipy_manager(settings):
    class DemoPKCE(spotipy.SpotifyPKCE):
        OAUTH_AUTHORIZE_URL = settings.authorize_url
        OAUTH_TOKEN_URL = settings.token_url

    return DemoPKCE(
        client_id=settings.client_id,
        redirect_uri=settings.redirect_uri,
        scope="user-top-read",
        open_browser=False,
        requests_timeout=10,
        cache_handler=MemoryCacheHandler(),
    )


def consented(settings, manager, listener):
    """The code that a listener's consent brings back over HTTP."""
    response = requests.post(
        manager.get_authorize_url(state="s"),
        data={"decision": "agree", "listener": listener},
        allow_redirects=False,
        timeout=10,
    )
    location = response.headers["location"]
    assert location.startswith(f"{settings.redirect_uri}?")
    return parse_qs(urlsplit(location).query)["code"][0]


def test_spotipy_connects_refreshes_and_reads(served):
    manager = spotipy_manager(served)
    code = consented(served, manager, "chiara")

    manager.get_access_token(code, check_cache=False)
    given = manager.cache_handler.get_cached_token()
    refreshed = manager.refresh_access_token(given["refresh_token"])
    client = spotipy.Spotify(auth=refreshed["access_token"], requests_session=requests.Session())
    client.prefix = f"{served.api_url}/v1/"

    assert client._get("me")["display_name"] == "Chiara"
    first = client.current_user_top_tracks(limit=20, time_range="short_term")
    second = client.next(first)
    assert len(first["items"]) == len(second["items"]) == 20
    assert client.track(first["items"][0]["id"]) == first["items"][0]
    assert client.search("stay", limit=3)["tracks"]["limit"] == 3


def test_spotipy_is_told_why_a_code_is_refused(served):
    manager = spotipy_manager(served)
    code = consented(served, manager, "ada")
    manager.get_access_token(code, check_cache=False)

    with pytest.raises(spotipy.SpotifyOauthError) as caught:
        manager.get_access_token(code, check_cache=False)

    assert caught.value.error == "invalid_grant"
