"""Each call is one request; the token is renewed when due and kept by its store."""

from typing import Any

import pytest

from tests.providers.scripted import Reply, Server
from tests.providers.spotify.given import NOW, Store, a_token, a_track, settings_for, token_reply
from ttt import __version__
from ttt.errors import (
    ClientRefused,
    NotConnected,
    ReconnectNeeded,
    SpotifyForbidden,
    SpotifyNotFound,
    SpotifyUnavailable,
    UnexpectedAnswer,
)
from ttt.found import FoundFeatures
from ttt.providers.spotify import Profile, Spotify, Token
from ttt.settings import Settings

ME = Reply(body={"id": "smedjan", "account_id": "aB3dE5fG7h", "display_name": "Ada"})
EXPIRED = Reply(401, {"error": {"status": 401, "message": "The access token expired"}})
INVALID_GRANT = Reply(400, {"error": "invalid_grant", "error_description": "Token revoked"})


def test_me_is_one_request_with_the_stored_token(spotify: Spotify, server: Server) -> None:
    server.will(ME)

    assert spotify.me() == Profile("smedjan", "aB3dE5fG7h", "Ada")

    [asked] = server.asked
    assert (asked.method, asked.path) == ("GET", "/web-api/v1/me")
    assert asked.headers["Authorization"] == "Bearer access-SECRET"
    assert asked.headers["User-Agent"] == f"TopTrackTracker/{__version__}"


def test_fifty_top_tracks_are_one_request(spotify: Spotify, server: Server) -> None:
    rows = [a_track(id=f"{rank:022}") for rank in range(50)]
    server.will(Reply(body={"items": rows, "total": 50, "next": "http://127.0.0.1:1/more"}))

    found = spotify.top_tracks("short_term")

    assert [track.spotify_id for track in found.tracks] == [row["id"] for row in rows]
    [asked] = server.asked
    assert asked.path == "/web-api/v1/me/top/tracks"
    assert asked.query["time_range"] == "short_term"
    assert asked.query["limit"] == "50"


def test_a_track_is_one_request(spotify: Spotify, server: Server) -> None:
    server.will(Reply(body=a_track()))

    found = spotify.track("11dFghVXANMlKmJXsNCbNl")
    assert found is not None
    assert found.title == "Cut To The Feeling"
    # pragma: allowlist nextline secret - a path
    assert server.paths == ["/web-api/v1/tracks/11dFghVXANMlKmJXsNCbNl"]


def test_a_search_is_one_request_for_at_most_ten_tracks(spotify: Spotify, server: Server) -> None:
    server.will(Reply(body={"tracks": {"items": [a_track(), None]}}))

    assert spotify.search("cut & feeling").unread == 1
    [asked] = server.asked
    assert asked.path == "/web-api/v1/search"
    assert asked.query["q"] == "cut & feeling"
    assert asked.query["type"] == "track"
    assert asked.query["limit"] == "10"


def test_audio_features_of_a_hundred_tracks_are_one_request(
    spotify: Spotify, server: Server
) -> None:
    ids = [f"{number:022}" for number in range(100)]
    rows = [{"id": spotify_id, "energy": 0.5, "key": -1} for spotify_id in ids[:98]]
    server.will(Reply(body={"audio_features": [None, *rows, None]}))

    found = spotify.audio_features(ids)

    assert found == dict.fromkeys(ids[:98], FoundFeatures(energy=0.5))
    [asked] = server.asked
    assert asked.path == "/web-api/v1/audio-features"
    assert asked.query["ids"].split(",") == ids


def test_audio_features_are_closed_to_newer_apps(spotify: Spotify, server: Server) -> None:
    server.will(Reply(403, {"error": {"status": 403}}))

    with pytest.raises(SpotifyForbidden):
        spotify.audio_features(["11dFghVXANMlKmJXsNCbNl"])
    assert len(server.asked) == 1


@pytest.mark.parametrize("row", [a_track(type="episode"), a_track(name=""), a_track(is_local=True)])
def test_a_track_that_cannot_be_shown_is_not_found(
    spotify: Spotify, server: Server, row: dict[str, Any]
) -> None:
    server.will(Reply(body=row))

    with pytest.raises(SpotifyNotFound):
        spotify.track("11dFghVXANMlKmJXsNCbNl")


@pytest.mark.parametrize("spotify_id", ["", "no/such/id", "spotify:episode:512ojhOuo1ktJprKbVcKyQ"])
def test_what_cannot_be_a_track_id_is_not_even_asked_for(
    spotify: Spotify, server: Server, spotify_id: str
) -> None:
    with pytest.raises(SpotifyNotFound):
        spotify.track(spotify_id)

    assert server.asked == []


@pytest.mark.parametrize("body", ["", "{", "<html>", "null"])
def test_an_answer_that_is_no_json_is_no_missing_track(
    spotify: Spotify, server: Server, body: str
) -> None:
    server.will(Reply(body=body))

    with pytest.raises(UnexpectedAnswer) as caught:
        spotify.track("11dFghVXANMlKmJXsNCbNl")
    assert caught.value.service == "api"


