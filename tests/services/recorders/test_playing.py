"""What plays now, by the word of Spotify or of a player."""

from datetime import timedelta

import pytest

from tests.services.conftest import FakeSpotify, connect
from ttt.errors import RateLimited, SpotifyUnavailable
from ttt.found import FoundArtist, FoundTrack, NowPlaying
from ttt.plays import ToldPlay
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.recorders import playing
from ttt.services.recorders.players import submitting, tokens
from ttt.services.recorders.players.listens import Submission
from ttt.services.recorders.playing import Now
from ttt.services.spotify import spotify

TRACK = FoundTrack("1" * 22, "Dust", (FoundArtist("Ada"), FoundArtist("Zoe")), cover_url="cover")


def now(context: Context, person: Person) -> Now | None:
    return playing.now(context, person, spotify.connection(context, person))


@pytest.fixture
def navidrome(context: Context, ada: Person) -> None:
    """A player that says that it plays."""
    who = tokens.sender(context, tokens.make(context, ada, "Navidrome").token)
    assert who is not None
    play = ToldPlay(0, "Song", ("Band",))
    submitting.submit(context, who, Submission("playing_now", (play,)))


def test_spotify_is_asked_once_and_says_what_plays_on_what(
    context: Context, ada: Person, adas_spotify: FakeSpotify
) -> None:
    adas_spotify.now = NowPlaying(TRACK, "Kitchen", playing=True)

    assert now(context, ada) == Now("Dust", "Ada, Zoe", "on Kitchen", "cover")
    assert adas_spotify.asked == ["now"]


@pytest.mark.parametrize(
    "told",
    [
        None,
        NowPlaying(TRACK, "Kitchen", playing=False),
        NowPlaying(None, "Kitchen", playing=True),
    ],
)
@pytest.mark.usefixtures("navidrome")
def test_where_spotify_plays_no_track_a_player_may(
    context: Context, ada: Person, adas_spotify: FakeSpotify, told: NowPlaying | None
) -> None:
    adas_spotify.now = told
    assert now(context, ada) == Now("Song", "Band", "in Navidrome")


@pytest.mark.usefixtures("navidrome")
def test_who_has_no_spotify_has_players_and_what_they_said_ends(
    context: Context, ada: Person, bob: Person, clock: object
) -> None:
    assert now(context, ada) == Now("Song", "Band", "in Navidrome")
    assert now(context, bob) is None
    clock.forward(hours=2)  # type: ignore[attr-defined]
    assert now(context, ada) is None


@pytest.mark.parametrize("usable", [True, False])
def test_without_the_permission_or_a_live_connection_spotify_is_not_asked(
    context: Context, ada: Person, fake_spotify: FakeSpotify, usable: bool
) -> None:
    connect(context, ada, usable=usable, scopes=["user-top-read"] if usable else ["x"])
    fake_spotify.now = NowPlaying(TRACK, None, playing=True)

    assert now(context, ada) is None
    assert fake_spotify.asked == []


def test_trouble_at_spotify_is_no_trouble_here_and_a_wait_is_kept(
    context: Context, ada: Person, adas_spotify: FakeSpotify
) -> None:
    adas_spotify.error = SpotifyUnavailable()
    assert now(context, ada) is None
    adas_spotify.error = RateLimited(context.now() + timedelta(hours=1), False)
    assert now(context, ada) is None
    adas_spotify.asked.clear()
    assert now(context, ada) is None
    assert adas_spotify.asked == []
