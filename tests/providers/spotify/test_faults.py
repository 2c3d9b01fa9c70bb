"""Every way in which Spotify can fail to answer ends in an error of its own, in one request."""

import gc
import gzip
import io
import json
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import requests
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from tests.providers.scripted import Fault, Reply, Server
from tests.providers.spotify.given import NOW, Store, a_token
from ttt.errors import (
    DeviceRestricted,
    NoActiveDevice,
    NotOffered,
    NotOnAllowList,
    PlaybackNeedsPremium,
    PremiumNeeded,
    RateLimited,
    ScopeMissing,
    SpotifyError,
    SpotifyForbidden,
    SpotifyNotFound,
    SpotifyUnavailable,
    UnexpectedAnswer,
)
from ttt.providers.spotify import Spotify, exchange
from ttt.providers.spotify.faults import bad_answer
from ttt.providers.spotify.session import LARGEST_ANSWER
from ttt.settings import Settings

DEEP = [b"[" * 990 + b"]" * 990, b"[" * 100_000 + b"]" * 100_000]
TRACK_ID = "11dFghVXANMlKmJXsNCbNl"
NO_PREMIUM = (
    "Active premium subscription required for the owner of the app. When the subscription"
    " status changes, it can take a few hours before requests are allowed again."
)
METHODS: dict[str, Callable[[Spotify], object]] = {
    "me": lambda spotify: spotify.me(),
    "top_tracks": lambda spotify: spotify.top_tracks("long_term"),
    "track": lambda spotify: spotify.track(TRACK_ID),
    "search": lambda spotify: spotify.search("anything"),
    "playlists": lambda spotify: spotify.playlists(),
    "create_playlist": lambda spotify: spotify.create_playlist("TTT_1", "about"),
    "playlist_rows": lambda spotify: spotify.playlist_rows(TRACK_ID),
    "add_to_playlist": lambda spotify: spotify.add_to_playlist(TRACK_ID, [TRACK_ID]),
    "devices": lambda spotify: spotify.devices(),
    "audio_features": lambda spotify: spotify.audio_features([TRACK_ID]),
}


def said(status: int, message: str, **more: str) -> Reply:
    """An error as the Web API words it."""
    return Reply(status, {"error": {"status": status, "message": message, **more}})


def fails(spotify: Spotify) -> SpotifyError:
    """The error that a call ends in."""
    with pytest.raises(SpotifyError) as caught:
        spotify.me()
    return caught.value


@pytest.mark.parametrize("call", METHODS.values(), ids=METHODS.keys())
@pytest.mark.parametrize(
    ("reply", "meaning"),
    [
        (said(403, "Insufficient client scope"), ScopeMissing()),
        (said(429, "API rate limit exceeded"), RateLimited(NOW + timedelta(seconds=60))),
        (said(500, "Server error"), SpotifyUnavailable("api")),
        (Reply(fault="cut"), SpotifyUnavailable("api")),
        (Reply(body="{"), UnexpectedAnswer("api")),
        (Reply(body=[]), UnexpectedAnswer("api")),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, SpotifyError) else None,
)
def test_every_method_fails_in_the_same_words_after_one_request(
    spotify: Spotify,
    server: Server,
    call: Callable[[Spotify], object],
    reply: Reply,
    meaning: SpotifyError,
) -> None:
    server.will(reply)

    with pytest.raises(type(meaning)) as caught:
        call(spotify)
    assert vars(caught.value) == vars(meaning)
    assert len(server.asked) == 1


@pytest.mark.parametrize("method", [name for name in METHODS if name != "track"])
def test_an_object_that_holds_something_else_is_an_unexpected_answer(
    spotify: Spotify, server: Server, method: str
) -> None:
    server.will(Reply(body={"items": 1, "tracks": {}, "id": 1}))
    with pytest.raises(UnexpectedAnswer):
        METHODS[method](spotify)


def test_a_track_of_which_nothing_can_be_read_is_not_called_unknown(
    spotify: Spotify, server: Server
) -> None:
    server.will(Reply(body={"id": TRACK_ID, "name": None}))
    assert spotify.track(TRACK_ID) is None


