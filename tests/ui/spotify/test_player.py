import pytest
from streamlit.testing.v1 import AppTest

from tests.services.demo_spotify import DemoSpotify, connect_demo
from tests.ui.conftest import (
    Open,
    click,
    fold,
    labels,
    page_links,
    play,
    select,
    unfold,
    words,
)
from ttt.found import Device
from ttt.providers.values.catalogue import Catalogue
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import connecting, playback
from ttt.services.spotify.playback import Player
from ttt.services.top import top_tracks
from ttt.ui.spotify import player

PLAYER = "player-top-short_term"
PATHS = {"/v1/me/player", "/v1/me/player/devices"}


@pytest.fixture
def uris(context: Context) -> list[str]:
    return [track.uri for track in Catalogue.load(context.settings.catalogue_file).search("a", 210)]


@pytest.fixture
def opened(listener: DemoSpotify, ada: Person, uris: list[str]) -> AppTest:
    """The control with three tracks, unfolded."""
    return unfold(play(lambda: player.controls(ada, uris[:3], "x")), "player-x")


def choose(app: AppTest, name: str) -> None:
    (devices,) = app.selectbox
    devices.select(next(option for option in devices.options if option.startswith(name)))


def test_nothing_is_asked_before_the_control_is_opened(
    listener: DemoSpotify, ada: Person, uris: list[str]
) -> None:
    app = play(lambda: player.controls(ada, uris, "x"))
    assert listener.asked == []
    unfold(app, "player-x")
    assert set(listener.asked) == PATHS


def test_a_second_run_asks_nothing(opened: AppTest, listener: DemoSpotify) -> None:
    listener.asked.clear()
    opened.run()
    assert listener.asked == []
    click(opened, "Look again")
    assert set(listener.asked) == PATHS


def test_devices_are_offered_and_nothing_plays_yet(opened: AppTest) -> None:
    (devices,) = opened.selectbox
    assert devices.options == [*("Phone", "Kitchen speaker", "Living room TV · takes no commands")]
    assert "Nothing plays." in words(opened)
    assert {"Pause", "Next"}.isdisjoint(labels(opened))


def test_tracks_play_on_the_device_that_was_chosen(
    opened: AppTest, context: Context, ada: Person, uris: list[str]
) -> None:
    choose(opened, "Kitchen")
    click(opened, "Play 3 tracks")
    assert not opened.exception
    now = playback.look(context, ada).now
    assert now is not None
    assert now.track is not None
    assert (now.track.uri, now.device) == (uris[0], "Kitchen speaker")
    assert f"Plays on Kitchen speaker: {now.track.label}" in words(opened)


def test_pause_and_next_say_what_plays_after_them(
    opened: AppTest, context: Context, ada: Person, uris: list[str]
) -> None:
    click(click(opened, "Play 3 tracks"), "Next")
    now = playback.look(context, ada).now
    assert now is not None
    assert now.track is not None
    assert now.track.uri == uris[1]
    assert f"Plays on Phone: {now.track.label}" in words(opened)
    click(opened, "Pause")
    assert f"Paused on Phone: {now.track.label}" in words(opened)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("no_active_device", "Spotify finds no device to play on."),
        ("not_premium", "Spotify plays from other apps only for people with Spotify Premium."),
        ("restricted_device", "The device takes no commands from here, or not this one now."),
    ],
)
def test_each_refusal_is_said_in_plain_words(
    opened: AppTest, listener: DemoSpotify, fault: str, sentence: str
) -> None:
    listener.spoil(fault)
    click(opened, "Play 3 tracks")
    assert not opened.exception
    assert sentence in words(opened)


def test_a_device_that_takes_no_commands_says_so(opened: AppTest) -> None:
    choose(opened, "Living room")
    assert "The device takes no commands from here" in words(click(opened, "Play 3 tracks"))


def test_without_a_device_one_can_look_again(
    listener: DemoSpotify, ada: Person, uris: list[str]
) -> None:
    listener.spoil("no_active_device")
    app = unfold(play(lambda: player.controls(ada, uris, "x")), "player-x")
    assert "Spotify finds no device to play on." in words(app)
    listener.mend()
    click(app, "Look again")
    assert "Play 200 tracks" in labels(app)
    assert "Spotify takes the first 200 of 210 tracks at a time." in words(app)


def test_the_device_that_was_chosen_stays_while_its_popover_is_closed_and_in_others(
    listener: DemoSpotify, ada: Person, uris: list[str]
) -> None:
    def script() -> None:
        player.controls(ada, uris, "x")
        player.controls(ada, uris, "y")

    app = unfold(play(script), "player-x")
    choose(app, "Kitchen")
    fold(app.run(), "player-x")
    assert not app.selectbox
    (again,) = unfold(app, "player-x").selectbox
    assert again.format_func(again.value) == "Kitchen speaker"
    (other,) = unfold(fold(app, "player-x"), "player-y").selectbox
    assert other.format_func(other.value) == "Kitchen speaker"


@pytest.mark.usefixtures("listener")
def test_devices_that_spotify_gives_no_id_are_each_offered(
    ada: Person, uris: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    named = {"kind": "Speaker", "active": False, "restricted": False}
    devices = tuple(
        Device(id, name, **named) for id, name in [("a", "A"), (None, "B"), (None, "C")]
    )
    monkeypatch.setattr(playback, "look", lambda *_: Player(devices))
    app = unfold(play(lambda: player.controls(ada, uris, "x")), "player-x")
    assert [option[0] for option in app.selectbox[0].options] == ["A", "B", "C"]
    assert app.selectbox[0].index == 0


def test_what_plays_is_not_said_where_spotify_did_not_tell(
    listener: DemoSpotify, ada: Person, uris: list[str]
) -> None:
    listener.spoil("unavailable")
    app = unfold(play(lambda: player.controls(ada, uris, "x")), "player-x")
    assert "Spotify is not available." in words(app)
    assert "Nothing plays." not in words(app)


def test_the_selection_is_played_or_else_the_whole_list(
    open_page: Open, listener: DemoSpotify, context: Context, ada: Person
) -> None:
    top_tracks.refresh(context, ada)
    app = unfold(open_page("top_tracks"), PLAYER)
    assert "Play 50 tracks" in labels(app)
    assert "Play 2 tracks" in labels(select(app, 0, 4))


def test_a_connection_of_before_asks_nothing_and_says_what_to_do(
    open_page: Open,
    demo: DemoSpotify,
    context: Context,
    ada: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connecting, "SCOPES", ("user-top-read",))
    connect_demo(context, ada)
    top_tracks.refresh(context, ada)
    demo.asked.clear()
    app = unfold(open_page("top_tracks"), PLAYER)
    assert not app.exception
    assert "Reconnect Spotify to allow playback." in words(app)
    assert "Go to Spotify" in page_links(app)
    assert demo.asked == []
