"""Playlists as a development-mode app of 2026 sees them."""

import pytest

READ, WRITE = "playlist-read-private", "playlist-modify-private"
MADE = {"name": "TTT_1", "description": "about", "public": False}


@pytest.fixture
def ask(browser):
    def ask(method, path, listener="ada", scope=f"{READ} {WRITE}", **content):
        token = browser.tokens(listener=listener, scope=scope)["access_token"]
        headers = {"authorization": f"Bearer {token}"}
        return browser.request(method, f"v1/{path}", headers=headers, **content)

    return ask


@pytest.fixture
def uris(library):
    return [f"spotify:track:{track.id}" for track in library.tracks[:250]]


def made(ask):
    return ask("POST", "me/playlists", json=MADE).json()["id"]


def rows(ask, playlist):
    pages = [
        ask("GET", f"playlists/{playlist}/items", params={"limit": 50, "offset": offset}).json()
        for offset in range(0, 300, 50)
    ]
    return [row["item"]["uri"] for page in pages for row in page["items"]]


def test_a_new_playlist_is_empty_private_and_first_on_the_list(ask):
    response = ask("POST", "me/playlists", json=MADE)

    assert response.status_code == 201
    playlist = response.json()
    assert {name: playlist[name] for name in MADE} == MADE
    assert (playlist["items"]["items"], playlist["items"]["total"]) == ([], 0)
    assert playlist["owner"]["id"] == "demo-ada"
    assert ask("GET", "me/playlists").json()["items"][0]["id"] == playlist["id"]


def test_every_listener_owns_a_playlist_and_follows_anothers(ask):
    for listener in ("ada", "emi"):
        listed = ask("GET", "me/playlists", listener=listener).json()["items"]
        owners = [playlist["owner"]["id"] for playlist in listed]
        assert owners[0] == f"demo-{listener}" != owners[1]
        assert [playlist["items"]["total"] > 100 for playlist in listed] == [True, True]


def test_rows_are_appended_in_their_order_and_change_the_version(ask, uris):
    playlist = made(ask)
    versions = {
        ask("POST", f"playlists/{playlist}/items", json={"uris": part}).json()["snapshot_id"]
        for part in (uris[:100], uris[100:200], uris[200:])
    }

    assert len(versions) == 3
    assert rows(ask, playlist) == uris
    assert ask("GET", f"playlists/{playlist}").json()["items"]["total"] == 250


def test_rows_can_be_put_at_a_place(ask, uris):
    playlist = made(ask)
    ask("POST", f"playlists/{playlist}/items", json={"uris": uris[:2]})
    ask("POST", f"playlists/{playlist}/items", json={"uris": uris[2:3], "position": 1})
    ask("POST", f"playlists/{playlist}/items", json={"uris": uris[3:4]}, params={"position": 0})

    assert rows(ask, playlist) == [uris[3], uris[0], uris[2], uris[1]]


@pytest.mark.parametrize(
    "body",
    [[], {}, {"uris": []}, {"uris": "x"}, ["spotify:track:gone"], [1], "x", {"uris": None}],
)
def test_what_cannot_be_added_is_refused_and_nothing_is(ask, body):
    playlist = made(ask)

    assert ask("POST", f"playlists/{playlist}/items", json=body).status_code == 400
    assert rows(ask, playlist) == []


def test_a_hundred_rows_are_added_at_most(ask, uris):
    playlist = made(ask)

    assert ask("POST", f"playlists/{playlist}/items", json={"uris": uris[:101]}).status_code == 400
    assert ask("POST", f"playlists/{playlist}/items", json={"uris": uris[:100]}).status_code == 201
    assert rows(ask, playlist) == uris[:100]


@pytest.mark.parametrize("content", [{"json": {}}, {"json": []}, {"content": b"{"}])
def test_a_playlist_needs_a_name(ask, content):
    scope = "playlist-modify-public"

    assert ask("POST", "me/playlists", scope=scope, **content).status_code == 400


def test_the_contents_are_for_the_owner_alone(ask):
    playlist = made(ask)

    assert ask("GET", f"playlists/{playlist}/items", listener="ben").status_code == 403
    assert (
        ask("POST", f"playlists/{playlist}/items", listener="ben", json={"uris": []}).status_code
        == 403
    )
    others = ask("GET", f"playlists/{playlist}", listener="ben").json()
    assert others["name"] == "TTT_1"
    assert "items" not in others


def test_an_unknown_playlist_is_not_found(ask):
    for path in ("0" * 22, f"{'0' * 22}/items"):
        assert ask("GET", f"playlists/{path}").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "content", "scope"),
    [
        ("GET", "me/playlists", {}, WRITE),
        ("POST", "me/playlists", {"json": MADE}, READ),
        ("POST", "me/playlists", {"json": MADE | {"public": True}}, WRITE),
        ("GET", f"playlists/{'0' * 22}/items", {}, WRITE),
        ("POST", f"playlists/{'0' * 22}/items", {"json": {"uris": []}}, READ),
    ],
)
def test_each_request_needs_its_scope(ask, method, path, content, scope):
    response = ask(method, path, scope=scope, **content)

    assert response.status_code == 403
    assert response.json()["error"]["message"] == "Insufficient client scope"


@pytest.mark.parametrize("path", ["me/playlists", "playlists/x/tracks"])
def test_other_methods_and_old_names_are_not_found(ask, path):
    assert ask("DELETE", path).status_code == 404
