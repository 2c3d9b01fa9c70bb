"""Each named fault does what its name says, and the switches are for tests only."""

import json

import pytest
import requests

from ttt.demo.named_faults import NAMED, named

ANSWERS = {
    "unauthorized": (401, "The access token expired", None, None),
    "not_allowed": (403, "User not registered in the Developer Dashboard", None, None),
    "not_found": (404, "Resource not found", None, None),
    "rate_limited": (429, "API rate limit exceeded", None, "30"),
    "quota_exceeded": (429, "Too many requests", "QUOTA_EXCEEDED", "43200"),
    "server_error": (500, "Server error.", None, None),
    "unavailable": (503, "Service unavailable", None, None),
}
PLAIN = {
    "not_allowed_text": (403, "text/plain", "the user may not be registered"),
    "owner_without_premium": (403, "text/plain", "Active premium subscription required"),
    "rate_limited_bare": (429, "application/json", ""),
    "bad_gateway": (502, "text/html", "<h1>"),
}
REFUSED_GRANTS = {
    "token_revoked": "Refresh token revoked",
    "six_months": "Refresh token expired",
}


# tests/demo/web_api/test_recent.py
RECENT = {"insufficient_scope", "plays_empty", "plays_missing", "plays_null", "plays_local"}
RECENT |= {"plays_without_track", "plays_bare"}
PLAYER = {
    "no_active_device": (404, "No active device found", "NO_ACTIVE_DEVICE"),
    "not_premium": (403, "Premium required", "PREMIUM_REQUIRED"),
    "restricted_device": (403, "Restricted device", "UNKNOWN"),
}


def top(browser, token):
    return browser.get("v1/me/top/tracks", token, limit=50)


def rows(browser, token):
    return top(browser, token).json()["items"]


@pytest.mark.parametrize("name", ANSWERS)
def test_the_web_api_refuses_in_json(browser, faults, token, name):
    faults.add(named(name))

    response = top(browser, token)

    error = response.json()["error"]
    retry_after = response.headers.get("retry-after")
    assert (error["status"], error["message"], error.get("reason"), retry_after) == ANSWERS[name]
    assert response.status_code == error["status"]


@pytest.mark.parametrize("name", PLAIN)
def test_the_web_api_refuses_in_other_words(browser, faults, token, name):
    faults.add(named(name))

    response = top(browser, token)

    status, content_type, words = PLAIN[name]
    assert response.status_code == status
    assert response.headers["content-type"].startswith(content_type)
    assert "retry-after" not in response.headers
    assert words in response.text
    with pytest.raises(json.JSONDecodeError):
        response.json()


def test_forbidden_gives_no_reason(browser, faults, token):
    faults.add(named("forbidden"))

    assert top(browser, token).json() == {"error": {"status": 403}}


def test_the_accounts_service_is_down(browser, faults):
    faults.add(named("accounts_down"))

    assert browser.exchange(browser.code()).status_code == 503


def test_the_accounts_service_answers_with_a_page(browser, faults):
    faults.add(named("accounts_html"))

    response = browser.exchange(browser.code())

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")


def test_the_accounts_service_forgets_the_token(browser, faults):
    faults.add(named("accounts_no_token"))

    response = browser.exchange(browser.code())

    assert response.status_code == 200
    assert "access_token" not in response.json()


def test_a_code_is_refused_and_a_refresh_goes_on(browser, faults):
    refresh_token = browser.tokens()["refresh_token"]
    faults.add(named("code_refused"))

    response = browser.exchange(browser.code())

    assert response.status_code == 400
    assert response.json()["error"] == "invalid_grant"
    assert browser.refresh(refresh_token).status_code == 200


@pytest.mark.parametrize("name", REFUSED_GRANTS)
def test_a_refresh_is_refused_and_a_code_is_still_taken(browser, faults, name):
    refresh_token = browser.tokens()["refresh_token"]
    faults.add(named(name))

    response = browser.refresh(refresh_token)

    assert response.status_code == 400
    assert response.json() == {
        "error": "invalid_grant",
        "error_description": REFUSED_GRANTS[name],
    }
    assert browser.exchange(browser.code()).status_code == 200


def test_the_app_itself_is_refused(browser, faults):
    code = browser.code()
    faults.add(named("client_refused"))

    refused = browser.exchange(code)

    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_client")


def test_odd_fields_stand_in_every_tenth_row(browser, faults, token):
    right = rows(browser, token)
    faults.add(named("fields_odd"))
    odd = rows(browser, token)

    assert [row for place, row in enumerate(odd) if place % 10] == [
        row for place, row in enumerate(right) if place % 10
    ]
    assert odd[0]["external_ids"] is None
    assert odd[0]["album"]["images"][0]["url"] is None


def test_slow_is_slower_than_anyone_waits(served, faults):
    faults.add(named("slow"))

    with pytest.raises(requests.ReadTimeout):
        requests.get(f"{served.api_url}/v1/me", timeout=0.2)


def test_the_connection_is_cut(served, faults):
    faults.add(named("cut"))

    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        requests.get(f"{served.api_url}/v1/me", timeout=10)


def test_json_is_broken(browser, faults, token):
    faults.add(named("broken_json"))

    response = top(browser, token)

    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    with pytest.raises(json.JSONDecodeError):
        response.json()


