"""Devices and playback: what is asked of the player, and each of its refusals."""

import pytest

READ, WRITE = "user-read-playback-state", "user-modify-playback-state"
SCOPE = f"{READ} {WRITE} user-read-currently-playing"


@pytest.fixture
def ask(browser):
    def ask(method, path="", listener="ada", scope=SCOPE, **content):
        token = browser.tokens(listener=listener, scope=scope)["access_token"]
        headers = {"authorization": f"Bearer {token}"}
        path = f"v1/me/player/{path}".rstrip("/")
        return browser.request(method, path, headers=headers, **content)

    return ask


@pytest.fixture
def tracks(library):
    return library.tracks[:3]


@pytest.fixture
def play(ask, tracks):
    def play(name="Kitchen speaker", **content):
        content = content or {"json": {"uris": [f"spotify:track:{t.id}" for t in tracks]}}
        return ask("PUT", "play", params={"device_id": device(ask, name)}, **content)

    return play


def device(ask, name):
    return next(d["id"] for d in ask("GET", "devices").json()["devices"] if d["name"] == name)


def reason(response):
    error = response.json()["error"]
    return response.status_code, error["message"], error.get("reason")


def test_at_first_nothing_plays_and_no_device_is_active(ask):
    devices = ask("GET", "devices").json()["devices"]

    assert [(d["name"], d["type"], d["is_restricted"]) for d in devices] == [
        ("Phone", "smartphone", False),
        ("Kitchen speaker", "speaker", False),
        ("Living room TV", "tv", True),
    ]
    assert not any(d["is_active"] for d in devices)
    for path in ("", "currently-playing"):
        response = ask("GET", path)
        assert (response.status_code, response.content) == (204, b"")


def test_what_is_played_plays_on_the_device_for_this_listener_only(ask, play, tracks):
    response = play()
    state = ask("GET").json()

    assert (response.status_code, response.content) == (204, b"")
    assert (state["item"]["id"], state["is_playing"]) == (tracks[0].id, True)
    assert state["device"]["name"] == "Kitchen speaker"
    assert [d["is_active"] for d in ask("GET", "devices").json()["devices"]] == [
        *(False, True, False)
    ]
    assert ask("GET", listener="ben").status_code == 204


def test_time_goes_on_while_something_plays(ask, play, tracks, clock):
    play()
    clock.forward(milliseconds=tracks[0].duration_ms + 1_000)
    state = ask("GET", "currently-playing").json()

    assert (state["item"]["id"], state["progress_ms"]) == (tracks[1].id, 1_000)
    ask("PUT", "pause")
    clock.forward(hours=1)
    state = ask("GET", "currently-playing").json()
    assert (state["item"]["id"], state["progress_ms"]) == (tracks[1].id, 1_000)
    assert not state["is_playing"]


def test_after_the_last_track_nothing_plays(ask, play, clock):
    play()
    clock.forward(hours=10)

    assert ask("GET").status_code == 204


def test_next_skips_and_play_without_tracks_goes_on(ask, play, tracks, clock):
    play()
    ask("POST", "next")
    clock.forward(seconds=2)
    ask("PUT", "pause")

    assert ask("PUT", "play").status_code == 204
    state = ask("GET").json()
    assert (state["item"]["id"], state["progress_ms"]) == (tracks[1].id, 2_000)
    assert state["is_playing"]


@pytest.mark.parametrize(("method", "path"), [("PUT", "play"), ("PUT", "pause"), ("POST", "next")])
def test_without_an_active_device_there_is_nothing_to_command(ask, method, path):
    message = "Player command failed: No active device found"

    assert reason(ask(method, path)) == (404, message, "NO_ACTIVE_DEVICE")


def test_restricted_and_unknown_devices_play_nothing(ask, play):
    message = "Player command failed: Restricted device"

    assert reason(play("Living room TV")) == (403, message, "UNKNOWN")
    unknown = ask("PUT", "play", params={"device_id": "x"})
    assert reason(unknown) == (404, "Device not found", None)


def test_what_does_not_play_cannot_be_paused(ask, play):
    play()
    ask("PUT", "pause")

    message = "Player command failed: Restriction violated"
    assert reason(ask("PUT", "pause")) == (403, message, "UNKNOWN")


@pytest.mark.parametrize(
    ("content", "status"),
    [
        ({"json": {"uris": "x"}}, 400),
        ({"json": []}, 400),
        ({"json": {"uris": ["spotify:track:x"]}}, 400),
        ({"json": {"uris": [1]}}, 400),
        ({"content": b"{"}, 400),
        ({"json": {"uris": ["x"] * 701}}, 413),
    ],
)
def test_what_cannot_be_played_is_refused(ask, play, content, status):
    assert play(**content).status_code == status
    assert ask("GET").status_code == 204


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "", WRITE),
        ("GET", "devices", WRITE),
        ("GET", "currently-playing", READ),
        ("PUT", "play", READ),
        ("PUT", "pause", READ),
        ("POST", "next", READ),
    ],
)
def test_each_request_needs_its_scope(ask, method, path, scope):
    assert reason(ask(method, path, scope=scope)) == (403, "Insufficient client scope", None)
