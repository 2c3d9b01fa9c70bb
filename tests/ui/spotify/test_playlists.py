import pytest
from streamlit.testing.v1 import AppTest

from tests.services.conftest import connect
from tests.services.demo_spotify import DemoSpotify
from tests.ui.conftest import (
    Open,
    click,
    fill,
    fold,
    labels,
    play,
    unfold,
    words,
)
from ttt.errors import SpotifyError
from ttt.jobs import queue
from ttt.providers.values.catalogue import Catalogue
from ttt.services.context import Context
from ttt.services.lists import entries
from ttt.services.person import Person
from ttt.services.playlists import playlists as service
from ttt.services.playlists import sending
from ttt.services.playlists.playlists import State
from ttt.ui.spotify import own_playlists, playlists

OWN = "around own playlists 0"


@pytest.fixture
def uris(context: Context) -> list[str]:
    return [track.uri for track in Catalogue.load(context.settings.catalogue_file).search("a", 3)]


@pytest.fixture
def opened(listener: DemoSpotify, ada: Person, uris: list[str]) -> AppTest:
    """The form with three tracks, unfolded."""
    return unfold(play(lambda: playlists.send(ada, uris, "x")), "playlist-x")


def sent(context: Context, person: Person) -> service.Sent:
    return service.history(context, person)[0]


def work(context: Context, person: Person) -> None:
    """Do what the background does."""
    while sending.advance(context, sent(context, person).id) is not None:
        pass


def test_a_name_that_was_typed_stays_when_its_popover_closes(opened: AppTest) -> None:
    fill(opened, {"Name": "Road trip"})
    assert fold(opened, "playlist-x").text_input[0].value == "Road trip"


def test_sending_writes_down_what_is_wanted_and_asks_spotify_nothing(
    opened: AppTest, listener: DemoSpotify, context: Context, ada: Person, uris: list[str]
) -> None:
    assert opened.text_input[0].placeholder == "TTT_1"
    assert "3 tracks, as a private playlist" in words(opened)
    fill(opened, {"Name": "Road trip"})
    click(opened, "Send to Spotify")
    assert not opened.exception
    wanted = sent(context, ada)
    assert (wanted.name, wanted.length, wanted.state) == ("Road trip", 3, State.WAITING)
    assert queue.is_sending(context, wanted)
    assert "Road trip: 0 of 3 tracks sent" in words(opened)
    assert listener.asked == []


def test_progress_and_the_link_are_shown(opened: AppTest, context: Context, ada: Person) -> None:
    click(opened, "Send to Spotify")
    sending.advance(context, sent(context, ada).id)
    sending.advance(context, sent(context, ada).id)
    assert "TTT_1: 3 of 3 tracks sent" in words(opened.run())
    work(context, ada)
    opened.run()
    assert "TTT_1 is at Spotify, with 3 tracks." in words(opened)
    assert sent(context, ada).link in words(opened)
    assert opened.text_input[0].placeholder == "TTT_2"


def test_a_wait_is_told_with_its_end(
    opened: AppTest, listener: DemoSpotify, context: Context, ada: Person
) -> None:
    click(opened, "Send to Spotify")
    listener.spoil("quota_exceeded", times=1)
    sending.advance(context, sent(context, ada).id)
    assert "Spotify is asked again after 23 Nov, 00:00 UTC" in words(opened.run())


def test_what_stops_a_playlist_is_told(
    opened: AppTest, listener: DemoSpotify, context: Context, ada: Person
) -> None:
    click(opened, "Send to Spotify")
    listener.spoil("not_allowed")
    with pytest.raises(SpotifyError):
        sending.advance(context, sent(context, ada).id)
    opened.run()
    said = "Spotify says that your account is not on the allow list"
    assert f"TTT_1 was not finished. {said}" in words(opened)


