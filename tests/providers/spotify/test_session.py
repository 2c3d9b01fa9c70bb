"""What goes out, and what never shows."""

import logging
import traceback
from pathlib import Path

import pytest

from tests.providers.scripted import Reply, Server
from tests.providers.spotify.given import NOW, Store, a_token, settings_for, token_reply
from ttt.errors import SpotifyError
from ttt.providers.spotify import Spotify, exchange
from ttt.settings import Settings

ME = Reply(body={"id": "smedjan"})
NOSY = Reply(400, {"error": "code-SECRET", "error_description": "verifier-SECRET"})
BLABBING = [
    NOSY,
    Reply(401, {"error": "invalid_client", "error_description": "clientSECRET"}),
    Reply(400, {"error": "invalid_grant", "error_description": "refresh-SECRET"}),
    Reply(400, "code-SECRET"),
    Reply(500, "clientSECRET"),
    Reply(429, "access-SECRET", {"Retry-After": "SECRET"}),
    Reply(body="access-SECRET"),
    Reply(body={"access_token": "access-SECRET", "expires_in": "access-SECRET"}),
    Reply(body="access-SECRET", fault="cut midway"),
    Reply(302, headers={"Location": "http://127.0.0.1:1/?code=code-SECRET"}),
]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Everything that is logged, with the libraries as talkative as they get."""
    caplog.set_level(logging.DEBUG)
    for name in ("spotipy", "urllib3"):
        caplog.set_level(logging.DEBUG, logger=name)
    return caplog


def test_a_good_day_logs_no_secret(server: Server, log: pytest.LogCaptureFixture) -> None:
    settings = settings_for(server, SPOTIFY_CLIENT_SECRET="clientSECRET")
    server.will(token_reply(), token_reply(), ME, Reply(401), token_reply(), ME)

    exchange(settings, "code-SECRET", "verifier-SECRET")
    Spotify(settings, Store(a_token(life=-1))).me()
    Spotify(settings, Store(a_token())).me()

    assert len(server.asked) == 6
    assert "SECRET" not in log.text


@pytest.mark.parametrize("reply", BLABBING)
def test_no_failure_shows_a_secret(
    server: Server, log: pytest.LogCaptureFixture, reply: Reply
) -> None:
    settings = settings_for(server, SPOTIFY_CLIENT_SECRET="clientSECRET")
    server.will(reply, reply, reply)

    with pytest.raises(SpotifyError) as exchanging:
        exchange(settings, "code-SECRET", "verifier-SECRET")
    with pytest.raises(SpotifyError) as refreshing:
        Spotify(settings, Store(a_token(life=-1))).me()
    with pytest.raises(SpotifyError) as asking:
        Spotify(settings, Store(a_token())).me()

    for caught in (exchanging, refreshing, asking):
        shown = [*traceback.format_exception(caught.value), repr(caught.value), str(caught.value)]
        # The lines of this file quote the secrets that they pass.
        assert "SECRET" not in "".join(line for line in shown if __file__ not in line)
    assert "SECRET" not in log.text


def test_the_operator_is_told_of_a_refused_client(
    settings: Settings, server: Server, log: pytest.LogCaptureFixture
) -> None:
    server.will(Reply(401, {"error": "invalid_client"}))

    with pytest.raises(SpotifyError):
        exchange(settings, "code", "verifier")
    assert "invalid_client" in log.text


def test_a_louder_level_of_the_libraries_is_left_alone(settings: Settings) -> None:
    spotipy = logging.getLogger("spotipy")
    before = spotipy.level
    try:
        spotipy.setLevel(logging.ERROR)
        Spotify(settings, Store(None))
        assert spotipy.level == logging.ERROR
    finally:
        spotipy.setLevel(before)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(
    settings: Settings, server: Server, spotify: Spotify, status: int
) -> None:
    elsewhere = Reply(status, headers={"Location": f"{server.url}/elsewhere"})
    server.will(elsewhere, elsewhere)

    with pytest.raises(SpotifyError):
        spotify.me()
    with pytest.raises(SpotifyError):
        exchange(settings, "code-SECRET", "verifier-SECRET")
    assert "/elsewhere" not in server.paths


def test_a_netrc_does_not_replace_the_token(
    settings: Settings, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    server.will(token_reply(), ME)

    exchange(settings, "code", "verifier")
    Spotify(settings, Store(a_token()), now=lambda: NOW).me()

    assert "Authorization" not in server.asked[0].headers
    assert server.asked[1].headers["Authorization"] == "Bearer access-SECRET"


def test_nothing_is_written_to_the_working_folder(settings: Settings, server: Server) -> None:
    before = set(Path.cwd().iterdir())
    server.will(token_reply(), ME)

    Spotify(settings, Store(a_token(life=-1))).me()

    assert set(Path.cwd().iterdir()) == before