def test_without_a_token_nothing_is_asked(settings: Settings, server: Server) -> None:
    with pytest.raises(NotConnected):
        Spotify(settings, Store(None)).me()

    assert server.asked == []


def test_a_token_about_to_end_is_refreshed_first(settings: Settings, server: Server) -> None:
    store = Store(a_token(life=30))
    server.will(token_reply(), ME)

    Spotify(settings, store).me()

    assert server.paths[0] == "/accounts/api/token"
    assert server.asked[0].form == {
        "grant_type": "refresh_token",
        "refresh_token": "refresh-SECRET",
        "client_id": "client",
    }
    assert server.asked[1].headers["Authorization"] == "Bearer access-2-SECRET"
    assert len(server.asked) == 2
    [saved] = store.saved
    assert (saved.access_token, saved.refresh_token) == ("access-2-SECRET", "refresh-2-SECRET")
    assert 3500 < saved.expires_at.timestamp() - a_token(life=0).expires_at.timestamp() <= 3600


@pytest.mark.parametrize("nothing", [None, ""])
def test_what_a_refresh_leaves_out_stays_as_it_was(
    settings: Settings, server: Server, nothing: str | None
) -> None:
    store = Store(a_token(life=-1))
    server.will(token_reply(refresh_token=nothing, scope=nothing), ME)

    Spotify(settings, store).me()

    [saved] = store.saved
    assert (saved.refresh_token, saved.scope) == ("refresh-SECRET", "user-top-read")


def test_a_null_refresh_token_keeps_the_old_one(settings: Settings, server: Server) -> None:
    store = Store(a_token(life=-1))
    answer = {"access_token": "access-2-SECRET", "expires_in": 3600, "refresh_token": None}
    server.will(Reply(body=answer), ME)

    Spotify(settings, store).me()

    assert [saved.refresh_token for saved in store.saved] == ["refresh-SECRET"]


def test_a_refresh_keeps_the_scope_that_spotify_granted(settings: Settings, server: Server) -> None:
    store = Store(a_token(life=-1))
    server.will(token_reply(scope="user-top-read playlist-read-private"), ME)

    Spotify(settings, store).me()

    assert [saved.scope for saved in store.saved] == ["user-top-read playlist-read-private"]


def test_a_401_is_cured_by_one_refresh(spotify: Spotify, server: Server, store: Store) -> None:
    server.will(EXPIRED, token_reply(), ME)

    assert spotify.me().spotify_id == "smedjan"

    assert server.paths[1] == "/accounts/api/token"
    assert server.asked[2].headers["Authorization"] == "Bearer access-2-SECRET"
    assert len(server.asked) == 3
    assert len(store.saved) == 1


def test_a_second_401_means_reconnect(spotify: Spotify, server: Server) -> None:
    server.will(EXPIRED, token_reply(), EXPIRED)

    with pytest.raises(ReconnectNeeded):
        spotify.me()
    assert len(server.asked) == 3


def test_a_revoked_authorization_means_reconnect(settings: Settings, server: Server) -> None:
    store = Store(a_token(life=-1))
    server.will(INVALID_GRANT)

    with pytest.raises(ReconnectNeeded):
        Spotify(settings, store).me()
    assert server.paths == ["/accounts/api/token"]
    assert store.saved == []


def test_a_401_with_a_revoked_authorization_means_reconnect(
    spotify: Spotify, server: Server
) -> None:
    server.will(EXPIRED, INVALID_GRANT)

    with pytest.raises(ReconnectNeeded):
        spotify.me()
    assert len(server.asked) == 2


def test_the_token_of_a_faster_process_is_taken(settings: Settings, server: Server) -> None:
    class Overtaken(Store):
        def load(self) -> Token | None:
            """Show the stale token until the refresh has been asked for."""
            return Token("theirs", "rotated", a_token().expires_at, "") if server.asked else stale

    stale = a_token(life=-1)
    store = Overtaken(stale)
    server.will(INVALID_GRANT, ME)

    Spotify(settings, store).me()

    assert server.asked[1].headers["Authorization"] == "Bearer theirs"
    assert len(server.asked) == 2
    assert store.saved == []


def test_a_refresh_that_fails_for_the_app_costs_nobody_the_connection(
    settings: Settings, server: Server
) -> None:
    server.will(Reply(401, {"error": "invalid_client"}))

    with pytest.raises(ClientRefused):
        Spotify(settings, Store(a_token(life=-1))).me()


def test_a_failed_refresh_tells_that_the_accounts_service_failed(
    settings: Settings, server: Server
) -> None:
    server.will(Reply(503))

    with pytest.raises(SpotifyUnavailable) as caught:
        Spotify(settings, Store(a_token(life=-1))).me()
    assert caught.value == SpotifyUnavailable("accounts")
    assert len(server.asked) == 1


def test_the_secret_goes_to_the_accounts_service_only(server: Server) -> None:
    settings = settings_for(server, SPOTIFY_CLIENT_SECRET="clientSECRET")
    server.will(token_reply(), ME)

    Spotify(settings, Store(a_token(life=-1)), now=lambda: NOW).me()

    refresh, me = (asked.headers["Authorization"] for asked in server.asked)
    assert refresh.startswith("Basic ")
    assert me == "Bearer access-2-SECRET"
