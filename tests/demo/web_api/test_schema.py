"""The demo's answers against the OpenAPI schema of the Web API, where that is at hand."""

from functools import cache

import pytest

from ttt.settings import PROJECT

SCHEMA = PROJECT.parent / "shared" / "spotify-web-api.yml"
pytestmark = pytest.mark.skipif(not SCHEMA.exists(), reason="the schema is not here")


@cache
def components():
    """The schema's components, in JSON Schema's words and as of development mode."""
    yaml = pytest.importorskip("yaml")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = yaml.load(SCHEMA.read_text(encoding="utf-8"), Loader=loader)
    return translated(document["components"])


def translated(node):
    if isinstance(node, list):
        return [translated(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {name: translated(value) for name, value in node.items()}
    if node.get("nullable") is True and isinstance(node.get("type"), str):
        node["type"] = [node["type"], "null"]
    properties = node.get("properties")
    if isinstance(properties, dict) and isinstance(node.get("required"), list):
        still_there = [n for n in node["required"] if not gone(properties.get(n, {}))]
        # JSON Schema's older drafts want at least one name.
        node["required"] = still_there or [next(iter(properties))]
    return node


def gone(field):
    return field.get("deprecated", False)


def problems(answer, name):
    jsonschema = pytest.importorskip("jsonschema")
    schema = {"$ref": f"#/components/schemas/{name}", "components": components()}
    return [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
        for error in jsonschema.Draft4Validator(schema).iter_errors(answer)
    ]


@pytest.mark.parametrize(
    ("path", "parameters", "schema"),
    [
        ("v1/me", {}, "PrivateUserObject"),
        ("v1/me/top/tracks", {"limit": 50}, "PagingTrackObject"),
        ("v1/me/top/tracks", {"limit": 50, "offset": 50}, "PagingTrackObject"),
        ("v1/me/top/artists", {"limit": 50}, "PagingArtistObject"),
    ],
)
def test_lists_are_as_the_schema_says(browser, token, path, parameters, schema):
    assert problems(browser.get(path, token, **parameters).json(), schema) == []


def test_search_tracks_and_artists_are_as_the_schema_says(browser, token):
    page = browser.get("v1/search", token, q="love", type="track", limit=10).json()["tracks"]
    track = browser.get(f"v1/tracks/{page['items'][0]['id']}", token).json()
    artist = browser.get(f"v1/artists/{track['artists'][0]['id']}", token).json()

    assert len(page["items"]) == 10
    assert problems(page, "PagingTrackObject") == []
    assert problems(track, "TrackObject") == []
    assert problems(artist, "ArtistObject") == []


PLAYLISTS = "playlist-read-private playlist-modify-private"
PLAYER = "user-read-playback-state user-modify-playback-state user-read-currently-playing"


def test_playlists_are_as_the_schema_says(browser, library):
    token = browser.tokens(scope=PLAYLISTS)["access_token"]
    headers = {"authorization": f"Bearer {token}"}
    wish = {"name": "TTT_1", "public": False}
    made = browser.request("POST", "v1/me/playlists", headers=headers, json=wish).json()
    items = f"v1/playlists/{made['id']}/items"
    uris = [f"spotify:track:{track.id}" for track in library.tracks[:60]]
    added = browser.request("POST", items, headers=headers, json={"uris": uris}).json()
    listed = browser.get("v1/me/playlists", token).json()
    page = browser.get(items, token, limit=50).json()
    whole = browser.get(f"v1/playlists/{made['id']}", token).json()

    assert set(added) == {"snapshot_id"}
    assert (len(listed["items"]), len(page["items"])) == (3, 50)
    assert problems(made, "PlaylistObject") == []
    assert problems(whole, "PlaylistObject") == []
    assert problems(listed, "PagingPlaylistObject") == []
    assert problems(page, "PagingPlaylistTrackObject") == []
    schemas = components()["schemas"]
    for answer, name in ((page["items"][0], "PlaylistTrackObject"), (whole, "PlaylistObject")):
        fields = schemas[name]["properties"]
        assert [field for field in answer if gone(fields[field])] == []


def test_devices_and_playback_are_as_the_schema_says(browser, library):
    token = browser.tokens(scope=PLAYER)["access_token"]
    headers = {"authorization": f"Bearer {token}"}
    devices = browser.get("v1/me/player/devices", token).json()["devices"]
    wish = {"uris": [f"spotify:track:{library.tracks[0].id}"]}
    path = f"v1/me/player/play?device_id={devices[0]['id']}"
    browser.request("PUT", path, headers=headers, json=wish)
    state = browser.get("v1/me/player", token).json()
    current = browser.get("v1/me/player/currently-playing", token).json()

    assert [problem for device in devices for problem in problems(device, "DeviceObject")] == []
    # The schema says in words alone that it can be null.
    assert [answer.pop("context") for answer in (state, current)] == [None, None]
    assert problems(state, "CurrentlyPlayingContextObject") == []
    assert problems(current, "CurrentlyPlayingObject") == []


def test_what_was_played_lately_is_as_the_schema_says(browser, token):
    page = browser.get("v1/me/player/recently-played", token, limit=50).json()
    contexts = [row["context"] for row in page["items"]]
    for row in page["items"]:
        # The schema says in words alone that it can be null.
        if row["context"] is None:
            del row["context"]

    assert len(page["items"]) == 50
    assert None in contexts
    assert problems(page, "CursorPagingPlayHistoryObject") == []


def test_errors_are_as_the_schema_says(browser):
    answer = browser.get("v1/me", "made-up").json()

    assert problems(answer["error"], "ErrorObject") == []


def test_the_schema_finds_a_wrong_answer(browser, token):
    page = browser.get("v1/me/top/tracks", token).json()
    page["items"][0]["album"]["release_date_precision"] = "century"
    del page["items"][1]["album"]["images"]
    page["items"][2]["duration_ms"] = None

    assert len(problems(page, "PagingTrackObject")) == 3


def test_no_field_is_one_that_the_schema_calls_deprecated(browser, token):
    track = browser.get("v1/me/top/tracks", token).json()["items"][0]
    me = browser.get("v1/me", token).json()
    schemas = components()["schemas"]

    def removed(answer, name):
        return {field for field in answer if gone(schemas[name]["properties"].get(field, {}))}

    assert removed(me, "PrivateUserObject") == set()
    assert removed(track, "TrackObject") == {"preview_url"}
    assert track["preview_url"] is None
