"""Playing on a person's own devices, which takes Spotify Premium."""

from collections.abc import Sequence
from dataclasses import dataclass

from ttt.errors import InvalidInput, NoActiveDevice, SpotifyError
from ttt.found import Device, NowPlaying
from ttt.services.context import Context
from ttt.services.person import Person
from ttt.services.spotify import spotify
from ttt.services.tracks import links

# Spotify names no limit; bodies with more than 228 were seen to be refused.
MOST = 200


@dataclass(frozen=True, slots=True)
class Player:
    """What can be played on, the active one first, and what plays; `trouble` is why not."""

    devices: tuple[Device, ...] = ()
    now: NowPlaying | None = None
    trouble: SpotifyError | None = None


def look(context: Context, person: Person) -> Player:
    """Ask for devices and what plays, in two requests; nothing is raised."""
    try:
        devices, now = spotify.call(
            context, person, lambda client: (client.devices(), client.now_playing()), "playback"
        )
    except SpotifyError as error:
        return Player(trouble=error)
    # Without an id there is no way to name it.
    named = [device for device in devices if device.id]
    if not named:
        # Something that plays is a device, if none that can be chosen from here.
        return Player(now=now, trouble=None if now and now.device else NoActiveDevice())
    return Player(tuple(sorted(named, key=lambda d: (not d.active, d.restricted))), now)


def play(context: Context, person: Person, uris: Sequence[str], device_id: str | None) -> int:
    """Play the first MOST of the tracks on a device; return how many are played.

    Raises NoActiveDevice, PlaybackNeedsPremium or DeviceRestricted when Spotify says so.
    """
    wanted = [f"spotify:track:{spotify_id}" for spotify_id in links.known(uris)[:MOST]]
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
