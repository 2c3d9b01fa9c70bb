"""Everything that can go wrong on purpose, and for whom.

TTTError
├── SettingsError            for whoever starts the server: a setting is wrong
├── InvalidInput             for the person: what was typed cannot be used
│   └── HistoryInstead       a listening history, where a list is taken
├── NotFound                 for the person: what was asked for is not there (any more)
├── NotAllowed               for the person: signed in, but not permitted
├── TooManyTries             for the person: wait until a given time
├── OpenIdFailed             for the person: a sign-in by the OpenID provider came to nothing
├── LinkUsedUp               for the person: a one-time link is good no more, or never was
├── HistoryRefused           for the person: a file is no listening history, or cannot be read
├── MailFailed               for the log and for admins: the mail server did not take a mail
├── ProviderError            for the log and the sources page: a provider of values failed
│   ├── ProviderBlocked      asks to be left alone until a given time
│   ├── ProviderRefused      closed to us, or our key is wrong
│   ├── ProviderUnavailable  a fault of its own, a time-out or no connection
│   ├── ProviderEmpty        has computed nothing yet of what it was asked for
│   └── ProviderNonsense     an answer that is not what its documentation says
├── StoreError               for the person: the database could not be used just now
│   ├── StoreBusy            others are writing, or too many are connected
│   ├── StoreAway            it does not answer, or its file cannot be opened
│   ├── StoreFull            there is no room left where it is
│   ├── StoreReadOnly        it takes no changes
│   └── Maintenance          whoever runs the server lets nobody change it for a while
└── SpotifyError             for the person: something between us and Spotify
    ├── NotConnected         no Spotify account is connected yet
    ├── NotSetUp             the server has no client ID, and its demo is off
    ├── ReconnectNeeded      the authorization has ended: revoked, or six months old
    ├── ConsentRefused       "Cancel" was pressed on Spotify's page
    ├── CallbackRejected     the redirect's state is missing, foreign, expired or used
    ├── CodeRefused          Spotify did not take the code
    ├── NotOnAllowList       403: the account is not among the app's allowed users
    ├── NoSeatLeft           as many use this server's client IDs as Spotify allows
    ├── PremiumNeeded        403: the app's owner has no Premium
    ├── ScopeMissing         the connection was made without this permission
    ├── PlaybackNeedsPremium the player's 403: the listener has no Premium
    ├── DeviceRestricted     the player's 403: the device takes no command, or not this one now
    ├── NoActiveDevice       the player's 404: nothing is there to play on
    ├── SpotifyForbidden     403 for another reason
    ├── SpotifyNotFound      404 of a track or playlist: it is not there
    ├── NotOffered           404 of anything else: Spotify does not offer this there
    ├── ClientRefused        the accounts service does not accept the app's id or secret
    ├── RedirectRefused      the app has not this server's redirect URI on its list
    ├── RateLimited          429: blocked until a given time
    ├── SpotifyUnavailable   5xx, a time-out or no connection
    └── UnexpectedAnswer     an answer that is not what the documentation says

Errors carry data, not prose: ttt.services.explain turns each into words for people.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from ttt.errors.base import TTTError
from ttt.errors.spotify import (
    CallbackRejected,
    ClientRefused,
    CodeRefused,
    ConsentRefused,
    DeviceRestricted,
    NoActiveDevice,
    NoSeatLeft,
    NotConnected,
    NotOffered,
    NotOnAllowList,
    NotSetUp,
    Place,
    PlaybackNeedsPremium,
    PremiumNeeded,
    RateLimited,
    ReconnectNeeded,
    RedirectRefused,
    ScopeMissing,
    SpotifyError,
    SpotifyForbidden,
    SpotifyNotFound,
    SpotifyUnavailable,
    UnexpectedAnswer,
)
from ttt.errors.store import (
    Maintenance,
    StoreAway,
    StoreBusy,
    StoreError,
    StoreFull,
    StoreReadOnly,
)

__all__ = [
    "CallbackRejected",
    "ClientRefused",
    "CodeRefused",
    "ConsentRefused",
    "DeviceRestricted",
    "InvalidInput",
    "LinkUsedUp",
    "MailFailed",
    "Maintenance",
    "NoActiveDevice",
    "NoSeatLeft",
    "NotAllowed",
    "NotConnected",
    "NotFound",
    "NotOffered",
    "NotOnAllowList",
    "NotSetUp",
    "OpenIdFailed",
    "OpenIdReason",
    "Place",
    "PlaybackNeedsPremium",
    "PremiumNeeded",
    "ProviderBlocked",
    "ProviderEmpty",
    "ProviderError",
    "ProviderNonsense",
    "ProviderRefused",
    "ProviderUnavailable",
    "RateLimited",
    "ReconnectNeeded",
    "RedirectRefused",
    "ScopeMissing",
    "SettingsError",
    "SpotifyError",
    "SpotifyForbidden",
    "SpotifyNotFound",
    "SpotifyUnavailable",
    "StoreAway",
    "StoreBusy",
    "StoreError",
    "StoreFull",
    "StoreReadOnly",
    "TTTError",
    "TooManyTries",
    "UnexpectedAnswer",
]


class SettingsError(TTTError):
    """A setting is wrong; the message is one line that names it."""


@dataclass
class InvalidInput(TTTError):
    """What a person typed cannot be used; `reason` is a whole sentence for them."""

    reason: str


class HistoryInstead(InvalidInput):
    """A file holds a listening history and no list; it can be brought, but elsewhere."""


@dataclass
class NotFound(TTTError):
    """Something named by a person is not there; `what` is a noun such as "account"."""

    what: str


class LinkUsedUp(TTTError):
    """A one-time link is used, expired, revoked or unknown."""


class NotAllowed(TTTError):
    """The acting person lacks the role or does not own the thing."""


@dataclass
class TooManyTries(TTTError):
    """Too many failed tries; nothing is checked before `until` (aware UTC)."""

    until: datetime


OpenIdReason = Literal[
    "denied",
    "stale",
    "browser",
    "wait",
    "unavailable",
    "slow",
    "nonsense",
    "refused",
    "token",
    "unbound",
    "unverified",
    "domain",
    "disabled",
    "taken",
    "left",
]


@dataclass
class OpenIdFailed(TTTError):
    """A sign-in by the OpenID provider, or a binding to it, came to nothing."""

    reason: OpenIdReason


@dataclass
class MailFailed(TTTError):
    """A mail did not go out; `reason` is a sentence without addresses."""

    reason: str


@dataclass
class HistoryRefused(TTTError):
    """A file of a given name cannot be read as a history; `why` is a word of history_files."""

    why: str
    name: str


@dataclass
class ProviderError(TTTError):
    """A provider of values failed; `source` is its name in ttt.found."""

    source: str


@dataclass
class ProviderBlocked(ProviderError):
    """The provider asks not to be called before `until` (aware UTC)."""

    until: datetime
    quota: bool = False


class ProviderRefused(ProviderError):
    """The provider does not serve us: closed to this app, or the key is missing or wrong."""


@dataclass
class ProviderUnavailable(ProviderError):
    """The provider did not answer, or answered with a fault of its own."""

    timed_out: bool = False


class ProviderEmpty(ProviderError):
    """The provider has computed nothing yet of what it was asked for."""


class ProviderNonsense(ProviderError):
    """The provider's answer could not be understood."""
