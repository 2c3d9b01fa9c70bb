import pytest

from tests.services.conftest import FakeSpotify, connect
from ttt.errors import NotOnAllowList, ReconnectNeeded, SpotifyUnavailable
from ttt.found import FoundTrack, Source
from ttt.services.context import Context
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.spotify.search import SearchResult, search

ONE = FoundTrack("1" * 22, "Sweater Weather, live", ())


def test_without_spotify_the_catalogue_is_searched(
    context: Context, ada: Person, fake_spotify: FakeSpotify
) -> None:
    result = search(context, ada, "  sweater\n weather ")
    assert result.tracks[0].title == "Sweater Weather"
    assert (result.source, result.trouble) == (Source.CATALOGUE, None)
    assert fake_spotify.asked == []


def test_with_spotify_it_is_asked_once(
    context: Context, ada: Person, adas_spotify: FakeSpotify
) -> None:
    adas_spotify.tracks[ONE.spotify_id] = ONE
    assert search(context, ada, " sweater  weather") == SearchResult((ONE,), Source.DEMO)
    assert adas_spotify.asked == ["sweater weather"]


def test_the_real_spotify_is_named_as_such(
    context: Context, ada: Person, fake_spotify: FakeSpotify
) -> None:
    settings = context.settings.model_copy(update={"spotify_client_id": "real"})
    real = Context(settings, context.engine, context.vault, context.now)
    connect(real, ada)
    assert search(real, ada, "nothing like it") == SearchResult((), Source.SPOTIFY)


@pytest.mark.parametrize("error", [SpotifyUnavailable(), NotOnAllowList()])
def test_when_spotify_fails_the_catalogue_is_searched_and_the_reason_told(
    context: Context, ada: Person, adas_spotify: FakeSpotify, error: SpotifyUnavailable
) -> None:
    adas_spotify.error = error
    result = search(context, ada, "sweater weather")
    assert result.source is Source.CATALOGUE
    assert result.tracks[0].title == "Sweater Weather"
    assert type(result.trouble) is type(error)


def test_a_connection_that_has_ended_is_told(
    context: Context, ada: Person, fake_spotify: FakeSpotify
) -> None:
    connect(context, ada, usable=False)
    assert isinstance(search(context, ada, "hello").trouble, ReconnectNeeded)


@pytest.mark.parametrize("query", ["", "  \n"])
def test_an_empty_query_finds_nothing_and_asks_nobody(
    context: Context, ada: Person, adas_spotify: FakeSpotify, query: str
) -> None:
    assert search(context, ada, query) == SearchResult((), Source.CATALOGUE)
    assert adas_spotify.asked == []


def test_no_more_is_asked_for_than_spotify_allows(
    context: Context, ada: Person, adas_spotify: FakeSpotify
) -> None:
    adas_spotify.tracks = {str(i): FoundTrack(str(i), "Love", ()) for i in range(30)}
    assert len(search(context, ada, "love", limit=50).tracks) == 10
    assert len(search(context, ada, "love", limit=3).tracks) == 3
    search(context, ada, "x" * 5000)
    assert len(adas_spotify.asked[-1]) == 200


def test_results_are_not_stored(context: Context, ada: Person, adas_spotify: FakeSpotify) -> None:
    adas_spotify.tracks[ONE.spotify_id] = ONE
    found = search(context, ada, "sweater")
    assert entries.listed(context, ada) == []
    entries.add_found(context, ada, found.tracks, found.source)
    assert [row.title for row in entries.listed(context, ada)] == [ONE.title]
