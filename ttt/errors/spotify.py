"""What can happen between the app and Spotify."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from ttt.errors.base import TTTError


class SpotifyError(TTTError):
    """Base of all that can happen between the app and Spotify."""


class NotConnected(SpotifyError):
    """The person has not connected a Spotify account."""


class ReconnectNeeded(SpotifyError):
    """The authorization is gone: the token was dropped, the person has to connect again."""


class NotSetUp(SpotifyError):
    """This server has no client ID, and its demo is off as others can reach it."""


class ConsentRefused(SpotifyError):
    """The person pressed "Cancel" on Spotify's page."""


@dataclass
class CallbackRejected(SpotifyError):
    """Spotify's redirect came with a state that this app does not accept."""

    reason: Literal["missing", "unknown", "foreign", "expired", "used", "client"]


class CodeRefused(SpotifyError):
    """The accounts service did not take the code."""


@dataclass
class NotOnAllowList(SpotifyError):
    """The Spotify account is not among the users that the app's owner allowed.

    `name` and `email` are to be put on the list; `own` says that it is the person's own app.
    """

    name: str = ""
    email: str = ""
    own: bool = False


@dataclass
class NoSeatLeft(SpotifyError):
    """As many people as Spotify allows use the server's client IDs; `seats` is how many."""

    seats: int


class PremiumNeeded(SpotifyError):
    """The owner of the Spotify app has no Premium subscription."""


@dataclass
class ScopeMissing(SpotifyError):
    """The connection does not allow this yet; `purpose` says what, None when Spotify did not."""

    purpose: Literal["playlists", "playback", "recording"] | None = None


class PlaybackNeedsPremium(SpotifyError):
    """The listener has no Premium, without which Spotify takes no playback commands."""


class DeviceRestricted(SpotifyError):
    """The device takes no commands of apps, or not this one while it does what it does."""


class NoActiveDevice(SpotifyError):
    """No device of the listener's is there, or none is active and none was named."""


class SpotifyForbidden(SpotifyError):
    """Spotify refused the request for a reason of its own."""


@dataclass
class SpotifyNotFound(SpotifyError):
    """Spotify does not know the track or playlist that was asked for."""

    what: Literal["track", "playlist"] = "track"


class NotOffered(SpotifyError):
    """Spotify knows no such address: what was asked for is nothing that could be taken down."""


Place = Literal["environment", "admin page", "own", "check"]


@dataclass
class ClientRefused(SpotifyError):
    """The accounts service does not accept the client ID or secret that it was asked with.

    `admin` is whether the person who meets it can set that right, and `place` where: "check"
    while it is only tried.
    """

    admin: bool = False
    place: Place = "environment"


@dataclass
class RedirectRefused(SpotifyError):
    """Spotify's app does not have the redirect URI of this server on its list."""

    uri: str


@dataclass
class RateLimited(SpotifyError):
    """Spotify asks to wait until `until` (aware UTC); `quota` when the day's quota is used up.

    Of somebody who is `connecting`, the answer of the consent page is kept and still good after
    that, or lost.
    """

    until: datetime
    quota: bool = False
    connecting: Literal["kept", "lost"] | None = None


@dataclass
class SpotifyUnavailable(SpotifyError):
    """Spotify did not answer, or answered with a fault of its own."""

    service: Literal["api", "accounts"] = "api"
    timed_out: bool = field(default=False)


@dataclass
class UnexpectedAnswer(SpotifyError):
    """Spotify's answer could not be understood."""

    service: Literal["api", "accounts"] = "api"