NAMED = {"track": "track", "playlist_rows": "playlist", "add_to_playlist": "playlist"}


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.parametrize("method", METHODS)
def test_only_a_thing_that_was_named_is_not_found(
    spotify: Spotify, server: Server, method: str, status: int
) -> None:
    server.will(said(status, "Resource not found"))
    with pytest.raises(SpotifyError) as caught:
        METHODS[method](spotify)
    what = NAMED.get(method)
    if what is None:
        assert type(caught.value) is NotOffered
    else:
        assert isinstance(caught.value, SpotifyNotFound)
        assert caught.value.what == what


@pytest.mark.parametrize(
    "words",
    [
        "User not registered in the Developer Dashboard",
        "User not approved for app",
        "Check settings on developer.spotify.com/dashboard, the user may not be registered.",
        "The user is not registered for this application. Please check your settings.",
    ],
)
@pytest.mark.parametrize("as_json", [True, False])
def test_a_403_for_the_allow_list_is_told_as_json_and_as_text(
    spotify: Spotify, server: Server, words: str, as_json: bool
) -> None:
    server.will(said(403, words) if as_json else Reply(403, words))
    assert type(fails(spotify)) is NotOnAllowList


@pytest.mark.parametrize(
    "reply",
    [
        said(403, NO_PREMIUM),
        Reply(403, NO_PREMIUM),
        said(403, "The owner of this app has no Premium subscription."),
    ],
)
def test_a_403_for_the_owners_premium_is_told_apart(
    spotify: Spotify, server: Server, reply: Reply
) -> None:
    server.will(reply)
    assert type(fails(spotify)) is PremiumNeeded


@pytest.mark.parametrize(
    "reply",
    [
        said(403, "Bad OAuth request"),
        said(403, ""),
        Reply(403),
        Reply(403, "Forbidden"),
        Reply(403, ["Forbidden"]),
        Reply(403, {"error": None}),
        Reply(403, {"error": "Forbidden"}),
    ],
)
def test_any_other_403_is_forbidden(spotify: Spotify, server: Server, reply: Reply) -> None:
    server.will(reply)
    assert type(fails(spotify)) is SpotifyForbidden


@pytest.mark.parametrize("message", ["Invalid base62 id", "invalid id", "Invalid track id"])
def test_an_id_that_spotify_calls_invalid_is_not_found(
    spotify: Spotify, server: Server, message: str
) -> None:
    server.will(said(400, message))

    with pytest.raises(SpotifyNotFound):
        spotify.track(TRACK_ID)


@pytest.mark.parametrize(
    "reply",
    [
        said(400, "Invalid limit"),
        Reply(418, ["tea"]),
        Reply(204),
        Reply(301, headers={"Location": "/elsewhere"}),
        Reply(302, headers={"Location": "//\x80[/"}),
        Reply(headers={"Content-Encoding": "gzip"}, body="not gzip"),
    ],
)
def test_what_is_not_documented_is_an_unexpected_answer(
    spotify: Spotify, server: Server, reply: Reply
) -> None:
    server.will(reply)

    assert fails(spotify) == UnexpectedAnswer("api")
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_fault_of_spotifys_own_is_not_tried_again(
    spotify: Spotify, server: Server, status: int
) -> None:
    server.will(Reply(status, "<html>", {"Retry-After": "5"}))

    assert fails(spotify) == SpotifyUnavailable("api")
    assert len(server.asked) == 1


@pytest.mark.parametrize("fault", ["cut", "cut midway"])
def test_a_cut_connection_is_unavailable(spotify: Spotify, server: Server, fault: Fault) -> None:
    server.will(Reply(body="{}", fault=fault))
    assert fails(spotify) == SpotifyUnavailable("api")


def test_a_closed_port_is_unavailable(settings: Settings, server: Server, store: Store) -> None:
    nowhere = settings.model_copy(update={"spotify_api_url": "http://127.0.0.1:1"})
    assert fails(Spotify(nowhere, store)) == SpotifyUnavailable("api")


