"""The demo refuses what Spotify's published schema refuses."""

import pytest

from tests.demo.web_api.test_playlist_endpoints import MADE, READ, WRITE

PLAYER = "user-read-playback-state user-modify-playback-state"


@pytest.fixture
def headers(browser):
    token = browser.tokens(scope=f"{READ} {WRITE} {PLAYER} user-top-read")["access_token"]
    return {"authorization": f"Bearer {token}"}


@pytest.mark.parametrize(
    ("method", "path", "content"),
    [
        ("GET", "me/top/tracks", {"params": {"limit": "many"}}),
        ("GET", "me/top/tracks", {"params": {"limit": 51}}),
        ("GET", "me/top/artists", {"params": {"offset": "1.5"}}),
        ("GET", "search", {"params": {"q": "stay", "type": "track", "limit": 11}}),
        ("GET", "search", {"params": {"q": "stay", "type": "song"}}),
        ("GET", "search", {"params": {"type": "track"}}),
        ("GET", "me/playlists", {"params": {"limit": 0}}),
        ("POST", "me/playlists", {"json": ["TTT_1"]}),
        ("POST", "me/playlists", {"json": {"name": 5}}),
        ("POST", "me/playlists", {"json": {"public": False}}),
        ("POST", "me/playlists", {"json": MADE | {"public": "no"}}),
        ("POST", "me/playlists", {"content": "name=TTT_1"}),
        ("POST", "me/playlists", {}),
        ("POST", "playlists/{id}/items", {"json": ["spotify:track:x"]}),
        ("POST", "playlists/{id}/items", {"json": {"uris": "spotify:track:x"}}),
        ("POST", "playlists/{id}/items", {"json": {"uris": [5]}}),
        ("POST", "playlists/{id}/items", {"json": {"uris": [], "position": "0"}}),
        ("PUT", "me/player/play", {"json": ["spotify:track:x"]}),
        ("PUT", "me/player/play", {"json": {"uris": [], "position_ms": "0"}}),
    ],
)
def test_a_request_of_the_wrong_shape_is_refused(browser, headers, method, path, content):
    made = browser.request("POST", "v1/me/playlists", headers=headers, json=MADE).json()["id"]
    path = path.format(id=made)

    response = browser.request(method, f"v1/{path}", headers=headers, **content)

    assert response.status_code == 400
    assert response.json()["error"]["message"]


def test_a_slash_too_many_leads_nowhere(browser, headers):
    assert browser.request("GET", "v1/me", headers=headers).status_code == 200
    assert browser.request("GET", "v1/me/", headers=headers).status_code == 404


def test_a_stranger_is_not_told_what_is_wrong(browser):
    response = browser.request("GET", "v1/me/top/tracks", params={"limit": 51})
    assert response.status_code == 401
