"""The Web API as a development-mode app sees it."""

import pytest

from ttt.demo.ranks import WEEKS

REMOVED = {"popularity", "available_markets", "linked_from", "followers", "genres"}
REMOVED |= {"country", "email", "product", "explicit_content"}
UNKNOWN_ID = "0" * 22


def error(status, message):
    return {"error": {"status": status, "message": message}}


def names(value):
    """Names of all fields, at every depth."""
    if isinstance(value, list):
        return set().union(*map(names, value))
    if isinstance(value, dict):
        return set(value).union(*map(names, value.values()))
    return set()


@pytest.fixture
def get(browser, token):
    def get(path, **parameters):
        return browser.get(f"v1/{path}", token, **parameters)

    return get


def test_me_is_the_listener_who_was_chosen(browser):
    token = browser.tokens(listener="deniz")["access_token"]

    me = browser.get("v1/me", token).json()

    assert me["display_name"] == "Deniz"
    assert me["id"] == "demo-deniz"
    assert me["account_id"] != me["id"]
    assert me.keys() == {
        *("id", "account_id", "display_name", "images", "uri", "href", "external_urls", "type")
    }


@pytest.mark.parametrize("time_range", WEEKS)
@pytest.mark.parametrize("kind", ["tracks", "artists"])
def test_a_list_is_paged_to_its_end(browser, token, kind, time_range):
    first = browser.get(f"v1/me/top/{kind}", token, time_range=time_range, limit=50).json()
    pages = [first]
    while following := pages[-1]["next"]:
        assert following.startswith("http://127.0.0.1:8599/demo-spotify/v1/me/top/")
        pages.append(browser.get(following, token).json())

    items = [item["id"] for page in pages for item in page["items"]]
    assert len(set(items)) == len(items) == first["total"]
    assert 50 <= first["total"] <= 100
    assert browser.get(pages[1]["previous"], token).json() == first


def test_a_list_has_twenty_rows_of_the_medium_term_unless_asked(get):
    page = get("me/top/tracks").json()

    assert (page["limit"], page["offset"], len(page["items"])) == (20, 0, 20)
    assert page == get("me/top/tracks", time_range="medium_term", limit=20).json() | {
        name: page[name] for name in ("href", "next")
    }


def test_a_page_beyond_the_end_is_empty(get):
    page = get("me/top/tracks", offset=500).json()

    assert page["items"] == []
    assert page["next"] is None


def test_the_lists_are_those_of_the_week(browser, clock, token):
    def top():
        page = browser.get("v1/me/top/tracks", token, time_range="short_term", limit=50).json()
        return [item["id"] for item in page["items"]]

    before = top()
    clock.forward(minutes=30)
    same_week = top()
    clock.forward(days=28)
    token = browser.tokens()["access_token"]

    assert same_week == before
    assert 0 < len(set(top()) & set(before)) < 50


@pytest.mark.parametrize(
    ("path", "parameters", "message"),
    [
        ("me/top/tracks", {"limit": 0}, "Invalid limit"),
        ("me/top/tracks", {"limit": 51}, "Invalid limit"),
        ("me/top/tracks", {"limit": "ten"}, "Invalid limit"),
        ("me/top/tracks", {"limit": "00000010"}, "Invalid limit"),
        ("me/top/artists", {"offset": -1}, "Invalid offset"),
        ("me/top/artists", {"time_range": "all_time"}, "Invalid time range"),
        ("search", {"type": "track", "q": "stay", "limit": 11}, "Invalid limit"),
        ("search", {"type": "track", "q": "stay", "offset": 1001}, "Invalid offset"),
        ("search", {"type": "track"}, "No search query"),
        ("search", {"type": "track", "q": " "}, "No search query"),
        ("search", {"q": "stay"}, "Bad search type field"),
        ("search", {"q": "stay", "type": "album"}, "Bad search type field"),
        ("tracks/short", {}, "Invalid base62 id"),
        (f"artists/{'ä' * 22}", {}, "Invalid base62 id"),
    ],
)
def test_a_wrong_parameter_is_named(get, path, parameters, message):
    response = get(path, **parameters)

    assert (response.status_code, response.json()) == (400, error(400, message))


