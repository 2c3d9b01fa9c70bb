from tests.services.conftest import FakeSpotify
from ttt.errors import NotConnected, ReconnectNeeded, SpotifyUnavailable
from ttt.found import FoundTrack, Source
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import lookup


def track(spotify_id: str) -> FoundTrack:
    return FoundTrack(spotify_id, "Song", ())


def test_each_track_is_one_request(
    context: Context, ada: Person, adas_spotify: FakeSpotify
) -> None:
    adas_spotify.tracks = {"a": track("a"), "c": track("c")}
    answers = lookup.ask(context, ada, ["a", "b", "c", "a"])
    assert (set(answers.found), answers.unknown, answers.trouble) == ({"a", "c"}, {"b"}, None)
    assert adas_spotify.asked == ["a", "b", "c"]


def test_trouble_ends_it_and_is_told(
    context: Context, ada: Person, adas_spotify: FakeSpotify
) -> None:
    adas_spotify.tracks = {"a": track("a"), "c": track("c")}
    adas_spotify.errors["b"] = SpotifyUnavailable()
    answers = lookup.ask(context, ada, ["a", "b", "c"])
    assert set(answers.found) == {"a"}
    assert answers.trouble is adas_spotify.errors["b"]
    assert adas_spotify.asked == ["a", "b"]


def test_nothing_to_ask_is_no_trouble(context: Context, ada: Person) -> None:
    assert lookup.ask(context, ada, []) == lookup.Answers()
    assert isinstance(lookup.ask(context, ada, ["a"]).trouble, NotConnected)


def test_a_dead_authorization_is_trouble(
    context: Context, ada: Person, adas_spotify: FakeSpotify
) -> None:
    adas_spotify.error = ReconnectNeeded()
    assert isinstance(lookup.ask(context, ada, ["a"]).trouble, ReconnectNeeded)


def test_the_demo_is_named_as_such(context: Context, ada: Person) -> None:
    assert lookup.source(context, ada) is Source.DEMO
