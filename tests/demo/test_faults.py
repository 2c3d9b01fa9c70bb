"""How faults come between a request and its answer."""

import pytest
import requests

from ttt.demo.faults import Fault


def test_a_fault_hits_its_path_only(browser, faults, token):
    faults.add(Fault("/v1/me/top/", 503))

    assert browser.get("v1/me/top/tracks", token).status_code == 503
    assert browser.get("v1/me", token).status_code == 200


def test_a_fault_wears_off_after_its_times(browser, faults, token):
    faults.add(Fault("/v1/", 500, times=2))

    answers = [browser.get("v1/me", token).status_code for _ in range(3)]

    assert answers == [500, 500, 200]


def test_a_fault_without_times_stays_until_cleared(browser, faults, token):
    faults.add(Fault("/v1/", 500))

    assert {browser.get("v1/me", token).status_code for _ in range(3)} == {500}
    faults.clear()
    assert browser.get("v1/me", token).status_code == 200


def test_faults_come_in_the_order_in_which_they_were_switched_on(browser, faults, token):
    faults.add(Fault("/v1/", 500, times=1))
    faults.add(Fault("/v1/", 429, times=1))

    answers = [browser.get("v1/me", token).status_code for _ in range(3)]

    assert answers == [500, 429, 200]


def test_a_fault_answers_with_its_body_and_headers(browser, faults, token):
    faults.add(Fault("/v1/", 418, "short and stout", "text/plain", {"retry-after": "7"}))

    response = browser.get("v1/me", token)

    assert (response.status_code, response.text) == (418, "short and stout")
    assert response.headers["content-type"].startswith("text/plain")
    assert response.headers["retry-after"] == "7"


def test_a_change_is_made_to_right_answers_only(browser, faults, token):
    faults.add(Fault("/v1/", change=lambda right: {"was": right["display_name"]}))

    assert browser.get("v1/me", token).json() == {"was": "Ada"}
    assert browser.get("v1/me", "made-up").json()["error"]["status"] == 401


def test_the_token_endpoint_is_hit_by_grant_type(browser, faults):
    tokens = browser.tokens()
    faults.add(Fault("/api/token/refresh_token", 500))

    assert browser.exchange(browser.code()).status_code == 200
    assert browser.refresh(tokens["refresh_token"]).status_code == 500


def test_a_slow_answer_is_the_right_one(browser, faults, token):
    faults.add(Fault("/v1/", delay=0.01))

    assert browser.get("v1/me", token).json()["display_name"] == "Ada"


def test_a_client_that_gives_up_is_not_waited_for(served, faults):
    faults.add(Fault("/v1/", delay=3600, times=1))

    with pytest.raises(requests.ReadTimeout):
        requests.get(f"{served.api_url}/v1/me", timeout=0.2)

    assert requests.get(f"{served.api_url}/v1/me", timeout=10).status_code == 401


def test_a_cut_connection_ends_in_the_middle_of_the_answer(served, faults):
    faults.add(Fault("/v1/", cut=True))

    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        requests.get(f"{served.api_url}/v1/me", timeout=10)