@pytest.mark.parametrize(
    "path",
    [
        *(f"tracks/{UNKNOWN_ID}", f"artists/{UNKNOWN_ID}", "tracks", "albums/x", "me/tracks"),
        *("recommendations", "browse/new-releases", "playlists", ""),
    ],
)
def test_what_is_unknown_or_gone_is_not_found(get, path):
    response = get(path)

    assert response.status_code == 404
    assert response.json()["error"]["status"] == 404


def test_other_methods_are_not_found(browser, token):
    headers = {"authorization": f"Bearer {token}"}

    assert browser.request("POST", "v1/me", headers=headers).status_code == 404


@pytest.mark.parametrize("path", ["audio-features", "audio-features/x"])
def test_audio_features_are_closed_without_a_word(get, path):
    response = get(path, ids="x")

    assert (response.status_code, response.json()) == (403, {"error": {"status": 403}})


def test_a_search_gives_five_of_all_unless_asked(get):
    page = get("search", q="the", type="track").json()["tracks"]
    ten = get("search", q="the", type="track", limit=10).json()["tracks"]

    assert len(page["items"]) == page["limit"] == 5
    assert ten["items"][:5] == page["items"]
    assert ten["total"] == page["total"] > 10


def test_a_search_knows_fields(get):
    found = get("search", q="track:numb artist:linkin park", type="track").json()["tracks"]

    assert [track["name"] for track in found["items"]] == ["Numb"]


def test_a_search_by_isrc_finds_that_recording_alone(get):
    track = get("me/top/tracks", limit=1).json()["items"][0]
    found = get("search", q=f"isrc:{track['external_ids']['isrc']}", type="track").json()
    none = get("search", q="isrc:USABC1234567", type="track").json()

    assert [one["id"] for one in found["tracks"]["items"]] == [track["id"]]
    assert none["tracks"]["items"] == []


def test_a_track_is_the_same_wherever_it_is_shown(get):
    listed = get("me/top/tracks", limit=1).json()["items"][0]

    assert get(f"tracks/{listed['id']}").json() == listed
    assert listed["href"].endswith(f"/demo-spotify/v1/tracks/{listed['id']}")
    assert listed["uri"] == f"spotify:track:{listed['id']}"


def test_a_track_has_no_date_and_no_cover_but_an_isrc(get):
    track = get("me/top/tracks", limit=1).json()["items"][0]

    assert track["album"]["release_date"] == "0000"
    assert track["album"]["release_date_precision"] == "year"
    assert track["album"]["images"] == []
    assert track["external_ids"]["isrc"].startswith("QZDEM26")


def test_an_artist_is_found_by_the_id_on_a_track(get):
    on_track = get("me/top/tracks", limit=1).json()["items"][0]["artists"][0]

    assert get(f"artists/{on_track['id']}").json() == on_track | {"images": []}


def test_fields_that_are_gone_are_nowhere(get):
    for path in ("me", "me/top/tracks", "me/top/artists"):
        assert not names(get(path).json()) & REMOVED


@pytest.mark.parametrize(
    ("headers", "status", "message"),
    [
        ({}, 401, "No token provided"),
        ({"authorization": "Basic eDp5"}, 400, "Only valid bearer authentication supported"),
        ({"authorization": "Bearer made-up"}, 401, "Invalid access token"),
        ({"authorization": "Bearer "}, 401, "Invalid access token"),
    ],
)
@pytest.mark.parametrize("path", ["v1/me", "v1/me/top/tracks", "v1/search", "v1/nothing"])
def test_without_a_good_token_nothing_is_told(browser, path, headers, status, message):
    response = browser.request("GET", path, headers=headers)

    assert (response.status_code, response.json()) == (status, error(status, message))


def test_a_token_expires_after_an_hour(browser, clock, token):
    clock.forward(seconds=3599)
    assert browser.get("v1/me", token).status_code == 200

    clock.forward(seconds=1)
    response = browser.get("v1/me", token)
    assert (response.status_code, response.json()) == (401, error(401, "The access token expired"))


def test_top_lists_need_their_scope(browser):
    token = browser.tokens(scope="user-read-recently-played")["access_token"]

    response = browser.get("v1/me/top/tracks", token)

    assert response.json() == error(403, "Insufficient client scope")
    assert browser.get("v1/me", token).status_code == 200
