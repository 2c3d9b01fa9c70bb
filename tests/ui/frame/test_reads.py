from dataclasses import replace
from datetime import timedelta

import pytest

from tests.services.conftest import Clock
from tests.ui.conftest import ListeningSpotify, Open, Visitor, fill, words
from ttt.errors import SpotifyUnavailable
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.ui.frame import reads


def test_a_search_asks_once_however_often_the_page_runs(
    open_page: Open, adas_spotify: ListeningSpotify
) -> None:
    app = open_page("trending")
    for text in ("the one", "the one", "  the   one "):
        fill(app, {"Search": text})
        app.run()
    assert adas_spotify.asked == ["the one"]


def test_another_search_asks_again(open_page: Open, adas_spotify: ListeningSpotify) -> None:
    app = open_page("trending")
    for text in ("one", "two"):
        fill(app, {"Search": text})
        app.run()
    assert adas_spotify.asked == ["one", "two"]


def test_a_search_that_failed_is_made_again_after_a_minute(
    open_page: Open, adas_spotify: ListeningSpotify, clock: Clock
) -> None:
    adas_spotify.error = SpotifyUnavailable()
    app = open_page("trending")
    fill(app, {"Search": "the"})
    app.run()
    adas_spotify.error = None
    assert "Spotify is not available." in words(app.run())
    clock.forward(minutes=1, seconds=1)
    assert "found in: demo Spotify" in words(app.run())
    assert adas_spotify.asked == ["the", "the"]


def test_whoever_has_the_id_of_a_deleted_account_sees_nothing_of_it(
    visitor: Visitor, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    heir = replace(ada, created_at=ada.created_at + timedelta(seconds=1))
    asked: list[Person] = []

    def look(_context: Context, person: Person) -> list[Person]:
        asked.append(person)
        return asked

    monkeypatch.setattr(reads.playback, "look", look)
    monkeypatch.setattr(reads.own_playlists_service, "owned", look)
    for read in (reads.player, reads.own_playlists):
        for person in (ada, heir, heir):
            read(person)
    assert asked == [ada, heir, ada, heir]