def test_without_background_work_nothing_can_be_sent(
    listener: DemoSpotify,
    context: Context,
    ada: Person,
    uris: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(context.settings.__dict__, "jobs", "off")
    app = unfold(play(lambda: playlists.send(ada, uris, "x")), "playlist-x")
    assert "switched off on this server" in words(app)
    assert "Send to Spotify" not in labels(app)


def test_a_history_is_shown_with_what_can_be_done(
    open_page: Open, listener: DemoSpotify, context: Context, ada: Person, uris: list[str]
) -> None:
    service.send(context, ada, uris)
    work(context, ada)
    app = open_page("spotify")
    assert "Playlists sent" in words(app)
    assert "3 tracks · 22 Nov, 12:00 UTC · sent" in words(app)
    assert {"Make again", "Compare"} <= set(labels(app))
    assert "Finish" not in labels(app)
    assert "Nothing has changed since it was sent." in words(click(app, "Compare"))


def test_a_playlist_is_made_again(
    open_page: Open, listener: DemoSpotify, context: Context, ada: Person, uris: list[str]
) -> None:
    service.send(context, ada, uris, "Road trip")
    click(open_page("spotify"), "Make again")
    again = sent(context, ada)
    assert (again.name, again.length) == ("TTT_1", 3)
    assert queue.is_sending(context, again)


def test_a_playlist_that_stopped_can_be_finished(
    open_page: Open, listener: DemoSpotify, context: Context, ada: Person, uris: list[str]
) -> None:
    wanted = service.send(context, ada, uris)
    listener.spoil("not_allowed", times=1)
    with pytest.raises(SpotifyError):
        sending.advance(context, wanted.id)
    app = open_page("spotify")
    said = "Spotify says that your account is not on the allow list"
    assert f"stopped after 0: {said}" in words(app)
    click(app, "Finish")
    assert sent(context, ada).run == 2
    assert queue.is_sending(context, sent(context, ada))
    assert "Finish" not in labels(app)


def test_a_comparison_that_fails_says_why(
    open_page: Open, listener: DemoSpotify, context: Context, ada: Person, uris: list[str]
) -> None:
    service.send(context, ada, uris)
    work(context, ada)
    app = open_page("spotify")
    listener.spoil("unavailable")
    assert "Spotify is not available." in words(click(app, "Compare"))


def test_a_connection_of_before_can_be_made_anew(
    open_page: Open, context: Context, ada: Person
) -> None:
    connect(context, ada, scopes=["user-top-read"])
    assert "Reconnect Spotify" in labels(open_page("spotify"))


def test_a_playlist_is_picked_and_all_its_tracks_are_counted(
    open_page: Open, listener: DemoSpotify, context: Context, ada: Person
) -> None:
    app = open_page("trending")
    assert listener.asked == []
    unfold(app, OWN)
    (choice,) = [box for box in app.selectbox if box.label == "Playlist"]
    assert choice.options == ["Ada's favourites · 120 tracks"]
    click(app, "Add all its tracks")
    assert not app.exception
    assert "120 added" in words(app)
    assert len(entries.listed(context, ada)) == 120


def test_a_playlist_that_cannot_be_read_adds_nothing_and_says_why(
    open_page: Open, listener: DemoSpotify, context: Context, ada: Person
) -> None:
    app = unfold(open_page("trending"), OWN)
    listener.spoil("unavailable")
    assert "Spotify is not available." in words(click(app, "Add all its tracks"))
    assert entries.listed(context, ada) == []


def test_who_is_not_connected_is_told_where_to(open_page: Open) -> None:
    assert "Connect Spotify to allow playlists." in words(unfold(open_page("trending"), OWN))


def test_the_playlist_that_was_chosen_stays_while_its_popover_is_closed(
    listener: DemoSpotify, context: Context, ada: Person, uris: list[str]
) -> None:
    service.send(context, ada, uris, "Road trip")
    work(context, ada)
    app = unfold(play(lambda: own_playlists.pick(ada)), OWN)
    (picker,) = app.selectbox
    name = picker.options[-1]
    picker.select(name)
    fold(app.run(), OWN)
    assert not app.selectbox
    (again,) = unfold(app, OWN).selectbox
    assert len(again.options) > 1
    assert again.format_func(again.value) == name