@pytest.mark.parametrize("fault", ["stall", "stall midway"])
def test_a_stalled_answer_is_given_up_after_the_time_allowed(
    settings: Settings, server: Server, store: Store, fault: Fault
) -> None:
    hasty = settings.model_copy(update={"spotify_timeout": 0.2})
    server.will(Reply(body="{}", fault=fault))
    assert fails(Spotify(hasty, store)) == SpotifyUnavailable("api", timed_out=True)


@pytest.mark.parametrize(
    ("packing", "begins"),
    [("identity", b"{"), ("gzip", b"\x1f\x8b\x08\x08" + bytes(6))],
    ids=["plain", "packed below a name without end"],
)
def test_an_answer_that_trickles_in_is_given_up_after_the_time_allowed(
    settings: Settings, server: Server, store: Store, packing: str, begins: bytes
) -> None:
    hasty = settings.model_copy(update={"spotify_timeout": 0.2})
    server.will(Reply(headers={"Content-Encoding": packing}, body=begins, fault="trickle"))
    assert fails(Spotify(hasty, store)) == SpotifyUnavailable("api", timed_out=True)


@pytest.mark.parametrize("packing", ["", "gzip", "gzip, gzip"])
def test_an_answer_that_is_longer_than_any_is_read_no_further(
    spotify: Spotify, server: Server, packing: str
) -> None:
    body = b" " * (4 * LARGEST_ANSWER)
    for _ in filter(None, packing.split(", ")):
        body = gzip.compress(body)
    server.will(Reply(headers={"Content-Encoding": packing or "identity"}, body=body))
    tracemalloc.start()
    try:
        assert fails(spotify) == UnexpectedAnswer("api")
        assert tracemalloc.get_traced_memory()[1] < 3 * LARGEST_ANSWER
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("fault", ["stall", "stall midway"])
def test_the_accounts_service_has_no_more_time(
    settings: Settings, server: Server, fault: Fault
) -> None:
    hasty = settings.model_copy(update={"spotify_timeout": 0.2})
    server.will(Reply(body="{}", fault=fault))

    with pytest.raises(SpotifyUnavailable) as caught:
        exchange(hasty, "code", "verifier")
    assert caught.value == SpotifyUnavailable("accounts", timed_out=True)


@pytest.mark.parametrize("reply", [Reply(500), Reply(503, "down"), Reply(fault="cut")])
def test_the_accounts_service_can_be_down(settings: Settings, server: Server, reply: Reply) -> None:
    server.will(reply)

    with pytest.raises(SpotifyUnavailable) as caught:
        exchange(settings, "code", "verifier")
    assert caught.value == SpotifyUnavailable("accounts")


def test_the_accounts_service_limits_too(settings: Settings, server: Server) -> None:
    server.will(Reply(429, headers={"Retry-After": "30"}))

    with pytest.raises(RateLimited) as caught:
        exchange(settings, "code", "verifier", now=lambda: NOW)
    assert caught.value.until == NOW + timedelta(seconds=30)


@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [
        ("17", timedelta(seconds=17)),
        (" 17 ", timedelta(seconds=17)),
        ("82800", timedelta(hours=23)),
        ("Sun, 22 Nov 2026 12:30:00 GMT", timedelta(minutes=30)),
        ("Sun, 22 Nov 2026 11:59:59 GMT", timedelta(minutes=1)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(days=7)),
        ("99999999999999999999", timedelta(days=7)),
        ("9" * 5000, timedelta(minutes=1)),
        ("0", timedelta(minutes=1)),
        ("-5", timedelta(minutes=1)),
        ("soon", timedelta(minutes=1)),
        ("", timedelta(minutes=1)),
        (None, timedelta(minutes=1)),
    ],
)
def test_a_429_tells_until_when(
    spotify: Spotify, server: Server, retry_after: str | None, wait: timedelta
) -> None:
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    server.will(Reply(429, {"error": {"status": 429}}, headers))

    assert fails(spotify) == RateLimited(NOW + wait, quota=False)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"status": 429, "message": "Limit", "reason": "QUOTA_EXCEEDED"}},
        {"error": "Limit", "reason": "QUOTA_EXCEEDED"},
        "QUOTA_EXCEEDED",
    ],
)
@pytest.mark.parametrize(
    ("headers", "wait"),
    [({}, timedelta(hours=6)), ({"Retry-After": "86400"}, timedelta(hours=24))],
)
def test_a_used_up_quota_is_told_apart(
    spotify: Spotify, server: Server, body: object, headers: dict[str, str], wait: timedelta
) -> None:
    server.will(Reply(429, body, headers))
    assert fails(spotify) == RateLimited(NOW + wait, quota=True)


