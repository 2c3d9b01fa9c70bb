"""Names are matched to tracks once, from what is known here first and from Spotify last."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.services.chart_server import Searching
from tests.services.conftest import Clock, FakeSpotify, connect
from ttt.errors import RateLimited, SpotifyUnavailable
from ttt.found import FoundArtist, FoundTrack, Source, TrackPage
from ttt.services.context import Context
from ttt.services.matching import matching
from ttt.services.matching.matching import Named
from ttt.services.person import Person
from ttt.store.tracks import tracks

SONG = FoundTrack("s" * 22, "A Rare Song", (FoundArtist("Nobody Known"),), isrc="USABC1234567")
RARE = Named("A rare song (feat. Guest)", "nobody known")


def store(context: Context, *found: FoundTrack, source: Source = Source.SPOTIFY) -> None:
    with context.session() as session:
        tracks.save(session, found, source, context.now())
        session.commit()


@pytest.fixture
def searched(context: Context, ada: Person, monkeypatch: pytest.MonkeyPatch) -> Searching:
    """Ada's Spotify, which knows the rare song."""
    fake = Searching()
    monkeypatch.setattr("ttt.services.spotify.spotify.Spotify", fake.as_client_of)
    fake.tracks = {SONG.spotify_id: SONG}
    connect(context, ada)
    return fake


def test_a_title_of_the_catalogue_needs_no_request(context: Context) -> None:
    worried = Named("I Ain’t Worried - Remastered 2030", "onerepublic")
    assert matching.match(context, None, [worried]) == {worried: "4h9wh7iOZ0GGn8QVp4RAOB"}


def test_a_stored_track_is_found_by_title_and_artist_and_remembered(context: Context) -> None:
    store(context, SONG)
    assert matching.remembered(context, [RARE]) == {}
    assert matching.match(context, None, [RARE]) == {RARE: SONG.spotify_id}
    assert matching.remembered(context, [RARE]) == {RARE: SONG.spotify_id}


def test_a_stored_recording_is_found_by_its_isrc_alone(context: Context) -> None:
    store(context, SONG)
    other = Named("Otherwise called", "Otherwise", SONG.isrc)
    assert matching.match(context, None, [other]) == {other: SONG.spotify_id}


def test_what_somebody_uploaded_names_no_track(context: Context) -> None:
    store(context, SONG, source=Source.UPLOAD)
    assert matching.match(context, None, [RARE]) == {}


def test_a_live_version_is_not_the_song(context: Context) -> None:
    store(context, replace(SONG, title="A Rare Song - Live"))
    assert matching.match(context, None, [RARE]) == {}


def test_many_names_are_matched_together(context: Context) -> None:
    found = [replace(SONG, spotify_id=f"{n:022}", title=f"Song {n}", isrc=None) for n in range(60)]
    store(context, *found)
    named = [Named(f"song {n}", "The Nobody Known") for n in range(70)]
    assert matching.known(context, named) == {n: f"{i:022}" for i, n in enumerate(named[:60])}


def test_without_a_connection_nobody_is_asked(
    context: Context, ada: Person, fake_spotify: FakeSpotify
) -> None:
    assert matching.match(context, ada, [RARE]) == {}
    assert fake_spotify.asked == []
    assert matching.waiting(context, [RARE]) == [RARE]


def test_spotify_is_searched_once_and_its_answer_remembered(
    context: Context, ada: Person, searched: Searching
) -> None:
    assert matching.match(context, ada, [RARE]) == {RARE: SONG.spotify_id}
    assert searched.asked == ["A rare song nobody known"]
    assert matching.match(context, ada, [RARE]) == {RARE: SONG.spotify_id}
    assert matching.match(context, None, [RARE]) == {RARE: SONG.spotify_id}
    assert len(searched.asked) == 1


def test_a_recording_of_the_isrc_is_taken_whatever_its_title(
    context: Context, ada: Person, searched: Searching
) -> None:
    other = Named("Otherwise called", "Otherwise", SONG.isrc)
    assert matching.match(context, ada, [other]) == {other: SONG.spotify_id}