def test_a_list_stands_in_place_of_an_object(browser, faults, token):
    right = top(browser, token).json()
    faults.add(named("json_list"))

    assert top(browser, token).json() == [right]


def test_items_are_missing(browser, faults, token):
    right = top(browser, token).json()
    faults.add(named("items_missing"))

    assert top(browser, token).json() == {k: v for k, v in right.items() if k != "items"}


@pytest.mark.parametrize("name", ["rows_null", "rows_local", "rows_episode", "fields_missing"])
def test_every_tenth_row_is_odd_and_the_others_stay(browser, faults, token, name):
    right = rows(browser, token)
    faults.add(named(name))

    odd = rows(browser, token)

    changed = [place for place, row in enumerate(odd) if row != right[place]]
    assert changed == [0, 10, 20, 30, 40]


def test_odd_rows_are_what_their_names_say(browser, faults, token):
    def first_row(name):
        faults.clear()
        faults.add(named(name))
        return rows(browser, token)[0]

    assert first_row("rows_null") is None
    local = first_row("rows_local")
    assert (local["is_local"], local["id"], local["artists"][0]["id"]) == (True, None, None)
    episode = first_row("rows_episode")
    assert episode["uri"].startswith("spotify:episode:")
    assert "artists" not in episode
    assert first_row("fields_missing").keys() == {"id", "name", "type", "uri"}


def test_rows_of_a_search_can_be_odd_too(browser, faults, token):
    faults.add(named("rows_null", path="/v1/search"))

    found = browser.get("v1/search", token, q="the", type="track").json()["tracks"]["items"]

    assert [row is None for row in found] == [True, False, False, False, False]


def test_an_answer_without_rows_stays_as_it_is(browser, faults, token):
    faults.add(named("rows_null", path="/v1/"))

    assert browser.get("v1/me", token).json()["display_name"] == "Ada"


@pytest.mark.parametrize("name", PLAYER)
def test_the_player_refuses_with_a_reason_and_the_rest_goes_on(browser, faults, token, name):
    faults.add(named(name))

    response = browser.request("PUT", "v1/me/player/play")

    status, message, reason = PLAYER[name]
    error = {"status": status, "message": f"Player command failed: {message}", "reason": reason}
    assert (response.status_code, response.json()) == (status, {"error": error})
    assert top(browser, token).status_code == 200


def test_what_is_cut_after_it_was_carried_out_has_happened(start, served, faults):
    faults.add(named("cut_after", times=1))
    wish = {"name": "TTT_1", "public": False}
    scope = "playlist-modify-private playlist-read-private"
    token = start(port=served.port).tokens(scope=scope)["access_token"]
    headers = {"authorization": f"Bearer {token}"}

    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        requests.post(f"{served.api_url}/v1/me/playlists", json=wish, headers=headers, timeout=10)

    found = requests.get(f"{served.api_url}/v1/me/playlists", headers=headers, timeout=10).json()
    assert [playlist["name"] for playlist in found["items"]].count("TTT_1") == 1


def test_every_fault_is_tested_here():
    tested = {"forbidden", "accounts_down", "accounts_html", "accounts_no_token", "code_refused"}
    tested |= {"slow", "cut", "broken_json", "json_list", "items_missing"}
    tested |= {"rows_null", "rows_local", "rows_episode", "fields_missing", "cut_after"}
    tested |= {"client_refused", "fields_odd"}

    tested |= RECENT

    assert {*tested, *ANSWERS, *PLAIN, *REFUSED_GRANTS, *PLAYER} == set(NAMED)


def test_a_fault_is_switched_on_and_off_over_http(browser, token):
    switched = browser.request("POST", "faults", json={"name": "server_error"})
    broken = browser.get("v1/me", token)
    cleared = browser.request("DELETE", "faults")

    assert (switched.status_code, cleared.status_code) == (204, 204)
    assert broken.status_code == 500
    assert browser.get("v1/me", token).status_code == 200


def test_times_path_and_delay_can_be_given_over_http(browser, token):
    wish = {"name": "not_found", "times": 1, "path": "/v1/me/top/", "delay": 0.01}
    browser.request("POST", "faults", json=wish)

    answers = [browser.get("v1/me", token), top(browser, token), top(browser, token)]

    assert [answer.status_code for answer in answers] == [200, 404, 200]


def test_a_body_can_be_given_over_http(browser, token):
    wish = {"name": "forbidden", "body": '{"error": {"message": "<b>"}}'}
    browser.request("POST", "faults", json=wish)

    response = browser.get("v1/me", token)

    assert (response.status_code, response.json()) == (403, {"error": {"message": "<b>"}})


@pytest.mark.parametrize(
    "wish",
    [
        {"name": "no such fault"},
        {"name": "slow", "times": 0},
        {"name": "slow", "times": "often"},
        {"name": "slow", "delay": -1},
        {"name": "slow", "colour": "red"},
        {},
        [],
        "slow",
    ],
)
def test_a_wish_that_cannot_be_is_refused(browser, token, wish):
    response = browser.request("POST", "faults", json=wish)

    assert response.status_code == 400
    assert response.json()["error"]
    assert browser.get("v1/me", token).status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_without_the_setting_there_are_no_switches(start, method):
    browser = start(demo_faults=False)

    assert browser.request(method, "faults", json={"name": "slow"}).status_code == 404