def test_a_limit_counts_from_the_real_time_by_default(settings: Settings, server: Server) -> None:
    server.will(Reply(429, headers={"Retry-After": "100"}))
    before = datetime.now(UTC)

    limited = fails(Spotify(settings, Store(a_token())))

    assert isinstance(limited, RateLimited)
    seconds = timedelta(seconds=100)
    assert before + seconds <= limited.until <= datetime.now(UTC) + seconds


@trying(derandomize=True, max_examples=300, deadline=None)
@given(status=st.integers(300, 599), body=st.binary(max_size=80), retry_after=st.text(max_size=40))
def test_no_error_answer_is_too_odd(status: int, body: bytes, retry_after: str) -> None:
    response = requests.Response()
    response.status_code = status
    response.raw = io.BytesIO(body)
    response.headers["Retry-After"] = retry_after

    fault = bad_answer(response, "accounts" if status % 2 else "api", NOW)

    assert isinstance(fault, SpotifyError)
    if isinstance(fault, RateLimited):
        assert NOW < fault.until <= NOW + timedelta(days=7)


@pytest.mark.parametrize(
    ("reply", "meaning"),
    [
        (said(404, "No active device found", reason="NO_ACTIVE_DEVICE"), NoActiveDevice),
        (said(404, "Device not found"), NoActiveDevice),
        (said(403, "Premium required", reason="PREMIUM_REQUIRED"), PlaybackNeedsPremium),
        (said(403, "Restricted device", reason="UNKNOWN"), DeviceRestricted),
        (said(403, "Restriction violated", reason="UNKNOWN"), DeviceRestricted),
        (said(403, "Insufficient client scope"), ScopeMissing),
        (said(404, "Resource not found"), NoActiveDevice),
    ],
)
@pytest.mark.parametrize("command", ["play", "pause", "next"])
def test_each_refusal_of_the_player_is_an_error_of_its_own(
    spotify: Spotify, server: Server, command: str, reply: Reply, meaning: type[SpotifyError]
) -> None:
    server.will(reply)
    commands: dict[str, Callable[[], None]] = {
        "play": lambda: spotify.play([f"spotify:track:{TRACK_ID}"]),
        "pause": spotify.pause,
        "next": spotify.next,
    }
    with pytest.raises(meaning):
        commands[command]()


@pytest.fixture
def no_garbage() -> Iterator[None]:
    """What garbage calls as it goes would fail where nothing more can be called."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_garbage")
@pytest.mark.parametrize("body", DEEP)
def test_an_answer_that_is_nested_without_end_is_unexpected(
    spotify: Spotify, server: Server, body: bytes
) -> None:
    server.will(Reply(body=b'{"items": ' + body + b', "total": 1}'), Reply(400, b'{"a":' + body))
    for _ in range(2):
        with pytest.raises(UnexpectedAnswer):
            spotify.top_tracks("short_term")


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", "; charset=iso-8859-1"])
def test_letters_are_read_whatever_an_answer_says_of_them(
    spotify: Spotify, server: Server, charset: str
) -> None:
    row = {"id": TRACK_ID, "name": "Çarşı 花", "artists": []}
    body = json.dumps({"items": [row], "total": 1}, ensure_ascii=False).encode("utf-8-sig")
    server.will(Reply(body=body, headers={"Content-Type": f"application/json{charset}"}))
    assert spotify.top_tracks("short_term").tracks[0].title == "Çarşı 花"


@pytest.mark.usefixtures("no_garbage")
@pytest.mark.parametrize("body", DEEP)
def test_a_refusal_of_a_token_that_is_nested_without_end_is_unexpected(
    settings: Settings, server: Server, body: bytes
) -> None:
    server.will(Reply(400, b'{"error": ' + body + b"}"))
    with pytest.raises(UnexpectedAnswer):
        exchange(settings, "code", "verifier")