def test_an_isrc_alone_is_searched_as_one_and_nothing_else_is_taken_for_it(
    context: Context, ada: Person, searched: Searching
) -> None:
    alone, other = Named("", "", SONG.isrc), Named("", "", "USABC7654321")
    assert matching.known(context, [alone, other]) == {}
    assert matching.match(context, ada, [alone, other]) == {alone: SONG.spotify_id}
    assert searched.asked == [f"isrc:{SONG.isrc}", "isrc:USABC7654321"]
    assert matching.known(context, [alone, other]) == {alone: SONG.spotify_id}


@pytest.mark.parametrize(
    ("asked", "there", "found"),
    [("USABC1234567", "USABC1234567", True), ("USABC1234567", None, False), (None, None, False)],
)
def test_whatever_its_title_only_a_recording_of_the_isrc_is_taken(
    asked: str | None, there: str | None, found: bool
) -> None:
    class Answering:
        def search(self, _query: str, _most: int) -> TrackPage:
            return TrackPage((replace(SONG, isrc=there),))

    client: Any = Answering()
    track = matching._search(client, Named("Otherwise called", "Otherwise", asked))
    assert (track is not None) is found


def test_a_miss_is_not_asked_about_again_within_a_month(
    context: Context, ada: Person, searched: Searching, clock: Clock
) -> None:
    unknown = Named("Unknown", "Unheard")
    for _ in range(2):
        assert matching.match(context, ada, [unknown]) == {}
    assert len(searched.asked) == 1
    for later, asked in ((timedelta(days=30, seconds=-1), 1), (timedelta(seconds=1), 2)):
        clock.time += later
        connect_again(context, ada)
        matching.match(context, ada, [unknown])
        assert len(searched.asked) == asked


def test_ten_names_are_asked_about_at_once_and_in_two_hundred_letters_at_most(
    context: Context, ada: Person, searched: Searching
) -> None:
    searched.tracks = {}
    matching.match(context, ada, [Named(f"{n} {'long ' * 50}", "Unheard") for n in range(11)])
    assert [len(query) for query in searched.asked] == [200] * 10


def test_a_miss_that_is_known_here_later_is_a_hit(
    context: Context, ada: Person, searched: Searching
) -> None:
    searched.tracks = {}
    assert matching.match(context, ada, [RARE]) == {}
    store(context, SONG)
    assert matching.match(context, None, [RARE]) == {RARE: SONG.spotify_id}


def test_a_call_asks_as_often_as_it_may(context: Context, ada: Person, searched: Searching) -> None:
    named = [Named(f"Unknown {n}", "Unheard") for n in range(5)]
    matching.match(context, ada, named, lookups=2)
    assert len(searched.asked) == 2
    assert matching.waiting(context, named) == named[2:]
    matching.match(context, ada, named, lookups=0)
    assert len(searched.asked) == 2


def test_what_came_before_trouble_is_kept(
    context: Context, ada: Person, searched: Searching
) -> None:
    searched.errors = {"Second Unheard": SpotifyUnavailable()}
    named = [RARE, Named("Second", "Unheard"), Named("Third", "Unheard")]
    result = matching.search(context, ada, named)
    assert result.found == {RARE: SONG.spotify_id}
    assert result.trouble == SpotifyUnavailable()
    assert matching.known(context, named) == {RARE: SONG.spotify_id}
    assert matching.waiting(context, named) == named[1:]


def test_a_spotify_that_wants_to_be_left_alone_is(
    context: Context, ada: Person, searched: Searching
) -> None:
    searched.error = RateLimited(context.now() + timedelta(hours=1))
    assert matching.match(context, ada, [RARE]) == {}
    assert matching.match(context, ada, [RARE]) == {}
    assert len(searched.asked) == 1


def connect_again(context: Context, person: Person) -> None:
    """Connect with a token that is good again."""
    from ttt.models import SpotifyAccount

    with context.session() as session:
        session.delete(session.get_one(SpotifyAccount, person.id))
        session.commit()
    connect(context, person)


def test_who_can_no_longer_be_asked_for_is_not_connected(
    context: Context, ada: Person, bob: Person
) -> None:
    connect(context, ada, usable=False)
    assert not matching.is_connected(context, ada)
    assert not matching.is_connected(context, bob)
    connect(context, bob)
    assert matching.is_connected(context, bob)
