"""Playing on a person's own devices, which takes Spotify Premium."""

from collections.abc import Sequence

from ttt.errors import InvalidInput
from ttt.found import Device, NowPlaying
from ttt.services import links, spotify
from ttt.services.accounts import Person
from ttt.services.context import Context

# Spotify names no limit; bodies with more than 228 were seen to be refused.
MOST = 200


def devices(context: Context, person: Person) -> list[Device]:
    """What the person can play on now; the active one first."""
    found = spotify.call(context, person, lambda client: client.devices(), "playback")
    return sorted(found, key=lambda device: not device.active)


def now_playing(context: Context, person: Person) -> NowPlaying | None:
    """What plays or is paused, None when no device is active."""
    return spotify.call(context, person, lambda client: client.now_playing(), "playback")


def play(context: Context, person: Person, uris: Sequence[str], device_id: str | None) -> int:
    """Play the first MOST of the tracks on a device; return how many are played.

    Raises NoActiveDevice, PlaybackNeedsPremium or DeviceRestricted when Spotify says so.
    """
    wanted = [f"spotify:track:{links.parse(uri)}" for uri in uris[:MOST]]
    if not wanted:
        raise InvalidInput("There are no tracks to play.")
    spotify.call(context, person, lambda client: client.play(wanted, device_id), "playback")
    return len(wanted)


def pause(context: Context, person: Person) -> None:
    """Pause what plays."""
    spotify.call(context, person, lambda client: client.pause(), "playback")


def skip(context: Context, person: Person) -> None:
    """Go on with the next track."""
    spotify.call(context, person, lambda client: client.next(), "playback")
