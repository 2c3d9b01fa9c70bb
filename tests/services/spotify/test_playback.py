import pytest

from tests.services.demo_spotify import DemoSpotify, connect_demo
from tests.services.playlists.test_sending import uris
from ttt.demo.faults import Fault
from ttt.errors import (
    DeviceRestricted,
    InvalidInput,
    NoActiveDevice,
    NotConnected,
    PlaybackNeedsPremium,
    SpotifyError,
)
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import playback


@pytest.fixture(autouse=True)
def connected(context: Context, ada: Person, demo: DemoSpotify) -> None:
    connect_demo(context, ada)
    demo.asked.clear()


def device(context: Context, person: Person, name: str) -> str | None:
    devices = playback.look(context, person).devices
    return next(device.id for device in devices if device.name == name)


def playing(context: Context, person: Person) -> str | None:
    now = playback.look(context, person).now
    return now.track.uri if now is not None and now.track is not None and now.playing else None


def test_devices_are_told_with_those_that_take_no_commands_last(
    context: Context, ada: Person, demo: DemoSpotify
) -> None:
    player = playback.look(context, ada)
    assert [(d.name, d.restricted) for d in player.devices] == [
        ("Phone", False),
        ("Kitchen speaker", False),
        ("Living room TV", True),
    ]
    assert (player.now, player.trouble) == (None, None)
    assert demo.asked == ["/v1/me/player/devices", "/v1/me/player"]


def test_tracks_are_played_in_their_order_paused_and_skipped(context: Context, ada: Person) -> None:
    wanted = uris(context, 3)
    assert playback.play(context, ada, wanted, device(context, ada, "Kitchen speaker")) == 3
    assert playing(context, ada) == wanted[0]
    assert playback.look(context, ada).devices[0].name == "Kitchen speaker"
    playback.skip(context, ada)
    assert playing(context, ada) == wanted[1]
    playback.pause(context, ada)
    assert playing(context, ada) is None
    now = playback.look(context, ada).now
    assert now is not None
    assert not now.playing


def test_no_more_are_played_than_spotify_takes(context: Context, ada: Person) -> None:
    wanted = uris(context, 250)
    assert playback.play(context, ada, wanted, device(context, ada, "Phone")) == playback.MOST


def test_nothing_to_play_asks_nobody(context: Context, ada: Person, demo: DemoSpotify) -> None:
    with pytest.raises(InvalidInput):
        playback.play(context, ada, [], None)
    assert demo.asked == []


def test_a_device_without_commands_and_no_device_are_told_apart(
    context: Context, ada: Person
) -> None:
    wanted = uris(context, 3)
    with pytest.raises(DeviceRestricted):
        playback.play(context, ada, wanted, device(context, ada, "Living room TV"))
    for refused in (None, "gone"):
        with pytest.raises(NoActiveDevice):
            playback.play(context, ada, wanted, refused)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("no_active_device", NoActiveDevice),
        ("not_premium", PlaybackNeedsPremium),
        ("restricted_device", DeviceRestricted),
    ],
)
def test_looking_raises_nothing_and_says_why(
    context: Context, ada: Person, demo: DemoSpotify, fault: str, error: type[SpotifyError]
) -> None:
    demo.spoil(fault)
    player = playback.look(context, ada)
    assert isinstance(player.trouble, error)
    assert player.devices == ()


def test_no_device_at_all_is_a_trouble(context: Context, ada: Person, demo: DemoSpotify) -> None:
    nameless = {"devices": [{"id": None, "name": "Web player"}]}
    demo.add(Fault("/v1/me/player/devices", change=lambda _right: nameless))
    assert isinstance(playback.look(context, ada).trouble, NoActiveDevice)


def test_pausing_what_does_not_play_is_refused_in_words(context: Context, ada: Person) -> None:
    playback.play(context, ada, uris(context, 3), device(context, ada, "Phone"))
    playback.pause(context, ada)
    with pytest.raises(DeviceRestricted):
        playback.pause(context, ada)


def test_who_is_not_connected_is_told_so(context: Context, bob: Person) -> None:
    assert isinstance(playback.look(context, bob).trouble, NotConnected)
