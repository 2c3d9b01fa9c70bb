"""The demo's other apps: what belongs to one is worth nothing with another."""

import base64

import pytest

from ttt.demo.accounts.apps import DemoApp
from ttt.settings import DEMO_CLIENT_ID

MINE, OTHER, ELSEWHERE = "mine", "other", "elsewhere"


@pytest.fixture
def others(browser):
    here = (browser.redirect_uri,)
    return [
        DemoApp(MINE, here, "my secret", listed=("ada", "ben")),
        DemoApp(OTHER, here, "other secret"),
        DemoApp(ELSEWHERE, ("https://elsewhere.example.org/spotify",)),
        DemoApp("poor", here, premium=False),
        DemoApp("plain", here, listed=(), plain=True),
    ]


@pytest.fixture
def visitor(start, others):
    """Somebody at a Spotify that knows these apps as well."""
    return start(others=others)


def tokens(visitor, client_id, listener="ada"):
    code = visitor.code(client_id=client_id, listener=listener)
    return visitor.exchange(code, client_id=client_id).json()


def test_a_code_is_good_for_its_own_app_alone(visitor):
    refused = visitor.exchange(visitor.code(client_id=MINE), client_id=OTHER)
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize("other", [OTHER, DEMO_CLIENT_ID])
def test_a_refresh_token_is_good_for_its_own_app_alone(visitor, other):
    token = tokens(visitor, MINE)["refresh_token"]
    form = {"grant_type": "refresh_token", "refresh_token": token}
    assert visitor.token_request(form | {"client_id": MINE}).status_code == 200
    refused = visitor.token_request(form | {"client_id": other})
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize(
    ("name", "secret", "status"),
    [(MINE, "my secret", 200), (MINE, "other secret", 400), ("nobody", "my secret", 400)],
)
def test_a_secret_belongs_to_its_app(visitor, name, secret, status):
    token = tokens(visitor, MINE)["refresh_token"]
    basic = base64.b64encode(f"{name}:{secret}".encode()).decode()
    form = {"grant_type": "refresh_token", "refresh_token": token, "client_id": name}
    answer = visitor.token_request(form, authorization=f"Basic {basic}")
    assert answer.status_code == status
    if status != 200:
        assert answer.json()["error"] == "invalid_client"


def test_a_redirect_uri_has_to_be_registered_for_the_app(visitor):
    assert visitor.open(client_id=MINE).status_code == 200
    refused = visitor.open(client_id=ELSEWHERE)
    assert (refused.status_code, refused.text) == (400, "INVALID_CLIENT: Invalid redirect URI")


def test_whom_an_app_does_not_list_gets_tokens_and_then_nothing_for_them(visitor):
    token = tokens(visitor, MINE, "deniz")["access_token"]
    refused = visitor.get("v1/me", token)
    assert refused.status_code == 403
    assert refused.json()["error"]["message"] == "User not registered in the Developer Dashboard"
    plain = visitor.get("v1/me", tokens(visitor, "plain")["access_token"])
    assert plain.headers["content-type"].startswith("text/plain")
    assert "the user may not be registered" in plain.text
    assert visitor.get("v1/me", tokens(visitor, MINE, "ben")["access_token"]).status_code == 200


def test_an_app_whose_owner_has_no_premium_gets_nothing(visitor):
    refused = visitor.get("v1/me", tokens(visitor, "poor")["access_token"])
    assert refused.status_code == 403
    assert "premium subscription required for the owner" in refused.text


def test_a_sixth_person_is_on_no_list():
    with pytest.raises(ValueError, match="at most 5"):
        DemoApp(MINE, (), listed=("a", "b", "c", "d", "e", "f"))


def test_an_app_is_made_known_over_http_where_tests_may(start):
    visitor = start(demo_faults=True)
    app = {"client_id": MINE, "redirect_uris": [visitor.redirect_uri], "listed": ["ben"]}
    assert visitor.request("POST", "apps", json=app).status_code == 204
    assert visitor.get("v1/me", tokens(visitor, MINE)["access_token"]).status_code == 403
    six = app | {"listed": ["a", "b", "c", "d", "e", "f"]}
    assert visitor.request("POST", "apps", json=six).status_code == 400
    closed = start(demo_faults=False)
    assert closed.request("POST", "apps", json=app).status_code == 404
